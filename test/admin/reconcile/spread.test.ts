import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { makePlan } from '../../../lib/admin/reconcile';
import type { DesiredState } from '../../../lib/core/plan';
import { converge, desiredOf, ids, planOf, portsOf, topic } from './harness';

const BROKERS = [1, 2, 3, 4, 5, 6];
const NEW = [4, 5, 6];

const desired = (): DesiredState => {
  const wanted = desiredOf({
    topics: ['orders', 'clicks', 'prices'].map((name) => topic(name, { partitions: 4, config: {} })),
  });
  return { ...wanted, reconcile: { ...wanted.reconcile, partitionsPerWave: 3, spread: 'onNewBrokers' } };
};

/** Topics with records on three brokers, and three brokers more that just came. */
async function grown(): Promise<MemoryCluster> {
  const brokers = BROKERS.map((id) => ({ id, rack: 'abc'[(id - 1) % 3]! }));
  const cluster = new MemoryCluster({ brokers, controllers: [1, 2, 3], looksAStep: 1 });
  for (const id of NEW) cluster.stopBroker(id);
  await converge(cluster, desired());
  for (const { name } of desired().topics)
    for (let partition = 0; partition < 4; partition++) cluster.write(name, partition, { records: 10, timestampMs: 0 });
  for (const id of NEW) cluster.startBroker(id);
  cluster.mutations.length = 0;
  cluster.requests.reset();
  return cluster;
}

const counted = (held: readonly number[]): number[] => BROKERS.map((id) => held.filter((each) => each === id).length);

/** `elected`: leaders are the preferred ones; Kafka sees to it minutes later where a run was killed just before. */
async function expectSpread(cluster: MemoryCluster, { elected }: { readonly elected: boolean }): Promise<void> {
  const { topics, brokerConfig } = cluster.snapshot();
  const all = desired().topics.flatMap(({ name }) => topics[name]!.replicas);
  expect(counted(all.flat())).toEqual([6, 6, 6, 6, 6, 6]);
  expect(counted(all.map(([leader]) => leader!))).toEqual([2, 2, 2, 2, 2, 2]);
  for (const replicas of all) expect(new Set(replicas.map((id) => id % 3)).size).toBe(3);
  const described = await cluster.connect().describeTopics(desired().topics.map(({ name }) => name));
  for (const { partitions } of described)
    for (const { leader, replicas, isr } of partitions) {
      expect(isr).toHaveLength(3);
      if (elected) expect(leader).toBe(replicas[0]);
    }
  const throttles = [...Object.values(topics).map(({ config }) => config), ...Object.values(brokerConfig)];
  expect(throttles.flatMap((config) => Object.keys(config)).filter((name) => name.includes('throttled'))).toEqual([]);
  expect((await planOf(cluster, desired())).changes).toEqual([]);
}

describe('spreading over new brokers', () => {
  test('moves in waves, ends even, and has nothing to do the second time', async () => {
    const cluster = await grown();
    const plan = await planOf(cluster, desired());
    expect(ids(plan.changes)).toEqual(['clicks', 'orders', 'prices'].map((name) => `move-replicas ${name} spread`));
    const report = await converge(cluster, desired());
    expect(report).toMatchObject({ counts: { done: 3, failed: 0 }, issues: [], remaining: [], visible: true });
    const moves = plan.changes.flatMap(({ operation }) => (operation.kind === 'move-replicas' ? operation.moves : []));
    expect(cluster.requests.of('alterReassignments')).toBe(Math.ceil(moves.length / 3));
    await expectSpread(cluster, { elected: true });
  });

  test('is taken up again wherever it was killed', async () => {
    for (let count = 1; ; count += 3) {
      const cluster = await grown();
      const ports = portsOf(cluster);
      cluster.killAfter(count, count % 2 === 0 ? 'after' : 'before');
      const killed = await converge(cluster, desired(), { ports }).then(
        () => false,
        () => true,
      );
      cluster.revive();
      // One that is under way is waited for, and cleans up what it left behind.
      await converge(cluster, desired());
      await expectSpread(cluster, { elected: false });
      if (!killed) return;
    }
  });

  test('goes before nothing: what else is to be done is done first', async () => {
    const cluster = await grown();
    const wanted = desired();
    const more = { ...wanted, topics: [...wanted.topics, topic('late', { partitions: 1, config: {} })] };
    expect(ids((await planOf(cluster, more)).changes)[0]).toBe('create-topic late');
    await converge(cluster, more);
    expect((await makePlan(portsOf(cluster), more)).changes).toEqual([]);
  });

  test('stops at a clean point when it is interrupted, and leaves no throttle', async () => {
    const cluster = await grown();
    const ending = new AbortController();
    const report = await converge(cluster, desired(), {
      signal: ending.signal,
      progress: ({ step, done }) => {
        if (step === 'moving replicas' && done === 3) ending.abort('interrupted');
      },
    });
    expect(report.stopped).toBe('interrupted');
    await converge(cluster, desired());
    await expectSpread(cluster, { elected: false });
  });
});
