export interface TopicListing {
  readonly name: string;
  readonly internal: boolean;
}

export interface TopicDescription extends TopicListing {
  /** Differs when a topic was deleted and made again under the same name. */
  readonly topicId: string;
  readonly partitions: readonly PartitionDescription[];
}

export interface PartitionDescription {
  readonly partition: number;
  /** -1 while the partition is offline. */
  readonly leader: number;
  /** The preferred leader first. While it is being moved, the old and the new ones. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offline: readonly number[];
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A move of replicas that is under way. */
export interface Reassignment extends TopicPartition {
  readonly replicas: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
}

/** Where the replicas of a partition are to be; the preferred leader first. */
export interface PartitionPlacement extends TopicPartition {
  readonly replicas: readonly number[];
}
