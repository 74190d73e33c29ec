import type { KafkaClient } from '../../../lib/admin';

/** What clients do to a cluster that is watched. */
export class Traffic {
  constructor(private readonly admin: KafkaClient) {}

  /** Records to all partitions of a topic; brokers learn of a new one one after the other. */
  async write(topic: string, partitions: number, records = 1, bytes = 100): Promise<void> {
    const value = 'x'.repeat(bytes);
    for (let partition = 0; partition < partitions; partition++) {
      const batch = Array.from({ length: records }, (_, key) => ({ key: String(key), value, timestampMs: Date.now() }));
      const written = await this.admin.produce({ topic, partition, acks: 'all', records: batch });
      if ('error' in written) throw new Error(`${topic}-${partition}: ${written.error.code}`);
    }
  }

  /** A group has read all that there is. */
  async commitAll(group: string, topic: string): Promise<void> {
    const ends = await this.admin.offsets(topic, 'latest');
    const committed = await this.admin.commitOffsets(
      group,
      [...ends].map(([partition, offset]) => ({ topic, partition, offset })),
    );
    expect(committed.filter(({ error }) => error !== undefined)).toEqual([]);
  }
}
