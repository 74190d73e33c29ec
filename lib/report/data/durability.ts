import { groupBy } from '../../core/group-by';
import type { EnvironmentModel, TopicModel } from '../../core/model';

/** Topics that are copied alike. */
export interface ReplicationGroup {
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly topics: readonly string[];
  /** Brokers that may be lost while acks=all still writes. */
  readonly lostWhileWriting: number;
  /** Brokers that may be lost with no acknowledged record lost. */
  readonly lostWithoutLoss: number;
}

/** Topics that are kept as long. */
export interface RetentionGroup {
  readonly label: string;
  readonly topics: readonly string[];
}

export interface DurabilitySection {
  readonly replication: readonly ReplicationGroup[];
  /** From the shortest to the longest. */
  readonly retention: readonly RetentionGroup[];
}

const DAY_MS = 86_400_000;

const KEPT: readonly { readonly label: string; holds(topic: TopicModel): boolean }[] = [
  { label: 'up to a day', holds: (topic) => isBounded(topic) && topic.retentionMs <= DAY_MS },
  { label: 'up to a week', holds: (topic) => isBounded(topic) && topic.retentionMs <= 7 * DAY_MS },
  { label: 'up to a month', holds: (topic) => isBounded(topic) && topic.retentionMs <= 31 * DAY_MS },
  { label: 'longer than a month', holds: isBounded },
  {
    label: 'by size alone',
    holds: ({ cleanupPolicy, retentionBytesPerPartition }) =>
      cleanupPolicy.includes('delete') && retentionBytesPerPartition >= 0,
  },
  { label: 'the newest of each key', holds: ({ cleanupPolicy }) => cleanupPolicy.includes('compact') },
  { label: 'for ever', holds: () => true },
];

function isBounded({ cleanupPolicy, retentionMs }: TopicModel): boolean {
  return cleanupPolicy.includes('delete') && retentionMs >= 0;
}

/** How safe records are and how long they are kept, topics taken together. */
export function durabilitySection({ topics }: EnvironmentModel): DurabilitySection {
  const copies = groupBy(
    topics,
    ({ replicationFactor, minInSyncReplicas }) => `${replicationFactor} ${minInSyncReplicas}`,
  );
  const kept = groupBy(topics, (topic) => KEPT.find(({ holds }) => holds(topic))!.label);
  return {
    replication: [...copies.values()]
      .map((alike): ReplicationGroup => {
        const { replicationFactor, minInSyncReplicas } = alike[0]!;
        return {
          ...{ replicationFactor, minInSyncReplicas },
          topics: alike.map(({ name }) => name),
          lostWhileWriting: Math.max(0, replicationFactor - minInSyncReplicas),
          lostWithoutLoss: Math.max(0, minInSyncReplicas - 1),
        };
      })
      .sort((a, b) => a.replicationFactor - b.replicationFactor || a.minInSyncReplicas - b.minInSyncReplicas),
    retention: KEPT.flatMap(({ label }): RetentionGroup[] => {
      const alike = kept.get(label);
      return alike === undefined ? [] : [{ label, topics: alike.map(({ name }) => name) }];
    }),
  };
}
