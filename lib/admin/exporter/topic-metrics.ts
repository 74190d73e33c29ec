import type { TopicDescription } from '../../core/cluster';
import type { LogDirDescription } from '../port';
import type { Metric } from './metric';

/** How much topics keep, with all replicas: of brokers by topic, which Kafka counts by partition alone. */
export function topicSizeMetric(logDirs: readonly LogDirDescription[]): Metric {
  const sizes = new Map<string, number>();
  for (const { replicas } of logDirs)
    for (const { topic, bytes } of replicas) sizes.set(topic, (sizes.get(topic) ?? 0) + bytes);
  return {
    name: 'kafka_topic_data_bytes',
    help: 'What a topic keeps on all brokers.',
    samples: [...sizes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([topic, value]) => ({ labels: { topic }, value })),
  };
}

/** Topics with a partition that is kept once only; others are not named, since there may be many. */
export function singleReplicaMetric(topics: readonly TopicDescription[]): Metric {
  return {
    name: 'kafka_topic_single_replica',
    help: 'A topic with a partition that has one replica.',
    samples: topics
      .filter(({ partitions }) => partitions.some(({ replicas }) => replicas.length === 1))
      .map(({ name }) => ({ labels: { topic: name }, value: 1 })),
  };
}
