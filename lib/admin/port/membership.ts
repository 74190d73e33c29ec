import type { FeatureDescription } from '../../core/cluster';
import type { WriteOptions } from './admin';

/** Who belongs to a cluster, and what all of its nodes agreed on. Each request is for one thing and fails as a whole. */
export interface MembershipPort {
  /** Makes the cluster forget a broker that is gone for good. Kafka refuses it for one that is alive. */
  unregisterBroker(broker: number): Promise<void>;
  /** Takes a controller out of the quorum; the directory id keeps apart a lost disk and the one in its place. */
  removeVoter(voter: Voter): Promise<void>;
  /** Raises features; Kafka refuses a level that a node does not know, and all of them together. */
  upgradeFeatures(features: readonly FeatureDescription[], options: WriteOptions): Promise<void>;
}

export interface Voter {
  readonly id: number;
  /** 22 characters of URL-safe base64. */
  readonly directoryId: string;
}
