import type { ConfigEntry, Reassignment, TopicDescription } from '../../../../lib/core/cluster';
import type { Issue } from '../../../../lib/core/issue';
import type { Change } from '../../../../lib/core/plan/change';
import type { DesiredState, DesiredTopic } from '../../../../lib/core/plan/desired';
import type { Evidence, ObservedState } from '../../../../lib/core/plan/observed';
import { topicChanges } from '../../../../lib/core/plan/topics';

export const NOW = Date.UTC(2026, 10, 25, 10);
export const DAY = 86_400_000;

export function wants(
  topics: Readonly<Record<string, Partial<Omit<DesiredTopic, 'name'>>>>,
  rest: Partial<DesiredState> = {},
): DesiredState {
  return {
    schemaVersion: 1,
    environment: 'prod',
    owner: 'prod',
    target: 'hosts',
    kafkaVersion: '4.3',
    owns: {},
    topicsManagedBy: 'reconciler',
    topics: Object.entries(topics).map(([name, topic]) => ({
      name,
      partitions: 3,
      replicationFactor: 2,
      config: {},
      paths: {},
      ...topic,
    })),
    deletedTopics: [],
    reconcile: {
      quietBeforeDeleteMs: 7 * DAY,
      replicationThrottleBytesPerSecond: 50 * 1024 ** 2,
      partitionsPerWave: 50,
      scramIterations: 8192,
    },
    acknowledgements: [],
    ...rest,
  };
}

/** Replicas of each partition, all in sync. */
export function topic(name: string, replicas: readonly (readonly number[])[]): TopicDescription {
  return {
    name,
    internal: false,
    topicId: `id-of-${name}`,
    partitions: replicas.map((placed, partition) => ({
      partition,
      leader: placed[0]!,
      replicas: placed,
      isr: placed,
      offline: [],
    })),
  };
}

/** What Kafka tells of the options that these tests are about, where a topic has none of its own. */
export const DEFAULTS: Readonly<Record<string, string>> = {
  'cleanup.policy': 'delete',
  'compression.type': 'producer',
  'delete.retention.ms': '86400000',
  'local.retention.ms': '-2',
  'max.message.bytes': '1048588',
  'message.timestamp.before.max.ms': '9223372036854775807',
  'message.timestamp.type': 'CreateTime',
  'min.compaction.lag.ms': '0',
  'min.insync.replicas': '1',
  'remote.log.delete.on.disable': 'false',
  'remote.storage.enable': 'false',
  'retention.bytes': '-1',
  'retention.ms': '604800000',
  'segment.bytes': '1073741824',
  'unclean.leader.election.enable': 'false',
};

export function config(own: Readonly<Record<string, string>> = {}): ConfigEntry[] {
  return Object.entries({ ...DEFAULTS, ...own })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([option, value]) => ({ option, value, source: Object.hasOwn(own, option) ? 'topic' : 'default' }));
}

export interface Seen {
  readonly brokers?: readonly { readonly id: number; readonly rack?: string }[];
  readonly topics?: readonly TopicDescription[];
  readonly configs?: Readonly<Record<string, readonly ConfigEntry[]>>;
  readonly reassignments?: readonly Reassignment[];
  readonly rest?: Partial<ObservedState>;
}

/** Every topic has the defaults, unless `configs` says otherwise. */
export function sees({ brokers, topics = [], configs = {}, reassignments = [], rest = {} }: Seen = {}): ObservedState {
  return {
    cluster: {
      clusterId: 'cluster',
      brokers: (brokers ?? [1, 2, 3].map((id) => ({ id }))).map((broker) => ({ host: 'h', port: 9092, ...broker })),
    },
    readAtMs: NOW,
    topics: new Map(topics.map((each) => [each.name, each])),
    topicConfigs: new Map(topics.map(({ name }) => [name, configs[name] ?? config()])),
    reassignments,
    ...rest,
  };
}

export const nothing: Evidence = { sizes: new Map(), cuts: new Map(), usage: new Map(), activeGroups: new Map() };

export function knows(evidence: Partial<Evidence>): Evidence {
  return { ...nothing, ...evidence };
}

/** The same number of bytes in each partition. */
export function sized(name: string, bytes: number, partitions = 3): Evidence['sizes'] {
  const each = bytes / partitions;
  return new Map([
    [name, { bytes, partitions: new Map(Array.from({ length: partitions }, (_, index) => [index, each])) }],
  ]);
}

export function changesOf(
  desired: DesiredState,
  observed: ObservedState,
  evidence: Evidence = nothing,
): readonly Change[] {
  return topicChanges(desired, observed, evidence).changes;
}

export function findingsOf(
  desired: DesiredState,
  observed: ObservedState,
  evidence: Evidence = nothing,
): readonly Issue[] {
  return topicChanges(desired, observed, evidence).findings;
}

/** `held TOPIC-OPTION topics.orders: orders segment.bytes 1GiB -> 512MiB [safe]` */
export function line({ status, code, path, subject, summary, grade }: Change): string {
  return `${status} ${code} ${path}: ${subject}: ${summary} [${grade}]`;
}

export function issueLine({ level, code, path, message }: Issue): string {
  return `${level} ${code} ${path}: ${message}`;
}
