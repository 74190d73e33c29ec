import { Refused } from '../../failures';
import type { DataPort, FetchedPartition, OffsetPort, TopicDescription, TopicPort } from '../../port';
import { askCoordinators } from './coordinators';
import { kafkaError, LEADER_NOT_AVAILABLE, refuse, UNKNOWN_TOPIC_OR_PARTITION } from './errors';
import { hexUuid, recordsFrom } from './record-batches';
import type { Session } from './session';

const ACKS = { all: -1, leader: 1 } as const;
const READ_COMMITTED = 1;
const FETCH_WAIT_MS = 500;
const FETCH_BYTES = 16 * 1024 * 1024;
const FETCH_BYTES_PER_PARTITION = 2 * 1024 * 1024;
/** What Kafka's own producer asks for, and less than brokers allow by default. */
const TRANSACTION_MS = 60_000;

/** Producing and reading of single partitions, by the library's own requests, since they hold the format of records. */
export function dataRequests(session: Session, admin: TopicPort & OffsetPort): DataPort {
  const { kafka, links } = session;
  const topics = new RememberedTopics(admin);
  let turn = 0;
  return {
    async startProducer({ transactionalId } = {}) {
      const init = async (addresses: Parameters<typeof links.callAny>[0]) =>
        links.callAny(addresses, kafka.initProducerIdV5.api, transactionalId ?? null, TRANSACTION_MS, -1n, -1);
      if (transactionalId === undefined) {
        // Every broker hands out ids, but one that has used its own up says "loading" for as long as its controller does not answer it.
        const addresses = await session.addresses();
        const first = turn++ % addresses.length;
        const answer = await init([...addresses.slice(first), ...addresses.slice(0, first)]);
        refuse(answer, { what: 'start a producer', right: 'IDEMPOTENT_WRITE on the cluster, or WRITE on a topic' });
        return { id: answer.producerId, epoch: answer.producerEpoch };
      }
      const answers = await askCoordinators<Awaited<ReturnType<typeof init>>>(session, {
        type: 'transactional-id',
        keys: [transactionalId],
        ask: async (broker) => new Map([[transactionalId, await init([await session.addressOf(broker)])]]),
      });
      const answer = answers.get(transactionalId)!;
      const right = `WRITE on transactional id ${transactionalId}`;
      refuse(answer, { what: `start a producer with transactional id ${transactionalId}`, right });
      const { producerId, producerEpoch } = answer as Awaited<ReturnType<typeof init>>;
      return { id: producerId, epoch: producerEpoch };
    },

    async produce({ topic, partition, records, acks, idempotence }) {
      const sequences = new kafka.NumericMap();
      if (idempotence !== undefined) sequences.set(`${topic}:${partition}`, idempotence.firstSequence);
      const messages = records.map(({ key, value, timestampMs }) => ({
        topic,
        partition,
        key: Buffer.from(key),
        value: Buffer.from(value),
        timestamp: BigInt(timestampMs),
      }));
      const producer =
        idempotence === undefined
          ? {}
          : { sequences, producerId: idempotence.producer.id, producerEpoch: idempotence.producer.epoch };
      return topics.use(topic, async (described) => {
        const leader = byLeader(described, new Set([partition]))[0]?.[0];
        if (leader === undefined) throw new Refused(`write to ${topic}-${partition}`, kafkaError(MISSING)!);
        const answer = await links.call(
          await session.addressOf(leader),
          kafka.produceV11.api,
          ACKS[acks],
          session.patienceMs,
          messages,
          producer,
        );
        const { baseOffset, ...verdict } = answer.responses[0]!.partitionResponses[0]!;
        const error = kafkaError(verdict, `WRITE on topic ${topic}`);
        if (error !== undefined) topics.forget(topic);
        return error === undefined ? { baseOffset: Number(baseOffset) } : { error };
      });
    },

    async offsets(topic, at) {
      const { partitions } = await topics.describe(topic);
      const answers = await admin.listOffsets(partitions.map(({ partition }) => ({ topic, partition, at })));
      for (const { partition, error } of answers)
        if (error !== undefined) throw new Refused(`tell the offsets of ${topic}-${partition}`, error);
      return new Map(answers.map(({ partition, offset }) => [partition, offset]));
    },

    fetch: (topic, from) =>
      topics.use(topic, async (described) => {
        const fetched = await Promise.all(
          byLeader(described, new Set(from.keys())).map(([leader, partitions]) =>
            fetchFrom(session, { leader, topic: described, partitions, from }),
          ),
        );
        if (fetched.flat().some(({ error }) => error !== undefined)) topics.forget(topic);
        return fetched.flat().sort((a, b) => a.partition - b.partition);
      }),
  };
}

const MISSING = { errorCode: UNKNOWN_TOPIC_OR_PARTITION };

/** Where topics are led, until that turns out to be wrong or nobody answers there. */
class RememberedTopics {
  readonly #topics = new Map<string, Promise<TopicDescription>>();

  constructor(private readonly admin: TopicPort) {}

  forget(topic: string): void {
    this.#topics.delete(topic);
  }

  async use<T>(topic: string, action: (described: TopicDescription) => Promise<T>): Promise<T> {
    let described = this.#topics.get(topic);
    if (described === undefined) {
      described = this.describe(topic);
      this.#topics.set(topic, described);
    }
    try {
      return await action(await described);
    } catch (error) {
      this.forget(topic);
      throw error;
    }
  }

  async describe(topic: string): Promise<TopicDescription> {
    const [described] = await this.admin.describeTopics([topic]);
    if (described === undefined) throw new Refused(`use topic ${topic}`, kafkaError(MISSING)!);
    return described;
  }
}

/** The partitions wanted, by the broker that leads them. */
function byLeader({ name, partitions }: TopicDescription, wanted: ReadonlySet<number>): [number, number[]][] {
  const leaders = new Map<number, number[]>();
  for (const { leader, partition } of partitions) {
    if (!wanted.has(partition)) continue;
    if (leader < 0) refuse({ errorCode: LEADER_NOT_AVAILABLE }, { what: `use ${name}-${partition}` });
    leaders.set(leader, [...(leaders.get(leader) ?? []), partition]);
  }
  return [...leaders];
}

interface FetchQuestion {
  readonly leader: number;
  readonly topic: TopicDescription;
  readonly partitions: readonly number[];
  readonly from: ReadonlyMap<number, number>;
}

async function fetchFrom(
  session: Session,
  { leader, topic, partitions, from }: FetchQuestion,
): Promise<FetchedPartition[]> {
  const asked = partitions.map((partition) => ({
    partition,
    currentLeaderEpoch: -1,
    fetchOffset: BigInt(from.get(partition)!),
    lastFetchedEpoch: -1,
    partitionMaxBytes: FETCH_BYTES_PER_PARTITION,
  }));
  const answer = await session.links.call(
    await session.addressOf(leader),
    session.kafka.fetchV17.api,
    FETCH_WAIT_MS,
    1,
    FETCH_BYTES,
    READ_COMMITTED,
    0,
    -1,
    [{ topicId: hexUuid(topic.topicId), partitions: asked }],
    [],
    '',
  );
  refuse(answer, { what: `read ${topic.name}` });
  return (answer.responses[0]?.partitions ?? []).map(({ partitionIndex, highWatermark, records, ...verdict }) => {
    const error = kafkaError(verdict, `READ on topic ${topic.name}`);
    return {
      partition: partitionIndex,
      ...recordsFrom(records ?? [], from.get(partitionIndex)!),
      highWatermark: Number(highWatermark),
      ...(error === undefined ? {} : { error }),
    };
  });
}
