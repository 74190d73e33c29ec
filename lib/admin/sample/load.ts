import type { Progress } from '../../core/issue';
import { Refused } from '../failures';
import type { KafkaClient, KafkaRecord, ProducerIdentity } from '../port';
import { poll, retry } from '../wait';
import { orderEvents, type OrderEventsOptions } from './order-events';
import { partitionFor } from './partitioner';

export interface SampleOptions extends OrderEventsOptions {
  readonly topic: string;
  readonly progress: Progress;
  /** How long to try again where no answer comes. @default 60000 */
  readonly patienceMs?: number;
}

export interface LoadReport {
  readonly topic: string;
  readonly written: number;
  /** Held by the topic before. */
  readonly present: number;
}

type SampleRecord = Omit<KafkaRecord, 'timestampMs'>;

/** Some 130 KB: large enough to be fast, far below the broker's limit of 1 MiB for a batch. */
const RECORDS_A_BATCH = 500;

/**
 * Writes the sample's records with acks=all, each once. What a partition holds already is counted and left out, so loading again does
 * nothing, and loading again after it was stopped half-way writes the rest.
 */
export async function loadSample(client: KafkaClient, options: SampleOptions): Promise<LoadReport> {
  const { topic, progress, patienceMs = 60_000 } = options;
  const patience = { deadlineMs: patienceMs };
  const held = await retry(() => client.offsets(topic, 'latest'), patience);
  const partitions = partition(options, held.size);
  const total = partitions.reduce((sum, records) => sum + records.length, 0);
  const before = [...held.values()].reduce((sum, count) => sum + count, 0);
  if (before >= total) return { topic, written: 0, present: total };

  const producer = await retry(() => client.startProducer(), patience);
  let written = 0;
  const present = partitions.reduce((sum, records, index) => sum + Math.min(records.length, held.get(index) ?? 0), 0);
  let failed = false;
  const fill = async (records: readonly SampleRecord[], index: number): Promise<void> => {
    const missing = records.slice(held.get(index) ?? 0);
    for (let start = 0; start < missing.length && !failed; start += RECORDS_A_BATCH) {
      const chunk = missing.slice(start, start + RECORDS_A_BATCH);
      await write(client, { topic, partition: index, records: chunk, producer, firstSequence: start }, patienceMs);
      written += chunk.length;
      progress({ step: `loading sample records into ${topic}`, done: present + written, total });
    }
  };
  // When one fails the others finish the batch in hand before it is told, so that whoever loads again counts what is there.
  const outcomes = await Promise.allSettled(
    partitions.map((records, index) =>
      fill(records, index).catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return { topic, written, present };
}

function partition(options: OrderEventsOptions, partitions: number): SampleRecord[][] {
  const lists: SampleRecord[][] = Array.from({ length: partitions }, () => []);
  for (const { customer, value } of orderEvents(options))
    lists[partitionFor(customer, partitions)]!.push({ key: customer, value });
  return lists;
}

interface Chunk {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly SampleRecord[];
  readonly producer: ProducerIdentity;
  readonly firstSequence: number;
}

/** Sent again under the same sequence number until it is acknowledged: the broker drops what it has already. */
async function write(client: KafkaClient, chunk: Chunk, patienceMs: number): Promise<void> {
  const { topic, producer, firstSequence } = chunk;
  const timestampMs = Date.now();
  const result = await poll(
    () =>
      client.produce({
        topic,
        partition: chunk.partition,
        records: chunk.records.map((record) => ({ ...record, timestampMs })),
        acks: 'all',
        idempotence: { producer, firstSequence },
      }),
    (answer) => !('error' in answer) || !answer.error.retriable,
    { deadlineMs: patienceMs },
  );
  if ('error' in result) throw new Refused(`write to ${topic}-${chunk.partition}`, result.error);
}
