import { replicationDefaults, type EnvironmentModel } from '../model';

/** What producers write in a second by what the topics declare; 0 where none does. */
export function bytesPerSecondDeclared({ topics }: EnvironmentModel): number {
  return topics.reduce((sum, { load }) => sum + (load?.produceBytesPerSecond ?? 0), 0);
}

/** How full a disk may be: beyond `planned` half of the room is used up that was left for a lost broker, beyond `critical` all of it. */
export function diskShares({ capacity }: EnvironmentModel): {
  readonly planned: number;
  readonly warning: number;
  readonly critical: number;
} {
  const planned = capacity.maxDiskUtilization;
  return { planned, warning: Math.round((planned + (1 - planned) / 2) * 100) / 100, critical: 0.95 };
}

/** Replicas of a broker: what Amazon MSK recommends at most for its largest ones (developer guide, 2026-11); its smaller ones get less. */
export const MOST_REPLICAS = 4_000;

/** Of what producers wait for, at the 99th percentile; what takes longer is a disk, a follower or a queue that stalls. */
export const SLOW_PRODUCE_MS = 1_000;

/**
 * Partitions that never have a replica to spare, since their topics declare it so: these are no news. Undefined where topics that declare
 * nothing, Kafka's own too, have none either, as on a single broker.
 */
export function partitionsWithoutSpare({ brokerCount, spec, topics }: EnvironmentModel): number | undefined {
  const defaults = replicationDefaults(brokerCount, spec.topicDefaults);
  if (!hasSpare(defaults)) return undefined;
  return topics.filter((topic) => !hasSpare(topic)).reduce((sum, { partitions }) => sum + partitions, 0);
}

function hasSpare(topic: { readonly replicationFactor: number; readonly minInSyncReplicas: number }): boolean {
  return topic.replicationFactor > topic.minInSyncReplicas;
}
