/** There is no controller in it: a KRaft broker answers with a random broker there. The active controller is the leader of the quorum. */
export interface ClusterDescription {
  readonly clusterId: string;
  readonly brokers: readonly BrokerDescription[];
}

export interface BrokerDescription {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string;
}

export interface QuorumDescription {
  /** The active controller; -1 while there is none. */
  readonly leaderId: number;
  readonly epoch: number;
  readonly voters: readonly QuorumMember[];
  readonly observers: readonly QuorumMember[];
}

export interface QuorumMember {
  readonly id: number;
  /** 22 characters of URL-safe base64. */
  readonly directoryId: string;
  /** Records of the metadata log that it has not yet fetched. */
  readonly lag: number;
  /** Milliseconds since it last held everything that the leader held; absent where never. */
  readonly behindMs?: number;
}

export interface FeatureDescription {
  readonly name: string;
  readonly level: number;
}

/** One log directory of one broker. */
export interface LogDirDescription {
  readonly broker: number;
  readonly path: string;
  /** The disk failed, or was taken away: nothing in it can be read. */
  readonly offline: boolean;
  /** Size of the file system that it is on, and what is free there; absent before Kafka 3.3. */
  readonly totalBytes?: number;
  readonly usableBytes?: number;
  readonly replicas: readonly ReplicaSize[];
}

export interface ReplicaSize {
  readonly topic: string;
  readonly partition: number;
  readonly bytes: number;
  /** Records that it lacks of its leader; for a future replica, of the present one. -1 while the broker does not know yet. */
  readonly offsetLag: number;
  /** It is being copied to this directory from another of the same broker. */
  readonly future: boolean;
}
