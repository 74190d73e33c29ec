import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { executeReset, groupOverviews, planReset, topicChoice, type ResetTarget } from '../../../lib/admin/offsets';

const HOUR = 3_600_000;

/** `orders` has two partitions: 0 holds 10 to 99, 1 holds 0 to 39; `billing` is at 50 and 40. */
async function cluster(): Promise<MemoryCluster> {
  const memory = new MemoryCluster();
  const admin = memory.connect();
  const placement = { partitions: 2, replicationFactor: 3 };
  const topics = ['orders', 'clicks'].map((name) => ({ name, placement, config: {} }));
  await admin.createTopics(topics, { validateOnly: false });
  for (let hour = 0; hour < 10; hour++) memory.write('orders', 0, { records: 10, timestampMs: hour * HOUR });
  memory.write('orders', 1, { records: 40, timestampMs: 2 * HOUR });
  memory.dropBefore('orders', 0, 10);
  memory.commitAsMember('billing', [
    { topic: 'orders', partition: 0, offset: 50 },
    { topic: 'orders', partition: 1, offset: 40 },
  ]);
  return memory;
}

async function planned(memory: MemoryCluster, target: ResetTarget, topics: readonly string[] = []) {
  return planReset(memory.connect(), { group: 'billing', topics: topics.map(topicChoice), target });
}

const steps = ({ moves }: Awaited<ReturnType<typeof planned>>) =>
  moves.map(
    ({ topic, partition, from, to, clamped }) => `${topic}-${partition} ${from ?? 'none'} -> ${to} ${clamped ?? ''}`,
  );

describe('groups', () => {
  test('have members, topics and lag', async () => {
    const memory = await cluster();
    memory.joinGroup('billing', { clientId: 'pod-1', topics: ['orders'] });
    expect(await groupOverviews(memory.connect())).toEqual([
      {
        group: 'billing',
        type: 'classic',
        state: 'stable',
        members: [{ memberId: 'member-1', clientId: 'pod-1', host: '/127.0.0.1', partitions: 2 }],
        topics: [
          {
            topic: 'orders',
            lag: 50,
            partitions: [
              { partition: 0, committed: 50, end: 100 },
              { partition: 1, committed: 40, end: 40 },
            ],
          },
        ],
        lag: 50,
      },
    ]);
  });

  test('that are not there are left out', async () => {
    expect(await groupOverviews((await cluster()).connect(), ['nobody'])).toEqual([]);
  });
});

describe('a reset', () => {
  test('to the beginning reads again what is kept', async () => {
    const plan = await planned(await cluster(), { kind: 'earliest' });
    expect(steps(plan)).toEqual(['orders-0 50 -> 10 ', 'orders-1 40 -> 0 ']);
    expect(plan).toMatchObject({ readAgain: 80, skipped: 0, isNew: false, without: [] });
  });

  test('to the end skips what was not read', async () => {
    const plan = await planned(await cluster(), { kind: 'latest' });
    expect(steps(plan)).toEqual(['orders-0 50 -> 100 ', 'orders-1 40 -> 40 ']);
    expect(plan).toMatchObject({ readAgain: 0, skipped: 50 });
  });

  test('to an offset goes to the nearest that there is', async () => {
    const plan = await planned(await cluster(), { kind: 'offset', offset: 5 });
    expect(steps(plan)).toEqual(['orders-0 50 -> 10 first', 'orders-1 40 -> 5 ']);
    expect(steps(await planned(await cluster(), { kind: 'offset', offset: 1000 }))).toEqual([
      'orders-0 50 -> 100 end',
      'orders-1 40 -> 40 end',
    ]);
  });

  test('by a number of records leaves partitions without an offset as they are', async () => {
    const plan = await planned(await cluster(), { kind: 'shift', by: -15 }, ['orders', 'clicks:1']);
    expect(steps(plan)).toEqual(['orders-0 50 -> 35 ', 'orders-1 40 -> 25 ']);
    expect(plan.without).toEqual([{ topic: 'clicks', partition: 1 }]);
  });

  test('to a time goes to the first record that is as young, or to the end', async () => {
    const plan = await planned(await cluster(), { kind: 'time', timeMs: 3 * HOUR });
    expect(steps(plan)).toEqual(['orders-0 50 -> 30 ', 'orders-1 40 -> 40 no-record']);
    expect(plan).toMatchObject({ readAgain: 20, skipped: 0 });
  });

  test('of a group that never was makes it', async () => {
    const memory = await cluster();
    const plan = await planReset(memory.connect(), {
      group: 'replay',
      topics: [topicChoice('orders:1')],
      target: { kind: 'earliest' },
    });
    expect(plan).toMatchObject({ isNew: true, moves: [{ topic: 'orders', partition: 1, to: 0 }], readAgain: 0 });
    await executeReset(memory.connect(), plan);
    expect(await groupOverviews(memory.connect(), ['replay'])).toMatchObject([{ lag: 40 }]);
  });

  test('is committed partition by partition, and nothing else of the group changes', async () => {
    const memory = await cluster();
    await executeReset(memory.connect(), await planned(memory, { kind: 'earliest' }, ['orders:0']));
    expect((await memory.connect().committedOffsets(['billing'])).get('billing')).toEqual([
      { topic: 'orders', partition: 0, offset: 10 },
      { topic: 'orders', partition: 1, offset: 40 },
    ]);
    expect(memory.mutations).toEqual([
      { method: 'createTopics', item: 'orders' },
      { method: 'createTopics', item: 'clicks' },
      { method: 'commitOffsets', item: 'orders-0' },
    ]);
  });

  test('fails for a group with members, and names them', async () => {
    const memory = await cluster();
    memory.joinGroup('billing', { clientId: 'pod-1', topics: ['orders'] });
    await expect(planned(memory, { kind: 'earliest' })).rejects.toMatchObject({
      code: 'GROUP-ACTIVE',
      message: expect.stringContaining('got billing in state stable with 1 member: pod-1 on 127.0.0.1;'),
    });
  });

  test('fails where somebody joined after it was planned, and changes nothing', async () => {
    const memory = await cluster();
    const plan = await planned(memory, { kind: 'earliest' });
    memory.joinGroup('billing', { topics: ['orders'] });
    await expect(executeReset(memory.connect(), plan)).rejects.toMatchObject({ code: 'GROUP-ACTIVE' });
    expect((await memory.connect().committedOffsets(['billing'])).get('billing')![0]!.offset).toBe(50);
  });

  test('fails where an offset was refused, and says which and how many were set', async () => {
    const memory = await cluster();
    const plan = await planned(memory, { kind: 'earliest' });
    memory.faults.refuseItem('commitOffsets', 'orders-1', 'GROUP_AUTHORIZATION_FAILED');
    await expect(executeReset(memory.connect(), plan)).rejects.toMatchObject({
      code: 'OFFSETS-INCOMPLETE',
      message: expect.stringMatching(/got orders-1: GROUP_AUTHORIZATION_FAILED .*; 1 were\.$/),
    });
  });

  test('fails for topics and partitions that are not there', async () => {
    const memory = await cluster();
    await expect(planned(memory, { kind: 'earliest' }, ['order'])).rejects.toMatchObject({
      message: 'there is no such topic, got order; orders, clicks are there.',
      hint: 'Did you mean orders?',
    });
    await expect(planned(memory, { kind: 'earliest' }, ['orders:1,7'])).rejects.toMatchObject({
      message: 'the topic has no such partition, got orders:7; it has 0 to 1.',
    });
    expect(() => topicChoice('orders:a')).toThrow(expect.objectContaining({ code: 'OFFSETS-TOPIC', status: 2 }));
  });

  test('fails for a group without offsets where no topic is named', async () => {
    const request = { group: 'nobody', topics: [], target: { kind: 'earliest' } as const };
    await expect(planReset((await cluster()).connect(), request)).rejects.toMatchObject({ code: 'OFFSETS-NONE' });
  });
});
