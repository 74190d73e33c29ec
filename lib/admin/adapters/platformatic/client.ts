import type {
  DataPort,
  FetchedPartition,
  FetchedRecord,
  ProducerIdentity,
  ProduceResult,
  RecordBatch,
  TopicDescription,
} from '../../port';
import { PlatformaticAdmin } from './admin';
import { kafkaError } from './errors';

const ACKS = { all: -1, leader: 1 } as const;
const TIMESTAMPS = { earliest: -2n, latest: -1n } as const;
const READ_COMMITTED = 1;
const UNKNOWN_TOPIC_OR_PARTITION = 3;
const LEADER_NOT_AVAILABLE = 5;
const FETCH_WAIT_MS = 500;
const FETCH_BYTES = 16 * 1024 * 1024;
const FETCH_BYTES_PER_PARTITION = 2 * 1024 * 1024;

/** Adds producing and reading of single partitions; where each is led is remembered until a leader turns out to be another. */
export class PlatformaticClient extends PlatformaticAdmin implements DataPort {
  readonly #topics = new Map<string, Promise<TopicDescription>>();

  async startProducer(): Promise<ProducerIdentity> {
    const answer = await this.links.callAny(
      await this.addresses(),
      this.kafka.initProducerIdV5.api,
      null,
      this.links.timeoutMs,
      -1n,
      -1,
    );
    this.refuse('start a producer', answer.errorCode);
    return { id: answer.producerId, epoch: answer.producerEpoch };
  }

  async produce({ topic, partition, records, acks, idempotence }: RecordBatch): Promise<ProduceResult> {
    const sequences = new this.kafka.NumericMap();
    if (idempotence !== undefined) sequences.set(`${topic}:${partition}`, idempotence.firstSequence);
    const messages = records.map(({ key, value, timestampMs }) => ({
      topic,
      partition,
      key: Buffer.from(key),
      value: Buffer.from(value),
      timestamp: BigInt(timestampMs),
    }));
    return this.#withTopic(topic, async (described) => {
      const answer = await this.links.callAny(
        await this.addresses({ broker: this.#byLeader(described, new Set([partition]))[0]?.[0] }),
        this.kafka.produceV11.api,
        ACKS[acks],
        Math.max(1000, this.links.timeoutMs - 2000),
        messages,
        idempotence === undefined
          ? {}
          : { sequences, producerId: idempotence.producer.id, producerEpoch: idempotence.producer.epoch },
      );
      const { errorCode, errorMessage, baseOffset } = answer.responses[0]!.partitionResponses[0]!;
      const error = kafkaError(this.kafka, errorCode, errorMessage);
      if (error !== undefined) this.#topics.delete(topic);
      return error === undefined ? { baseOffset: Number(baseOffset) } : { error };
    });
  }

  async offsets(topic: string, at: 'earliest' | 'latest'): Promise<Map<number, number>> {
    return this.#withTopic(topic, async (described) => {
      const offsets = new Map<number, number>();
      for (const [leader, partitions] of this.#byLeader(described)) {
        const answer = await this.links.callAny(
          await this.addresses({ broker: leader }),
          this.kafka.listOffsetsV9.api,
          -1,
          READ_COMMITTED,
          [
            {
              name: topic,
              partitions: partitions.map((partitionIndex) => ({
                partitionIndex,
                currentLeaderEpoch: -1,
                timestamp: TIMESTAMPS[at],
              })),
            },
          ],
        );
        for (const { partitionIndex, errorCode, offset } of answer.topics[0]!.partitions) {
          this.refuse(`tell the offsets of ${topic}-${partitionIndex}`, errorCode);
          offsets.set(partitionIndex, Number(offset));
        }
      }
      return offsets;
    });
  }

  async fetch(topic: string, from: ReadonlyMap<number, number>): Promise<FetchedPartition[]> {
    return this.#withTopic(topic, async (described) => {
      const answers = await Promise.all(
        this.#byLeader(described, new Set(from.keys())).map(([leader, partitions]) =>
          this.#fetchFrom(leader, described, partitions, from),
        ),
      );
      const fetched = answers.flat();
      if (fetched.some(({ error }) => error !== undefined)) this.#topics.delete(topic);
      return fetched.sort((a, b) => a.partition - b.partition);
    });
  }

  async #fetchFrom(
    leader: number,
    topic: TopicDescription,
    partitions: readonly number[],
    from: ReadonlyMap<number, number>,
  ): Promise<FetchedPartition[]> {
    const answer = await this.links.callAny(
      await this.addresses({ broker: leader }),
      this.kafka.fetchV17.api,
      FETCH_WAIT_MS,
      1,
      FETCH_BYTES,
      READ_COMMITTED,
      0,
      -1,
      [
        {
          topicId: topic.topicId,
          partitions: partitions.map((partition) => ({
            partition,
            currentLeaderEpoch: -1,
            fetchOffset: BigInt(from.get(partition)!),
            lastFetchedEpoch: -1,
            partitionMaxBytes: FETCH_BYTES_PER_PARTITION,
          })),
        },
      ],
      [],
      '',
    );
    this.refuse(`read ${topic.name}`, answer.errorCode);
    return (answer.responses[0]?.partitions ?? []).map(({ partitionIndex, errorCode, highWatermark, records }) => {
      const offset = from.get(partitionIndex)!;
      const error = kafkaError(this.kafka, errorCode);
      const read = recordsFrom(records ?? [], offset);
      return {
        partition: partitionIndex,
        records: read.records,
        nextOffset: read.nextOffset,
        highWatermark: Number(highWatermark),
        ...(error === undefined ? {} : { error }),
      };
    });
  }

  /** Forgets where the topic is led when that turns out to be wrong or nobody answers there. */
  async #withTopic<T>(topic: string, use: (described: TopicDescription) => Promise<T>): Promise<T> {
    let described = this.#topics.get(topic);
    if (described === undefined) {
      described = this.#describeOne(topic);
      this.#topics.set(topic, described);
    }
    try {
      return await use(await described);
    } catch (error) {
      this.#topics.delete(topic);
      throw error;
    }
  }

  async #describeOne(topic: string): Promise<TopicDescription> {
    const [described] = await this.describeTopics([topic]);
    if (described === undefined) this.refuse(`use topic ${topic}`, UNKNOWN_TOPIC_OR_PARTITION);
    return described!;
  }

  /** The partitions asked for, or all, by the broker that leads them. */
  #byLeader({ name, partitions }: TopicDescription, wanted?: ReadonlySet<number>): [number, number[]][] {
    const leaders = new Map<number, number[]>();
    for (const { leader, partition } of partitions) {
      if (wanted?.has(partition) === false) continue;
      if (leader < 0) this.refuse(`use ${name}-${partition}`, LEADER_NOT_AVAILABLE);
      leaders.set(leader, [...(leaders.get(leader) ?? []), partition]);
    }
    return [...leaders];
  }
}

interface Batch {
  readonly firstOffset: bigint;
  readonly lastOffsetDelta: number;
  readonly firstTimestamp: bigint;
  readonly attributes: number;
  readonly records: readonly {
    readonly offsetDelta: number;
    readonly timestampDelta: bigint;
    readonly key: Buffer | null;
    readonly value: Buffer | null;
  }[];
}

const CONTROL_BATCH = 1 << 5;

/** A broker answers with whole batches, so the first may begin before the offset asked for. */
function recordsFrom(batches: readonly Batch[], offset: number): { records: FetchedRecord[]; nextOffset: number } {
  const records: FetchedRecord[] = [];
  let nextOffset = offset;
  for (const batch of batches) {
    const first = Number(batch.firstOffset);
    nextOffset = Math.max(nextOffset, first + batch.lastOffsetDelta + 1);
    if ((batch.attributes & CONTROL_BATCH) !== 0) continue;
    for (const { offsetDelta, timestampDelta, key, value } of batch.records)
      if (first + offsetDelta >= offset)
        records.push({
          offset: first + offsetDelta,
          timestampMs: Number(batch.firstTimestamp + timestampDelta),
          key: key?.toString() ?? '',
          value: value?.toString() ?? '',
        });
  }
  return { records, nextOffset };
}
