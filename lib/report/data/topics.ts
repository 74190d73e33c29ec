import { keptBytes } from '../../core/capacity';
import type { EnvironmentModel, TopicModel } from '../../core/model';
import type { Client } from './clients';
import type { TopicUse } from './topic-clients';

export interface TopicRow {
  readonly name: string;
  readonly description?: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly compacted: boolean;
  /** Milliseconds; -1 for ever. */
  readonly retentionMs: number;
  /** -1: unlimited. */
  readonly retentionBytesPerPartition: number;
  readonly produceBytesPerSecond?: number;
  readonly consumerGroups?: number;
  /** What all copies together grow to under the declared load; absent where that is not known. */
  readonly diskBytes?: number;
  readonly writtenBy: readonly string[];
  readonly readBy: readonly string[];
  /** Options that were written for this topic, `name=value`. */
  readonly options: readonly string[];
}

/** Options that have a column of their own. */
const SHOWN = new Set(['cleanup.policy', 'min.insync.replicas', 'retention.bytes', 'retention.ms']);

export function topicRows(model: EnvironmentModel, use: TopicUse, clients: readonly Client[]): TopicRow[] {
  const names = new Map(clients.map(({ id, name }) => [id, name]));
  const named = (ids: readonly string[]): string[] => ids.map((id) => names.get(id)!);
  return model.topics.map((topic, index): TopicRow => {
    const { writers, readers } = use.declared[index]!;
    const description = model.spec.topics?.[topic.name]?.description;
    const disk = diskBytes(model, topic);
    return {
      name: topic.name,
      ...(description === undefined ? {} : { description }),
      partitions: topic.partitions,
      replicationFactor: topic.replicationFactor,
      minInSyncReplicas: topic.minInSyncReplicas,
      compacted: topic.cleanupPolicy.includes('compact'),
      retentionMs: keptByTime(topic) ? topic.retentionMs : -1,
      retentionBytesPerPartition: keptByTime(topic) ? topic.retentionBytesPerPartition : -1,
      ...topic.load,
      ...(disk === undefined ? {} : { diskBytes: disk }),
      writtenBy: named(writers),
      readBy: named(readers),
      options: Object.entries(topic.config).flatMap(([name, value]) => (SHOWN.has(name) ? [] : [`${name}=${value}`])),
    };
  });
}

/** Retention acts where old segments are deleted. */
function keptByTime({ cleanupPolicy }: TopicModel): boolean {
  return cleanupPolicy.includes('delete');
}

function diskBytes(model: EnvironmentModel, topic: TopicModel): number | undefined {
  if (topic.load === undefined || topic.cleanupPolicy.includes('compact')) return undefined;
  const kept = keptBytes(model, topic);
  return kept === undefined ? undefined : kept * topic.replicationFactor;
}
