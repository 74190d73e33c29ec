import type {
  Acl,
  ClusterDescription,
  CommittedOffset,
  ConfigEntry,
  FeatureDescription,
  GroupDescription,
  GroupListing,
  KafkaError,
  LogDirDescription,
  PartitionPlacement,
  QuorumDescription,
  QuotaDescription,
  QuotaEntity,
  QuotaKey,
  Reassignment,
  ScramCredential,
  ScramMechanism,
  TopicDescription,
  TopicListing,
  TopicPartition,
} from '../../core/cluster';

/**
 * What the kit asks of a live cluster. One adapter speaks the Kafka protocol; nothing outside `adapters/` knows a client library.
 * Requests for many items answer for each item, since Kafka does: partial failure is normal. A request as a whole fails with a
 * `Failure`: status 3 where nothing answered or the log-in was refused, status 1 where Kafka refused it. Adapters split lists that
 * are too long for one request; callers split where Kafka counts records (`batch`) or where they want to see progress.
 */
export interface AdminPort
  extends ClusterPort, TopicPort, ConfigPort, PlacementPort, AccessPort, GroupPort, OffsetPort, LeasePort {
  close(): Promise<void>;
}

/** Ask this broker, by its advertised address, rather than any. */
export interface Via {
  readonly broker?: number;
}

export interface WriteOptions {
  /** Kafka checks everything and changes nothing. */
  readonly validateOnly: boolean;
}

/** How Kafka answered for one item of a request. */
export interface ItemResult<Item> {
  readonly item: Item;
  /** Absent where it was done. */
  readonly error?: KafkaError;
}

export interface ClusterPort {
  /** As the broker `via` sees it, or any broker. */
  describeCluster(options?: Via): Promise<ClusterDescription>;
  describeQuorum(): Promise<QuorumDescription>;
  /** The features that are in force, `metadata.version` among them. */
  describeFeatures(): Promise<readonly FeatureDescription[]>;
  /** The log directories of these brokers, all at once; a broker that does not answer is an error of its own item. */
  describeLogDirs(
    brokers: readonly number[],
  ): Promise<readonly (ItemResult<number> & { readonly logDirs: readonly LogDirDescription[] })[]>;
}

export interface TopicPort {
  listTopics(options?: Via): Promise<readonly TopicListing[]>;
  /** Topics that the broker does not know are left out of the answer. `all` is one request for everything. */
  describeTopics(names: readonly string[] | 'all', options?: Via): Promise<readonly TopicDescription[]>;
  createTopics(topics: readonly NewTopic[], options: WriteOptions): Promise<readonly TopicResult[]>;
  /** Adds partitions at the end. */
  addPartitions(growths: readonly PartitionGrowth[], options: WriteOptions): Promise<readonly TopicResult[]>;
  /** By id, so that a topic that was made again under the same name is not the one that goes. */
  deleteTopics(topics: readonly DoomedTopic[]): Promise<readonly TopicResult[]>;
}

export interface ConfigPort {
  describeConfigs(resources: readonly ConfigResource[], options?: Via): Promise<readonly ConfigDescription[]>;
  /** Incremental: options that are not named keep their values. A resource named twice is refused by Kafka. */
  alterConfigs(changes: readonly ConfigChange[], options: WriteOptions): Promise<readonly ItemResult<ConfigTarget>[]>;
}

export interface PlacementPort {
  listReassignments(): Promise<readonly Reassignment[]>;
  /**
   * Starts to move replicas. Unless `replicationFactor` is `may-change`, Kafka refuses a placement with another number of replicas
   * (from 4.1 on; older ones are compared by the caller).
   */
  alterReassignments(
    placements: readonly PartitionPlacement[],
    options: { readonly replicationFactor: 'kept' | 'may-change' },
  ): Promise<readonly ItemResult<TopicPartition>[]>;
  /** Gives up moves that are under way; the replicas go back to where they were. */
  cancelReassignments(partitions: readonly TopicPartition[]): Promise<readonly ItemResult<TopicPartition>[]>;
  /** Gives partitions back to the first replica in their assignment, where it is in sync. One that leads already is done. */
  electPreferredLeaders(partitions: readonly TopicPartition[]): Promise<readonly ItemResult<TopicPartition>[]>;
}

export interface AccessPort {
  /** Every ACL. Fails, and never answers "none", where the right to see them is missing or the cluster has no authorizer. */
  describeAcls(options?: Via): Promise<readonly Acl[]>;
  createAcls(acls: readonly Acl[]): Promise<readonly ItemResult<Acl>[]>;
  /** Exactly these, never by a filter that might match others. */
  deleteAcls(acls: readonly Acl[]): Promise<readonly ItemResult<Acl>[]>;
  /** Every SCRAM credential. */
  describeUsers(options?: Via): Promise<readonly ScramCredential[]>;
  alterUsers(changes: readonly UserChange[]): Promise<readonly ItemResult<string>[]>;
  describeQuotas(options?: Via): Promise<readonly QuotaDescription[]>;
  alterQuotas(changes: readonly QuotaChange[], options: WriteOptions): Promise<readonly ItemResult<QuotaEntity>[]>;
}

export interface GroupPort {
  listGroups(): Promise<readonly GroupListing[]>;
  /** Groups that are not there are left out. */
  describeGroups(groups: readonly string[]): Promise<readonly GroupDescription[]>;
  committedOffsets(groups: readonly string[]): Promise<ReadonlyMap<string, readonly CommittedOffset[]>>;
  /** Of a group without members; Kafka refuses it for others. */
  commitOffsets(group: string, offsets: readonly CommittedOffset[]): Promise<readonly ItemResult<TopicPartition>[]>;
  deleteOffsets(group: string, partitions: readonly TopicPartition[]): Promise<readonly ItemResult<TopicPartition>[]>;
  deleteGroups(groups: readonly string[]): Promise<readonly ItemResult<string>[]>;
}

export interface OffsetPort {
  /** From the leader of each partition. */
  listOffsets(questions: readonly OffsetQuestion[]): Promise<readonly OffsetAnswer[]>;
}

export interface LeasePort {
  /**
   * Takes a lease that at most one holder has; it needs no storage, since it is membership of a consumer group, and ends by itself some
   * seconds after its holder was killed. Fails with `LEASE-HELD` (status 1), naming the holder, where somebody else has it.
   */
  takeLease(request: LeaseRequest): Promise<Lease>;
}

export interface LeaseRequest {
  /** The consumer group: `__kdk_apply`. */
  readonly group: string;
  /** Shown to others: user, machine and process. */
  readonly holder: string;
}

export interface Lease {
  /** Aborted when the lease is lost, for example because no broker answered for long; what is under way must stop. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

export interface NewTopic {
  readonly name: string;
  /** Either partitions and a replication factor, placed by Kafka rack by rack, or the brokers of each partition. */
  readonly placement:
    | { readonly partitions: number; readonly replicationFactor: number }
    | { readonly assignments: readonly (readonly number[])[] };
  readonly config: Readonly<Record<string, string>>;
}

export interface PartitionGrowth {
  readonly topic: string;
  /** Partitions that there will be in all. */
  readonly total: number;
  /** The brokers of each new partition. @default Kafka places them, rack by rack */
  readonly assignments?: readonly (readonly number[])[];
}

export interface DoomedTopic {
  readonly name: string;
  readonly topicId: string;
}

export interface TopicResult {
  readonly topic: string;
  /** Absent where it was done. */
  readonly error?: KafkaError;
}

export interface ConfigTarget {
  /** `cluster`: the dynamic default of all brokers. */
  readonly type: 'topic' | 'broker' | 'cluster';
  /** Topic name or broker id; a broker is asked about itself. Empty for the cluster. */
  readonly name: string;
}

export interface ConfigResource extends ConfigTarget {
  /** @default every option */
  readonly options?: readonly string[];
}

export interface ConfigDescription extends ConfigTarget {
  readonly entries: readonly ConfigEntry[];
  readonly error?: KafkaError;
}

export interface ConfigChange extends ConfigTarget {
  readonly set: Readonly<Record<string, string>>;
  /** Options that go back to their default. */
  readonly remove: readonly string[];
}

export type UserChange =
  | {
      readonly user: string;
      readonly mechanism: ScramMechanism;
      readonly iterations: number;
      readonly salt: Uint8Array;
      /** PBKDF2 of the password; the password itself never leaves the kit. */
      readonly saltedPassword: Uint8Array;
    }
  | { readonly user: string; readonly mechanism: ScramMechanism; readonly deleted: true };

export interface QuotaChange {
  readonly entity: QuotaEntity;
  readonly set: Readonly<Partial<Record<QuotaKey, number>>>;
  readonly remove: readonly QuotaKey[];
}

export interface OffsetQuestion extends TopicPartition {
  /** `max-timestamp`: the record with the highest timestamp; a number: the first record at or after that time, milliseconds since 1970. */
  readonly at: 'earliest' | 'latest' | 'max-timestamp' | number;
}

export interface OffsetAnswer extends TopicPartition {
  /** -1 where there is no such record. */
  readonly offset: number;
  /** Of that record, where it is known; -1 where there is none. */
  readonly timestampMs: number;
  readonly error?: KafkaError;
}
