import type { TopicDescription } from '../../core/cluster';
import type { LogDirDescription } from '../port';
import { topicSizes } from '../topic-sizes';
import type { Metric } from './metric';

/** How much topics keep, with all replicas: of brokers by topic, which Kafka counts by partition alone. */
export function topicSizeMetric(logDirs: readonly LogDirDescription[]): Metric {
  return {
    name: 'kafka_topic_data_bytes',
    help: 'What a topic keeps on all brokers.',
    samples: topicSizes(logDirs).map(({ topic, bytes }) => ({ labels: { topic }, value: bytes })),
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
