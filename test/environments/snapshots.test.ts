import { stringify } from 'yaml';
import { renderTarget } from '../../lib/cli/renderers';
import type { FileArtifact } from '../../lib/core/artifact';
import { jmxExporterRules } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import type { TargetName } from '../../lib/core/spec';
import { modelOfFile } from '../support/environments';
import { expectGolden } from '../support/golden';

interface Template {
  Resources: Record<string, unknown>;
  [section: string]: unknown;
}

/** Names in the rendered files that belong to another node of a pool than its first. */
function otherNodes(model: EnvironmentModel): RegExp {
  const others = model.nodes.filter(({ pool, name }) => model.nodes.find((node) => node.pool === pool)?.name !== name);
  const zones = model.racks.slice(1);
  return new RegExp(
    `(${[...others.map(({ name }) => name), ...zones].map((name) => name.replace(/[.-]/g, '\\W?')).join('|') || '(?!)'})(?!\\d)`,
    'i',
  );
}

/** What a reviewer reads: the list of all files, and the files of one node a pool. */
function reviewed(
  model: EnvironmentModel,
  files: FileArtifact[],
  { lookAt, resources = all }: Pick<Case, 'lookAt' | 'resources'>,
): string {
  const other = otherNodes(model);
  const shown = files.filter(({ path }) => lookAt(path) && !other.test(path));
  const parts = shown.map(
    ({ path, content }) =>
      `# ---- ${path}\n${path.endsWith('.template.json') ? templateYaml(content, { other, resources }) : content}`,
  );
  return normalised(
    [`# ${files.length} files:\n${files.map(({ path }) => `#   ${path}\n`).join('')}`, ...parts].join('\n'),
  );
}

/** Resources of one node a pool; what only repeats for each node is named, not shown. */
function templateYaml(
  content: string,
  { other, resources }: { readonly other: RegExp; readonly resources: (id: string) => boolean },
): string {
  const template = JSON.parse(content) as Template;
  const entries = Object.entries(template.Resources);
  const kept = entries.filter(([id]) => !other.test(id) && resources(id));
  const left = entries.filter(([id]) => other.test(id)).map(([id]) => id);
  return `${stringify({ ...template, Resources: Object.fromEntries(kept) }, { lineWidth: 160, aliasDuplicateObjects: false })}# resources of further nodes: ${left.length}\n`;
}

function normalised(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, '<hash>')
    .replace(/\b111122223333\b/g, '<account>')
    .replaceAll(process.cwd(), '<project>')
    .replace(/^(KAFKA_HOME|KAFKA_JMX_EXPORTER_JAR)=(?!\/opt\/).*$/gm, '$1=<cache>');
}

interface Case {
  readonly file: string;
  readonly name: string;
  readonly target?: TargetName;
  lookAt(path: string): boolean;
  /** Which resources of a template, by logical id. @default all */
  resources?(id: string): boolean;
}

const all = (): boolean => true;
const template = (path: string): boolean => path.endsWith('.template.json');
/** What an environment on EC2 has for what is inside its cluster. */
const INSIDE_EC2 = /^Kafka(Reconciler|Principals|ClusterUsers|ClusterAdministrator)/;
const CERTIFICATES_EC2 = /^KafkaClusterCertificates/;
const NODES_EC2 = /^KafkaClusterNodes/;
const ROLL_EC2 = /^KafkaClusterRoll/;
const WATCH_EC2 = /^KafkaClusterWatch/;
/** What each alarm looks at is in ec2-alarms.txt. */
const ALARMS_EC2 = /^KafkaAlarms|^KafkaDashboard/;
const CASES: Case[] = [
  { file: 'dev', name: 'dev', lookAt: all, resources: (id) => !/Reconciler/.test(id) },
  {
    file: 'prod',
    name: 'prod',
    lookAt: all,
    resources: (id) => !/Reconciler|KafkaConnect|KafkaAlarms|KafkaDashboard/.test(id),
  },
  // What each alarm looks at is in msk-alarms-standard.txt, the dashboard in msk-dashboard.txt.
  { file: 'prod-alarms', name: 'prod', lookAt: all, resources: (id) => /KafkaAlarms(Setpage|Logs)/.test(id) },
  { file: 'prod-connect', name: 'prod', lookAt: all, resources: (id) => /KafkaConnect/.test(id) },
  { file: 'prod-reconciler', name: 'prod', lookAt: all, resources: (id) => /Reconciler/.test(id) },
  { file: 'prod-on-local', name: 'prod', target: 'local', lookAt: (path) => path.endsWith('server.properties') },
  {
    file: 'prod-ec2',
    name: 'prod-ec2',
    lookAt: template,
    resources: (id) =>
      ![INSIDE_EC2, CERTIFICATES_EC2, NODES_EC2, ROLL_EC2, WATCH_EC2, ALARMS_EC2].some((part) => part.test(id)),
  },
  { file: 'prod-ec2-certificates', name: 'prod-ec2', lookAt: template, resources: (id) => CERTIFICATES_EC2.test(id) },
  { file: 'prod-ec2-nodes', name: 'prod-ec2', lookAt: template, resources: (id) => NODES_EC2.test(id) },
  { file: 'prod-ec2-roll', name: 'prod-ec2', lookAt: template, resources: (id) => ROLL_EC2.test(id) },
  { file: 'prod-ec2-watch', name: 'prod-ec2', lookAt: template, resources: (id) => WATCH_EC2.test(id) },
  { file: 'prod-ec2-inside', name: 'prod-ec2', lookAt: template, resources: (id) => INSIDE_EC2.test(id) },
  {
    file: 'staging',
    name: 'staging',
    lookAt: (path) => !/configmap|job|networkpolicy|statefulset/.test(path),
  },
  // One zone stands for the others.
  { file: 'staging-pods', name: 'staging', lookAt: (path) => /statefulset-staging-(.*-eu-west-1a|connect)/.test(path) },
  { file: 'staging-network', name: 'staging', lookAt: (path) => path.includes('networkpolicy') },
  { file: 'staging-reconcile', name: 'staging', lookAt: (path) => /job-/.test(path) },
  { file: 'staging-brokers-config', name: 'staging', lookAt: (path) => path.includes('configmap-staging-brokers') },
  { file: 'staging-connect-config', name: 'staging', lookAt: (path) => path.includes('configmap-staging-connect') },
  {
    file: 'dc1',
    name: 'dc1',
    lookAt: (path) => path.startsWith('b') && !/(log4j2|jmx-exporter)\.yaml$|check\.sh$/.test(path),
  },
  { file: 'dc1-check', name: 'dc1', lookAt: (path) => /^b.*check\.sh$/.test(path) },
  {
    file: 'dc1-controllers',
    name: 'dc1',
    lookAt: (path) => /^c.*\/(server\.properties|jvm\.options|kafka\.env)$/.test(path),
  },
  { file: 'dc1-observability', name: 'dc1', lookAt: (path) => /^b.*\/(log4j2|jmx-exporter)\.yaml$/.test(path) },
  { file: 'local', name: 'local', lookAt: (path) => !path.endsWith('.yaml') },
];

/** They are the same everywhere, and are looked at once: in the file of a host. */
function withoutExporterRules(text: string): string {
  return text.replaceAll(
    jmxExporterRules().replaceAll(/^/gm, '    ').trimEnd(),
    '    (the same as in dc1-observability)',
  );
}

describe('what the environments render to', () => {
  beforeAll(() => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined); // the CDK prints annotations, which are tested with the constructs
  });

  test.each(CASES)(
    '$file is what was reviewed, and the same in a second run',
    ({ file, name, target, lookAt, resources }) => {
      const model = modelOfFile(name, target);
      const files = renderTarget(model);
      expect(renderTarget(modelOfFile(name, target))).toEqual(files);
      expectGolden(
        `test/snapshots/${file}.txt`,
        withoutExporterRules(reviewed(model, files, { lookAt, ...(resources === undefined ? {} : { resources }) })),
      );
    },
  );
});
