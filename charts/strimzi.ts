import { Yaml } from 'cdk8s';
import type { FileArtifact } from '../lib/core/artifact';
import type { EnvironmentModel } from '../lib/core/model';
import { BACKEND_RULES, findings, type CheckedIssue } from '../lib/core/rules';
import { requireKubernetes } from './private/environment-model';
import { connect } from './private/strimzi/connect';
import { connectors } from './private/strimzi/connectors';
import { kafka, metricsRules } from './private/strimzi/kafka';
import { bootstrapServices } from './private/strimzi/listeners';
import { mirrorMaker } from './private/strimzi/mirror-maker';
import { nodePools } from './private/strimzi/node-pools';
import type { StrimziObject } from './private/strimzi/object';
import { report } from './private/strimzi/report';
import { topics } from './private/strimzi/topics';
import { users } from './private/strimzi/users';

/** In this order objects find what they need when they are applied file by file. */
const KINDS: readonly string[] = [
  'ConfigMap',
  'Service',
  'KafkaNodePool',
  'Kafka',
  'KafkaUser',
  'KafkaTopic',
  'KafkaConnect',
  'KafkaConnector',
  'KafkaMirrorMaker2',
];

export interface RenderedStrimzi {
  /** Empty where there is an error. */
  readonly files: readonly FileArtifact[];
  /** What Strimzi refuses, and what its resources cannot say. */
  readonly issues: readonly CheckedIssue[];
}

/** The same before it is text. */
export interface StrimziParts {
  readonly objects: readonly StrimziObject[];
  readonly report: string;
  readonly issues: readonly CheckedIssue[];
}

/** An environment as resources of Strimzi, a file an object, and REPORT.md: what of the environment they cannot say. */
export function renderStrimzi(environment: EnvironmentModel): RenderedStrimzi {
  const { objects, report: text, issues } = strimziParts(environment);
  if (objects.length === 0) return { files: [], issues };
  const files = objects.map((object) => ({ path: fileName(object), content: Yaml.stringify(object) }));
  files.push({ path: 'REPORT.md', content: text });
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), issues };
}

export function strimziParts(environment: EnvironmentModel): StrimziParts {
  const model = requireKubernetes(environment);
  const issues = findings(model, BACKEND_RULES.strimzi);
  if (issues.some(({ level }) => level === 'error')) return { objects: [], report: '', issues };
  return { objects: strimziObjects(model), report: report(model, issues), issues };
}

/** The objects of an environment that the rules let through. */
function strimziObjects(model: EnvironmentModel): StrimziObject[] {
  return [
    ...metricsRules(model),
    ...bootstrapServices(model),
    ...nodePools(model),
    kafka(model),
    ...users(model),
    ...topics(model),
    ...connect(model),
    ...connectors(model),
    ...mirrorMaker(model),
  ];
}

function fileName({ kind, metadata }: StrimziObject): string {
  return `${KINDS.indexOf(kind)}0-${kind.toLowerCase()}-${metadata.name}.yaml`;
}
