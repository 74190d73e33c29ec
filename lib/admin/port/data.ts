import type { KafkaError } from '../../core/cluster';
import type { AdminPort } from './admin';
import type { MembershipPort } from './membership';

/** Produces and reads single partitions; what round trips and the sample data need. */
export interface DataPort {
  /** A new producer id: the broker then drops records that a retry sends twice. */
  startProducer(options?: { readonly transactionalId?: string }): Promise<ProducerIdentity>;
  produce(batch: RecordBatch): Promise<ProduceResult>;
  offsets(topic: string, at: 'earliest' | 'latest'): Promise<ReadonlyMap<number, number>>;
  /** One read of each partition from its leader, from the offset given; waits a little where there is nothing yet. */
  fetch(topic: string, from: ReadonlyMap<number, number>): Promise<readonly FetchedPartition[]>;
}

export interface KafkaClient extends AdminPort, DataPort, MembershipPort {}

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
