import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { gatherEvidence, observe } from '../../../lib/admin/reconcile';
import type { Evidence, EvidenceRequest } from '../../../lib/core/plan';
import { desiredOf, fakeClock, portsOf } from './harness';

const DAY = 86_400_000;
const NOW = fakeClock().now();
const NOTHING: EvidenceRequest = { sizes: [], cuts: [], usage: [], groups: [] };

/** Two partitions: 100 records of 10 days ago and 300 of now in the first, nothing in the second. */
async function cluster(): Promise<MemoryCluster> {
  const made = new MemoryCluster();
  const placement = { partitions: 2, replicationFactor: 3 };
  await made.connect().createTopics([{ name: 'orders', placement, config: {} }], { validateOnly: false });
  made.write('orders', 0, { records: 100, bytes: 1_000, timestampMs: NOW - 10 * DAY });
  made.write('orders', 0, { records: 300, bytes: 3_000, timestampMs: NOW });
  return made;
}

async function evidenceOf(made: MemoryCluster, request: Partial<EvidenceRequest>): Promise<Evidence> {
  const ports = portsOf(made);
  const observed = await observe(ports, desiredOf());
  made.requests.reset();
  return gatherEvidence(ports.admin, { ...NOTHING, ...request }, { observed, clock: fakeClock() });
}

describe('evidence', () => {
  test('asks nothing that no change needs', async () => {
    const made = await cluster();
    await evidenceOf(made, {});
    expect(made.requests.total).toBe(0);
  });

  test('takes sizes from leaders, without replication', async () => {
    const { sizes } = await evidenceOf(await cluster(), { sizes: ['orders'] });
    expect(sizes.get('orders')).toEqual({
      bytes: 4_000,
      partitions: new Map([
        [0, 4_000],
        [1, 0],
      ]),
    });
  });

  test('says what a shorter retention would remove, and back to which date', async () => {
    const made = await cluster();
    const cut = async (retentionMs: number, retentionBytes: number) =>
      (await evidenceOf(made, { cuts: [{ topic: 'orders', retentionMs, retentionBytes }] })).cuts.get('orders');
    expect(await cut(7 * DAY, -1)).toEqual({ bytes: 1_000, beforeMs: NOW - 7 * DAY });
    expect(await cut(30 * DAY, -1)).toEqual({ bytes: 0, beforeMs: NOW - 30 * DAY });
    expect(await cut(-1, 1_500)).toEqual({ bytes: 2_500 });
    expect(await cut(7 * DAY, 1_500)).toEqual({ bytes: 2_500 });
  });

  test('says that everything goes where nothing is young enough', async () => {
    const made = await cluster();
    made.write('orders', 1, { records: 5, bytes: 500, timestampMs: NOW - 20 * DAY });
    const { cuts } = await evidenceOf(made, {
      cuts: [{ topic: 'orders', retentionMs: 15 * DAY, retentionBytes: -1 }],
    });
    expect(cuts.get('orders')?.bytes).toBe(500);
  });

  test('says who wrote last, and who has read: with commits, or by being there', async () => {
    const made = await cluster();
    const committed = [{ topic: 'orders', partition: 0, offset: 10 }];
    await made.connect().commitOffsets('batch', committed);
    made.joinGroup('billing', { topics: ['orders'] });
    made.joinGroup('billing', { memberId: 'second', topics: ['orders'], assignment: [] });
    await made.connect().commitOffsets('elsewhere', [{ topic: 'other', partition: 0, offset: 1 }]);
    made.joinGroup('connect-workers', { topics: ['orders'], protocolType: 'connect' });
    const { usage } = await evidenceOf(made, { usage: ['orders'] });
    expect(usage.get('orders')).toEqual({
      records: 400,
      lastWrittenMs: NOW,
      groups: [
        { group: 'batch', members: 0 },
        { group: 'billing', members: 2 },
      ],
    });
  });

  test('says that nobody ever wrote', async () => {
    const made = new MemoryCluster();
    const placement = { partitions: 1, replicationFactor: 1 };
    await made.connect().createTopics([{ name: 'empty', placement, config: {} }], { validateOnly: false });
    const { usage } = await evidenceOf(made, { usage: ['empty'] });
    expect(usage.get('empty')).toEqual({ records: 0, groups: [] });
  });

  test('counts members of groups by name and by prefix', async () => {
    const made = await cluster();
    made.joinGroup('acme-1', { topics: ['orders'] });
    made.joinGroup('acme-2', { topics: ['orders'] });
    made.joinGroup('billing', { topics: ['orders'] });
    const { activeGroups } = await evidenceOf(made, { groups: ['acme-*', 'nobody'] });
    expect([...activeGroups].sort()).toEqual([
      ['acme-1', 1],
      ['acme-2', 1],
    ]);
  });

  test('fails with Kafka’s words where it may not look', async () => {
    const made = await cluster();
    made.deny('describe-log-dirs');
    await expect(evidenceOf(made, { sizes: ['orders'] })).rejects.toMatchObject({ code: 'KAFKA-REFUSED' });
  });
});
