import { Failure } from '../../core/issue';
import type { KafkaClient, PartitionDescription } from '../port';
import { Refused } from '../failures';
import { poll, retry } from '../wait';
import type { SampleOptions } from './load';
import { orderEvents, type OrderEvent } from './order-events';

/** What the topic holds of the sample's records. All is well where everything but `expected`, `read`, `foreign` and `partitions` is 0. */
export interface SampleReport {
  readonly topic: string;
  readonly expected: number;
  /** Different records of the sample that were read. */
  readonly read: number;
  readonly missing: number;
  readonly duplicates: number;
  /** Records that came before an earlier one of the same customer. */
  readonly outOfOrder: number;
  /** Records at the beginning of partitions that retention has deleted; they explain as many missing ones. */
  readonly expired: number;
  /** Records that are not of the sample; harmless. */
  readonly foreign: number;
  readonly partitions: number;
  /** Partitions without all their replicas in sync. */
  readonly underReplicated: number;
  readonly ok: boolean;
}

/** Reads all of the sample's topic back and compares it with what was generated. */
export async function checkSample(client: KafkaClient, options: SampleOptions): Promise<SampleReport> {
  const { topic, progress, patienceMs = 60_000 } = options;
  const patience = { deadlineMs: patienceMs };
  const tally = new Tally(orderEvents(options));
  const next = new Map(await retry(() => client.offsets(topic, 'earliest'), patience));
  const ends = await retry(() => client.offsets(topic, 'latest'), patience);
  const expired = sum(next.values());
  const total = sum(ends.values()) - expired;
  let done = 0;
  for (let left = unread(next, ends); left.size > 0; left = unread(next, ends)) {
    const fetched = await poll(
      () => client.fetch(topic, left),
      (partitions) => partitions.some(({ partition, nextOffset }) => nextOffset > left.get(partition)!),
      patience,
    );
    const stuck = fetched.every(({ partition, nextOffset }) => nextOffset === left.get(partition));
    for (const { partition, records, nextOffset, error } of fetched) {
      if (error !== undefined && (stuck || !error.retriable)) throw new Refused(`read ${topic}-${partition}`, error);
      for (const record of records) tally.add(record.key, record.value);
      next.set(partition, nextOffset);
      done += records.length;
    }
    if (stuck) throw stalled(topic, done, total);
    progress({ step: `reading ${topic} back`, done: Math.min(done, total), total });
  }

  const described = await poll(
    () => client.describeTopics([topic]),
    ([found]) => found !== undefined && !found.partitions.some(isUnderReplicated),
    patience,
  );
  const partitions = described[0]?.partitions ?? [];
  const underReplicated = partitions.filter(isUnderReplicated).length;
  const counts = tally.counts();
  const ok = counts.missing <= expired && counts.duplicates === 0 && counts.outOfOrder === 0 && underReplicated === 0;
  return { topic, ...counts, expired, partitions: partitions.length, underReplicated, ok };
}

/** Compares what is read, in the order of each key, with what was generated. */
export class Tally {
  readonly #expected = new Map<string, OrderEvent>();
  readonly #seen = new Set<string>();
  readonly #last = new Map<string, number>();
  #duplicates = 0;
  #outOfOrder = 0;
  #foreign = 0;

  constructor(events: Iterable<OrderEvent>) {
    for (const event of events) this.#expected.set(event.value, event);
  }

  add(key: string, value: string): void {
    const event = this.#expected.get(value);
    if (event?.customer !== key) this.#foreign += 1;
    else if (this.#seen.has(value)) this.#duplicates += 1;
    else {
      this.#seen.add(value);
      if (event.sequence < (this.#last.get(key) ?? 0)) this.#outOfOrder += 1;
      this.#last.set(key, event.sequence);
    }
  }

  counts(): Pick<SampleReport, 'expected' | 'read' | 'missing' | 'duplicates' | 'outOfOrder' | 'foreign'> {
    const [expected, read] = [this.#expected.size, this.#seen.size];
    return {
      expected,
      read,
      missing: expected - read,
      duplicates: this.#duplicates,
      outOfOrder: this.#outOfOrder,
      foreign: this.#foreign,
    };
  }
}

function stalled(topic: string, done: number, total: number): Failure {
  return new Failure(
    'SAMPLE-UNREADABLE',
    `reading ${topic} stands still, got ${done} of ${total} records; every record up to the end must be readable.`,
    'Look at the logs of the brokers.',
  );
}

function unread(next: ReadonlyMap<number, number>, ends: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...next].filter(([partition, offset]) => offset < (ends.get(partition) ?? 0)));
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

function isUnderReplicated({ replicas, isr }: PartitionDescription): boolean {
  return isr.length < replicas.length;
}
