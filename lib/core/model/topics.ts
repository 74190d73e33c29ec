import { durationMs, formatBytes, formatDuration, rateBytesPerSecond, sizeBytes } from '../units';
import type { EnvironmentSpec, TopicDefaultsSpec, TopicSpec } from '../spec';
import type { Path } from '../issue';
import type { Settler } from './explain';
import type { TopicModel } from './model';

export type TopicField = 'partitions' | 'replicationFactor' | 'minInSyncReplicas' | 'cleanupPolicy' | 'retention';

/** Where the value that a topic uses was written: on the topic, in `topicDefaults`, or nowhere (then the topic itself). */
export function topicFieldPath(spec: EnvironmentSpec, topic: string, field: TopicField): Path {
  if (spec.topics?.[topic]?.[field] !== undefined) return ['topics', topic, field];
  if (spec.topicDefaults?.[field] !== undefined) return ['topicDefaults', field];
  return ['topics', topic];
}

/** The kit's default replication factor and min ISR for a cluster of this many brokers. */
export function replicationDefaults(
  brokerCount: number,
  defaults: TopicDefaultsSpec | undefined,
): { replicationFactor: number; minInSyncReplicas: number } {
  const replicationFactor = defaults?.replicationFactor ?? Math.max(1, Math.min(3, brokerCount));
  return { replicationFactor, minInSyncReplicas: defaults?.minInSyncReplicas ?? minIsrFor(replicationFactor) };
}

function minIsrFor(replicationFactor: number): number {
  return Math.max(1, Math.min(2, replicationFactor - 1));
}

const SEVEN_DAYS = '7d';

export function resolveTopics(spec: EnvironmentSpec, brokerCount: number, settler: Settler): TopicModel[] {
  const topics: TopicModel[] = [];
  for (const [name, topic] of Object.entries(spec.topics ?? {})) {
    if (topic.deleted === undefined) topics.push(resolveTopic(name, topic, spec.topicDefaults, brokerCount, settler));
  }
  return topics;
}

function resolveTopic(
  name: string,
  topic: TopicSpec,
  defaults: TopicDefaultsSpec | undefined,
  brokerCount: number,
  settler: Settler,
): TopicModel {
  const at = (...rest: string[]): Path => ['topics', name, ...rest];
  const cluster = replicationDefaults(brokerCount, defaults);
  const partitions = settler.settle(
    at('partitions'),
    topic.partitions ?? defaults?.partitions,
    () => 3,
    'a start that can grow; state it for topics with a load',
  );
  const replicationFactor = settler.settle(
    at('replicationFactor'),
    topic.replicationFactor ?? defaults?.replicationFactor,
    () => cluster.replicationFactor,
    'three copies survive the loss of one broker while another is being restarted; fewer brokers hold fewer',
  );
  const minInSyncReplicas = settler.settle(
    at('minInSyncReplicas'),
    topic.minInSyncReplicas ?? defaults?.minInSyncReplicas,
    () => minIsrFor(replicationFactor),
    'an acknowledged record is on two brokers, and writing goes on while one is down',
  );
  const cleanupPolicy = settler.settle(
    at('cleanupPolicy'),
    topic.cleanupPolicy ?? defaults?.cleanupPolicy,
    (): ('delete' | 'compact')[] => ['delete'],
    'old records go by retention',
    (value) => value.join(','),
  );
  const deletes = cleanupPolicy.includes('delete');
  const time = settler.settle(
    at('retention', 'time'),
    topic.retention?.time ?? (deletes ? defaults?.retention?.time : undefined),
    () => (deletes ? SEVEN_DAYS : 'forever'),
    deletes
      ? 'stated rather than left to the broker, so that a change of the broker default never cuts data'
      : 'compaction alone keeps the newest record of each key for ever',
  );
  const bytes = settler.settle(
    at('retention', 'bytesPerPartition'),
    topic.retention?.bytesPerPartition ?? (deletes ? defaults?.retention?.bytesPerPartition : undefined),
    () => 'unlimited',
    'time alone decides, unless a size is stated',
  );
  const retentionMs = durationMs(time);
  const retentionBytesPerPartition = sizeBytes(bytes);
  const config: Record<string, string> = {
    'cleanup.policy': cleanupPolicy.join(','),
    'min.insync.replicas': String(minInSyncReplicas),
    ...(deletes ? { 'retention.ms': String(retentionMs) } : {}),
    ...(retentionBytesPerPartition >= 0 ? { 'retention.bytes': String(retentionBytesPerPartition) } : {}),
  };
  for (const source of [defaults?.config, topic.config]) {
    for (const [option, value] of Object.entries(source ?? {})) config[option] = String(value);
  }
  return {
    name,
    partitions,
    replicationFactor,
    minInSyncReplicas,
    cleanupPolicy,
    retentionMs,
    retentionBytesPerPartition,
    config: Object.fromEntries(Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(topic.load === undefined
      ? {}
      : {
          load: {
            produceBytesPerSecond: rateBytesPerSecond(topic.load.produce),
            consumerGroups: topic.load.consumerGroups ?? 1,
          },
        }),
  };
}

/** `48 partitions, replication factor 3, min ISR 2, kept 30d` for people. */
export function describeTopic(topic: TopicModel): string {
  const size =
    topic.retentionBytesPerPartition < 0
      ? ''
      : `, at most ${formatBytes(topic.retentionBytesPerPartition)} a partition`;
  const kept = topic.cleanupPolicy.includes('delete')
    ? `kept ${formatDuration(topic.retentionMs)}${size}`
    : 'compacted';
  return `${topic.partitions} partitions, replication factor ${topic.replicationFactor}, min ISR ${topic.minInSyncReplicas}, ${kept}`;
}
