import type { TopicPartition } from './topics';

/** As Kafka says it, in lower case with dashes: `stable`, `empty`, `dead`, `preparing-rebalance`, `assigning`, … */
export type GroupState = string;

export interface GroupListing {
  readonly group: string;
  /** `classic`, `consumer`, `share` or `streams`. */
  readonly type: string;
  /** `consumer` for consumer groups, `connect` for workers. */
  readonly protocolType: string;
  readonly state: GroupState;
}

export interface GroupDescription extends GroupListing {
  readonly members: readonly GroupMember[];
}

export interface GroupMember {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  /** What it reads now. */
  readonly assignment: readonly TopicPartition[];
}

export interface CommittedOffset extends TopicPartition {
  /** The next record that the group would read. */
  readonly offset: number;
}
