import type { Refusal } from './refusal';

/** The cluster of a topic, as far as it is known. */
export interface TopicClusterFacts {
  readonly kind?: 'standard' | 'express' | 'serverless';
  readonly brokerCount?: number;
  readonly zoneCount?: number;
  readonly tieredStorage?: boolean;
}

/** A topic, as it is asked for. */
export interface TopicFacts {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  /** All of its options, by their Kafka names. */
  readonly config: Readonly<Record<string, string>>;
  readonly cluster: TopicClusterFacts;
}

export type TopicSubject =
  'cluster' | 'topicName' | 'partitions' | 'replicationFactor' | 'minInSyncReplicas' | `config:${string}`;

export type TopicRefusal = Refusal<TopicSubject>;
