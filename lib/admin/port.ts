/**
 * What the kit asks of a live cluster. One adapter speaks the Kafka protocol; nothing outside `adapters/` knows a client library.
 * Requests for many items answer for each item, since Kafka does: partial failure is normal. A request as a whole fails with a
 * `Failure`: status 3 where nothing answered or the log-in was refused, status 1 where Kafka refused it.
 */
export interface AdminPort {
  /** As the broker `via` sees it, or any broker. */
  describeCluster(options?: Via): Promise<ClusterDescription>;
  describeQuorum(): Promise<QuorumDescription>;
  /** The features that are in force, `metadata.version` among them. */
  describeFeatures(): Promise<readonly FeatureDescription[]>;
  listTopics(options?: Via): Promise<readonly TopicListing[]>;
  /** Topics that the broker does not know are left out of the answer. */
  describeTopics(names: readonly string[], options?: Via): Promise<readonly TopicDescription[]>;
  createTopics(topics: readonly NewTopic[], options: CreateOptions): Promise<readonly TopicResult[]>;
  /** Adds partitions at the end, each on the brokers named. */
  addPartitions(topic: string, total: number, assignments: readonly (readonly number[])[]): Promise<void>;
  /** Gives partitions back to the first replica in their assignment, where it is in sync. */
  electPreferredLeaders(topic: string, partitions: readonly number[]): Promise<void>;
  describeConfigs(resources: readonly ConfigResource[]): Promise<readonly ConfigDescription[]>;
  close(): Promise<void>;
}

/** Produces and reads single partitions; what round trips and the sample data need. */
export interface DataPort {
  /** A new producer id: the broker then drops records that a retry sends twice. */
  startProducer(): Promise<ProducerIdentity>;
  produce(batch: RecordBatch): Promise<ProduceResult>;
  offsets(topic: string, at: 'earliest' | 'latest'): Promise<ReadonlyMap<number, number>>;
  /** One read of each partition from its leader, from the offset given; waits a little where there is nothing yet. */
  fetch(topic: string, from: ReadonlyMap<number, number>): Promise<readonly FetchedPartition[]>;
}

export interface KafkaClient extends AdminPort, DataPort {}

export interface ConnectOptions {
  /** `host:port`; the first that answers is used. */
  readonly bootstrapServers: readonly string[];
  /** Whether connections are encrypted; the brokers' certificates must be of an authority that Node.js trusts. @default false */
  readonly tls?: boolean;
  /** How long one request may take. @default 30000 */
  readonly timeoutMs?: number;
}

export type Connect = (options: ConnectOptions) => Promise<KafkaClient>;

/** Ask this broker, by its advertised address, rather than any. */
export interface Via {
  readonly broker?: number;
}

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

export interface TopicListing {
  readonly name: string;
  readonly internal: boolean;
}

export interface TopicDescription extends TopicListing {
  readonly topicId: string;
  readonly partitions: readonly PartitionDescription[];
}

export interface PartitionDescription {
  readonly partition: number;
  /** -1 while the partition is offline. */
  readonly leader: number;
  /** The preferred leader first. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offline: readonly number[];
}

export interface NewTopic {
  readonly name: string;
  /** Either partitions and a replication factor, placed by Kafka rack by rack, or the brokers of each partition. */
  readonly placement:
    { readonly partitions: number; readonly replicationFactor: number } | { readonly assignments: readonly number[][] };
  readonly config: Readonly<Record<string, string>>;
}

export interface CreateOptions {
  /** Kafka checks everything and creates nothing. */
  readonly validateOnly: boolean;
}

export interface TopicResult {
  readonly topic: string;
  /** Absent where the topic was created. */
  readonly error?: KafkaError;
}

/** Kafka's own words for what it refused. */
export interface KafkaError {
  readonly code: number;
  /** For example `INVALID_REPLICATION_FACTOR`. */
  readonly name: string;
  readonly message: string;
  /** The same request may succeed later. */
  readonly retriable: boolean;
}

export interface ConfigResource {
  readonly type: 'topic' | 'broker';
  /** Topic name or broker id; a broker is asked about itself. */
  readonly name: string;
  /** @default every option */
  readonly options?: readonly string[];
}

export interface ConfigDescription extends ConfigResource {
  readonly entries: readonly ConfigEntry[];
  readonly error?: KafkaError;
}

export interface ConfigEntry {
  readonly option: string;
  /** Absent for secrets. */
  readonly value?: string;
  readonly source: 'topic' | 'broker' | 'cluster' | 'static' | 'default' | 'other';
}

export interface ProducerIdentity {
  readonly id: bigint;
  readonly epoch: number;
}

export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly KafkaRecord[];
  readonly acks: 'all' | 'leader';
  /** Position of the first record among all that this producer sent to the partition. */
  readonly idempotence?: { readonly producer: ProducerIdentity; readonly firstSequence: number };
}

export interface KafkaRecord {
  readonly key: string;
  readonly value: string;
  readonly timestampMs: number;
}

/** Either the offset of the first record, or why not; where nobody answered the records may have been written all the same. */
export type ProduceResult = { readonly baseOffset: number } | { readonly error: KafkaError };

export interface FetchedPartition {
  readonly partition: number;
  readonly records: readonly FetchedRecord[];
  /** Offset to read from next. */
  readonly nextOffset: number;
  /** Everything before it is on all in-sync replicas. */
  readonly highWatermark: number;
  readonly error?: KafkaError;
}

export interface FetchedRecord extends KafkaRecord {
  readonly offset: number;
}
