import { setTimeout as sleep } from 'node:timers/promises';
import type { KafkaClient } from '../../lib/admin';
import { isRetriable } from '../../lib/admin/failures';
import { retry } from '../../lib/admin/wait';

const patience = { deadlineMs: 60_000 };

/** Acknowledged records, by `partition:offset`. */
export type Acknowledged = Map<string, string>;

export interface LoadOptions {
  /** Asked for each request, so that a test may reconnect. */
  readonly client: () => KafkaClient;
  readonly topic: string;
  readonly partitions: number;
  readonly acks: 'all' | 'leader';
}

/** Writes without pause until `stop` is called; what got no answer is forgotten, since it may or may not have been written. */
export class AcknowledgedLoad {
  readonly acknowledged: Acknowledged = new Map();
  readonly perPartition = new Map<number, number>();
  unanswered = 0;
  #running = true;
  readonly #writers: Promise<void>[];

  constructor(private readonly options: LoadOptions) {
    this.#writers = Array.from({ length: options.partitions }, (_, partition) => this.#write(partition));
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#writers);
  }

  async #write(partition: number): Promise<void> {
    for (let batch = 0; this.#running; batch++) {
      const values = Array.from({ length: 10 }, (_, index) => `${partition}-${batch}-${index}`);
      const offset = await writeOnce(this.options, partition, values);
      if (offset === undefined) {
        this.unanswered += values.length;
        await sleep(50);
        continue;
      }
      values.forEach((value, index) => this.acknowledged.set(`${partition}:${offset + index}`, value));
      this.perPartition.set(partition, (this.perPartition.get(partition) ?? 0) + values.length);
    }
  }
}

/** The offset of the first record, or undefined where it was not acknowledged. */
export async function writeOnce(
  { client, topic, acks }: Omit<LoadOptions, 'partitions'>,
  partition: number,
  values: readonly string[],
): Promise<number | undefined> {
  const records = values.map((value) => ({ key: value, value, timestampMs: Date.now() }));
  try {
    const result = await client().produce({ topic, partition, records, acks });
    if ('baseOffset' in result) return result.baseOffset;
    if (!result.error.retriable) throw new Error(result.error.message);
    return undefined;
  } catch (error) {
    if (!isRetriable(error)) throw error;
    return undefined;
  }
}

/** Every record of a topic, by `partition:offset`. */
export async function readAll(client: KafkaClient, topic: string): Promise<Map<string, string>> {
  const read = new Map<string, string>();
  const next = new Map(await retry(() => client.offsets(topic, 'earliest'), patience));
  const ends = await retry(() => client.offsets(topic, 'latest'), patience);
  const left = (): Map<number, number> => new Map([...next].filter(([partition, at]) => at < ends.get(partition)!));
  while (left().size > 0) {
    for (const { partition, records, nextOffset } of await retry(() => client.fetch(topic, left()), patience)) {
      for (const { offset, value } of records) read.set(`${partition}:${offset}`, value);
      next.set(partition, nextOffset);
    }
  }
  return read;
}

/** Acknowledged records that are not where they were acknowledged. */
export function lostRecords(acknowledged: Acknowledged, read: ReadonlyMap<string, string>): string[] {
  return [...acknowledged].filter(([place, value]) => read.get(place) !== value).map(([place]) => place);
}
