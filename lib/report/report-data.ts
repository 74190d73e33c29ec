import type { Issue } from '../core/issue';
import type { EnvironmentModel } from '../core/model';
import { accessRows, type AccessRow } from './data/access';
import { alarmsSection, type AlarmsSection } from './data/alarms';
import { capacitySection, type CapacitySection } from './data/capacity';
import { clientsOf, type Client } from './data/clients';
import { clusterMap, type ClusterMap } from './data/cluster-map';
import { durabilitySection, type DurabilitySection } from './data/durability';
import { findingsSection, type FindingsSection } from './data/findings';
import { lockSection, type LockSection } from './data/lock-facts';
import { postureLines, type PostureLine } from './data/posture';
import type { RunningSection } from './data/running';
import { topicUse } from './data/topic-clients';
import { topicRows, type TopicRow } from './data/topics';
import { versionLines, type VersionLine } from './data/versions';
import { flowGraph } from './flow/flow-graph';
import type { FlowGraph } from './flow/graph';

/** All that the page says of an environment; plain data, for `--json` too. */
export interface ReportData {
  /** Of the file. */
  readonly environment: string;
  /** Of the cluster that the file adds to; absent where it describes its own. */
  readonly cluster?: string;
  readonly description?: string;
  readonly target: string;
  /** Where it is, in words: region, namespace. */
  readonly place: string;
  readonly kafka: string;
  readonly brokers: number;
  readonly findings: FindingsSection;
  /** Where the running cluster was looked at. */
  readonly running?: RunningSection;
  readonly map: ClusterMap;
  readonly clients: readonly Client[];
  readonly flow: FlowGraph;
  readonly topics: readonly TopicRow[];
  readonly deletedTopics: readonly { readonly name: string; readonly reason: string }[];
  readonly durability: DurabilitySection;
  readonly capacity: CapacitySection;
  readonly access: readonly AccessRow[];
  readonly posture: readonly PostureLine[];
  readonly alarms: AlarmsSection;
  readonly versions: readonly VersionLine[];
  readonly lock?: LockSection;
}

export interface ReportInput {
  readonly model: EnvironmentModel;
  /** Name of the file; that of the cluster is the model's. */
  readonly name: string;
  /** Warnings. */
  readonly issues: readonly Issue[];
  readonly running?: RunningSection;
  /** Version of the kit. */
  readonly kit: string;
}

/** What there is to say of an environment: pure, so the same environment gives the same page. */
export function reportData({ model, name, issues, kit, running }: ReportInput): ReportData {
  const { description } = model.spec;
  const clients = clientsOf(model);
  const use = topicUse(
    model.topics.map((topic) => topic.name),
    clients,
  );
  const lock = lockSection(model);
  return {
    environment: name,
    ...(name === model.name ? {} : { cluster: model.name }),
    ...(description === undefined ? {} : { description }),
    target: model.target,
    place: placeOf(model),
    kafka: model.kafka.version,
    brokers: model.brokerCount,
    findings: findingsSection(model, issues),
    ...(running === undefined ? {} : { running }),
    map: clusterMap(model),
    clients,
    flow: flowGraph(model, clients, use),
    topics: topicRows(model, use, clients),
    deletedTopics: model.deletedTopics,
    durability: durabilitySection(model),
    capacity: capacitySection(model),
    access: accessRows(model, clients),
    posture: postureLines(model, clients),
    alarms: alarmsSection(model),
    versions: versionLines(model, kit),
    ...(lock === undefined ? {} : { lock }),
  };
}

function placeOf({ target, spec, nodes }: EnvironmentModel): string {
  switch (target) {
    case 'msk':
    case 'msk-serverless':
    case 'ec2':
      return spec.aws === undefined ? '' : spec.aws.region;
    case 'kubernetes':
      return `namespace ${spec.targets?.kubernetes?.namespace ?? ''}`;
    case 'hosts':
      return `${nodes.length} hosts`;
    case 'local':
      return 'this machine';
  }
}
