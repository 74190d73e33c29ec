import type { LogDirDescription, OffsetAnswer, OffsetQuestion, ReplicaSize, TopicPartition } from '../../port';
import type { MemoryBroker, MemoryBrokers } from './brokers';
import { kafkaError } from './errors';
import type { MetadataLog, TopicState } from './metadata';

/** Records that somebody produced, all with one timestamp. */
export interface MemoryWrite {
  readonly records: number;
  /** On disk, per replica. @default 100 a record */
  readonly bytes?: number;
  /** Milliseconds since 1970. */
  readonly timestampMs: number;
}

interface Batch {
  readonly firstOffset: number;
  readonly records: number;
  readonly bytes: number;
  readonly timestampMs: number;
}

interface PartitionLog {
  startOffset: number;
  endOffset: number;
  bytes: number;
  batches: Batch[];
}

const BYTES_A_RECORD = 100;
const DISK_BYTES = 2 ** 40;
/** Of others, on the same disk. */
const OTHER_BYTES = 2 ** 30;
const NONE = -1;

/** What is in the partitions: offsets, timestamps and sizes, no contents. */
export class MemoryRecords {
  /** By topic id and partition: a topic that is made again is empty. */
  readonly #logs = new Map<string, PartitionLog>();

  constructor(
    private readonly log: MetadataLog,
    private readonly brokers: MemoryBrokers,
  ) {}

  write(
    { topic, partition }: TopicPartition,
    { records, bytes = records * BYTES_A_RECORD, timestampMs }: MemoryWrite,
  ): void {
    const log = this.#logOf(this.#existing(topic, partition), partition);
    log.batches.push({ firstOffset: log.endOffset, records, bytes, timestampMs });
    log.endOffset += records;
    log.bytes += bytes;
  }

  /** As retention does: batches that end before the offset go, and the log begins at it. */
  dropBefore({ topic, partition }: TopicPartition, offset: number): void {
    const log = this.#logOf(this.#existing(topic, partition), partition);
    log.startOffset = Math.min(Math.max(offset, log.startOffset), log.endOffset);
    log.batches = log.batches.filter(({ firstOffset, records }) => firstOffset + records > log.startOffset);
    log.bytes = log.batches.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  answer({ topic: name, partition, at }: OffsetQuestion): OffsetAnswer {
    const topic = this.log.committed.topics.get(name);
    const state = topic?.partitions[partition];
    const failed = { topic: name, partition, offset: NONE, timestampMs: NONE };
    if (topic === undefined || state === undefined)
      return { ...failed, error: kafkaError('UNKNOWN_TOPIC_OR_PARTITION') };
    if (!this.brokers.isUp(state.leader)) return { ...failed, error: kafkaError('LEADER_NOT_AVAILABLE') };
    return { topic: name, partition, ...found(this.#logs.get(logKey(topic, partition)), at) };
  }

  logDirs({ id, logDirs = ['/var/lib/kafka/data'] }: MemoryBroker): LogDirDescription[] {
    const replicas: ReplicaSize[][] = logDirs.map(() => []);
    for (const topic of this.log.committed.topics.values())
      for (const [partition, state] of topic.partitions.entries())
        if (state.replicas.includes(id)) {
          const log = this.#logs.get(logKey(topic, partition));
          // A replica that is not in sync is half way.
          const share = state.isr.includes(id) ? 1 : 0.5;
          const bytes = Math.floor((log?.bytes ?? 0) * share);
          const offsetLag = share === 1 ? 0 : Math.ceil(((log?.endOffset ?? 0) - (log?.startOffset ?? 0)) / 2);
          replicas[partition % logDirs.length]!.push({ topic: topic.name, partition, bytes, offsetLag, future: false });
        }
    return logDirs.map((path, index) => {
      const used = replicas[index]!.reduce((sum, { bytes }) => sum + bytes, 0);
      const usableBytes = DISK_BYTES - OTHER_BYTES - used;
      return { broker: id, path, offline: false, totalBytes: DISK_BYTES, usableBytes, replicas: replicas[index]! };
    });
  }

  #existing(name: string, partition: number): TopicState {
    const topic = this.log.committed.topics.get(name);
    if (topic?.partitions[partition] === undefined)
      throw new Error(`no partition ${partition} of topic ${name} in this cluster`);
    return topic;
  }

  #logOf(topic: TopicState, partition: number): PartitionLog {
    const key = logKey(topic, partition);
    let log = this.#logs.get(key);
    if (log === undefined) this.#logs.set(key, (log = { startOffset: 0, endOffset: 0, bytes: 0, batches: [] }));
    return log;
  }
}

const logKey = ({ topicId }: TopicState, partition: number): string => `${topicId} ${partition}`;

function found(log: PartitionLog | undefined, at: OffsetQuestion['at']): { offset: number; timestampMs: number } {
  const { batches, startOffset, endOffset } = log ?? { batches: [], startOffset: 0, endOffset: 0 };
  if (at === 'earliest') return { offset: startOffset, timestampMs: NONE };
  if (at === 'latest') return { offset: endOffset, timestampMs: NONE };
  const newest = batches.reduce((max, { timestampMs }) => Math.max(max, timestampMs), NONE);
  const batch =
    at === 'max-timestamp'
      ? batches.find(({ timestampMs }) => timestampMs === newest)
      : batches.find(({ timestampMs }) => timestampMs >= at);
  if (batch === undefined) return { offset: NONE, timestampMs: NONE };
  return { offset: Math.max(batch.firstOffset, startOffset), timestampMs: batch.timestampMs };
}
