import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { applyEvidence, applyPlan, isAsDeclared, makePlan } from '../../../lib/admin/reconcile';
import type { AdminPort, ConfigChange } from '../../../lib/admin';
import type { DesiredState } from '../../../lib/core/plan';
import { Unreachable } from '../../../lib/admin/failures';
import { acknowledging, converge, desiredOf, fakeClock, outcomes, portsOf, progress, topic } from './harness';

const DAY = 86_400_000;
const saved = { progress, source: 'saved' } as const;
const orders = (replicationFactor: number, partitions = 4): DesiredState =>
  desiredOf({ topics: [topic('orders', { partitions, replicationFactor, config: {} })] });

async function withOrders(partitions = 4): Promise<MemoryCluster> {
  const cluster = new MemoryCluster({ looksAStep: 2, brokers: [1, 2, 3, 4].map((id) => ({ id, rack: `r${id}` })) });
  await converge(cluster, orders(2, partitions));
  for (let partition = 0; partition < partitions; partition++)
    cluster.write('orders', partition, { records: 10, timestampMs: 0 });
  return cluster;
}

/** What is asked of the cluster to move. */
function movesAsked(admin: AdminPort, into: string[]): AdminPort {
  return new Proxy(admin, {
    get: (target, name) => {
      if (name === 'alterReassignments')
        return (...args: Parameters<AdminPort['alterReassignments']>) => {
          into.push(...args[0].map(({ topic: of, partition }) => `${of}-${partition}`));
          return target.alterReassignments(...args);
        };
      const value = target[name as keyof AdminPort] as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const replicasOf = (cluster: MemoryCluster, partition: number): readonly number[] =>
  cluster.snapshot().topics.orders!.replicas[partition]!;

describe('replicas that are moved wave by wave', () => {
  /** Does something while the first of two waves is copied. */
  async function during(
    cluster: MemoryCluster,
    happens: () => Promise<unknown>,
  ): Promise<{ asked: string[]; report: Awaited<ReturnType<typeof applyPlan>> }> {
    const asked: string[] = [];
    const ports = portsOf(cluster, { admin: movesAsked(cluster.connect(), asked) });
    const plan = await makePlan(ports, orders(3));
    let pending: Promise<unknown> | undefined;
    const report = await applyPlan(ports, orders(3), plan, {
      progress: ({ step, total }) => {
        if (step === 'moving replicas' && total === 4) pending ??= happens();
      },
    });
    await pending;
    return { asked, report };
  }

  test('never put a move in the place of one that somebody else has begun meanwhile', async () => {
    const cluster = await withOrders();
    const other = cluster.connect();
    const to = [1, 2, 3, 4].filter((id) => !replicasOf(cluster, 3).includes(id));
    const { report, asked } = await during(cluster, async () => {
      await other.alterReassignments([{ topic: 'orders', partition: 3, replicas: to }], { replicationFactor: 'kept' });
    });
    expect(asked.filter((each) => each === 'orders-3').length).toBeLessThanOrEqual(1);
    expect(report.changes[0]).toMatchObject({
      outcome: 'failed',
      error: expect.stringMatching(/1 of 4 .*partition 3: (somebody else is moving it|it was moved meanwhile)/),
    });
    for (const broker of to) expect(replicasOf(cluster, 3)).toContain(broker);
  });

  test('are not sent to a broker that has gone meanwhile', async () => {
    const cluster = await withOrders();
    const plan = await makePlan(portsOf(cluster), orders(3));
    const { operation } = plan.changes[0]!;
    if (operation.kind !== 'move-replicas') throw new Error('another change');
    const added = operation.moves.map(({ from, to }) => to.find((id) => !from.includes(id))!);
    const gone = added.slice(2).find((id) => !added.slice(0, 2).includes(id)) ?? added[3]!;
    const asked: string[] = [];
    const ports = portsOf(cluster, { admin: movesAsked(cluster.connect(), asked) });
    const [desired, agreed] = [orders(3), plan];
    let stopped = false;
    const report = await applyPlan(ports, desired, agreed, {
      progress: ({ step, total }) => {
        if (step === 'moving replicas' && total === 4 && !stopped) {
          stopped = true;
          cluster.stopBroker(gone);
        }
      },
    });
    const lost = operation.moves.slice(2).filter(({ to, from }) => to.includes(gone) && !from.includes(gone));
    expect(lost.length).toBeGreaterThan(0);
    for (const { partition } of lost) expect(asked).not.toContain(`orders-${partition}`);
    expect(report.changes[0]).toMatchObject({ outcome: 'failed' });
  });

  test('are throttled by lists that Kafka takes, however many partitions a wave may have', async () => {
    const cluster = await withOrders(3_000);
    const longest: number[] = [];
    const admin = cluster.connect();
    const watched = new Proxy(admin, {
      get: (target, name) => {
        if (name === 'alterConfigs')
          return (changes: readonly ConfigChange[], options: { validateOnly: boolean }) => {
            longest.push(...changes.flatMap(({ set }) => Object.values(set).map(({ length }) => length)));
            return target.alterConfigs(changes, options);
          };
        const value = target[name as keyof AdminPort] as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const wanted: DesiredState = {
      ...orders(3, 3_000),
      reconcile: { ...orders(3).reconcile, partitionsPerWave: 10_000 },
    };
    await converge(cluster, wanted, { ports: portsOf(cluster, { admin: watched }) });
    expect(Math.max(...longest)).toBeLessThan(32_767);
  }, 60_000);
});

describe('a topic that is to be deleted', () => {
  const gone = desiredOf({ deletedTopics: [{ name: 'old', reason: 'unused', path: 'topics.old' }] });

  async function withOld(): Promise<MemoryCluster> {
    const cluster = new MemoryCluster();
    await converge(cluster, desiredOf({ topics: [topic('old'), topic('orders')] }));
    cluster.write('old', 0, { records: 1, timestampMs: fakeClock().now() - 30 * DAY });
    return cluster;
  }

  test('fails with a saved plan where somebody writes to it by now', async () => {
    const cluster = await withOld();
    const plan = await makePlan(portsOf(cluster), gone);
    expect(plan.changes[0]).toMatchObject({ id: 'delete-topic old', status: 'acknowledged' });
    cluster.write('old', 0, { records: 5, timestampMs: fakeClock().now() - 1000 });
    await expect(applyPlan(portsOf(cluster), gone, plan, saved)).rejects.toMatchObject({
      code: 'PLAN-STALE',
      message: expect.stringMatching(/delete-topic old \(It was last written/),
    });
    expect(cluster.snapshot().topics).toHaveProperty('old');
  });

  test('fails with a saved plan where a group reads it by now', async () => {
    const cluster = await withOld();
    const plan = await makePlan(portsOf(cluster), gone);
    cluster.joinGroup('billing', { topics: ['old'] });
    await expect(applyPlan(portsOf(cluster), gone, plan, saved)).rejects.toMatchObject({ code: 'PLAN-STALE' });
    expect(cluster.snapshot().topics).toHaveProperty('old');
  });

  test('stays where somebody began to write to it while other changes were made', async () => {
    const cluster = await withOld();
    const desired = { ...gone, topics: [topic('orders', { config: { 'retention.ms': '-1' } })] };
    const ports = portsOf(cluster);
    const wanted = acknowledging(desired, await makePlan(ports, desired));
    const report = await applyPlan(ports, wanted, await makePlan(ports, wanted), {
      progress: ({ step }) => {
        if (step === 'changing options') cluster.write('old', 0, { records: 5, timestampMs: fakeClock().now() });
      },
    });
    expect(report.changes.find(({ change }) => change.id === 'delete-topic old')).toMatchObject({
      outcome: 'failed',
      error: expect.stringMatching(/it was not deleted: It was last written/),
    });
    expect(cluster.snapshot().topics).toHaveProperty('old');
  });

  test('fails with a plan to which somebody added a deletion', async () => {
    const cluster = await withOld();
    const plan = await makePlan(portsOf(cluster), gone);
    const { topicId } = (await cluster.connect().describeTopics(['orders']))[0]!;
    const [first] = plan.changes;
    const added = {
      ...first!,
      id: 'delete-topic orders',
      operation: { kind: 'delete-topic', topic: 'orders', topicId } as const,
    };
    const swapped = { ...first!, operation: added.operation };
    for (const changes of [[first!, added], [swapped]])
      await expect(applyPlan(portsOf(cluster), gone, { ...plan, changes }, saved)).rejects.toMatchObject({
        code: 'PLAN-STALE',
      });
    expect(Object.keys(cluster.snapshot().topics)).toEqual(expect.arrayContaining(['old', 'orders']));
  });
});

describe('a saved plan that adds partitions to an empty topic', () => {
  test('fails where it has records by now: their order would be lost', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, orders(3, 2));
    const plan = await makePlan(portsOf(cluster), orders(3, 4));
    expect(plan.changes[0]).toMatchObject({ id: 'add-partitions orders', status: 'ready' });
    cluster.write('orders', 0, { records: 5, timestampMs: 0 });
    await expect(applyPlan(portsOf(cluster), orders(3, 4), plan, saved)).rejects.toMatchObject({
      code: 'PLAN-STALE',
      message: expect.stringContaining('it needs an acknowledgement by now'),
    });
  });
});

describe('what is told of an apply', () => {
  test('is no success where the file asks for what is impossible', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, orders(3, 4));
    const report = await converge(cluster, orders(3, 2));
    expect(report.changes).toEqual([]);
    expect(isAsDeclared(report)).toBe(false);
    expect(applyEvidence(report, { kit: '1' })).toMatchObject({
      succeeded: false,
      issues: [expect.objectContaining({ code: 'TOPIC-PARTITIONS-SHRINK' })],
    });
  });

  test('is no success where a change is held back', async () => {
    const cluster = await withOrders();
    const ports = portsOf(cluster);
    const wanted = orders(2, 8);
    const report = await applyPlan(ports, wanted, await makePlan(ports, wanted), { progress, held: 'skip' });
    expect(applyEvidence(report, { kit: '1' }).succeeded).toBe(false);
  });

  test('is all that was done, also where the cluster falls silent in the middle of a step', async () => {
    const cluster = await withOrders();
    const wanted = desiredOf({ topics: [...orders(3).topics, topic('new')] });
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, wanted);
    const { admin } = ports;
    let created = false;
    const failing = new Proxy(admin, {
      get: (target, name) => {
        if (name === 'listReassignments' && created)
          return () => Promise.reject(new Unreachable(['kafka:9092'], 'silence'));
        if (name === 'createTopics') created = true;
        const value = target[name as keyof AdminPort] as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    created = false;
    const report = await applyPlan({ ...ports, admin: failing }, wanted, plan, { progress });
    expect(outcomes(report)).toContain('done create-topic new');
    expect(report.stopped).toMatch(/Kafka does not answer/);
    expect(isAsDeclared(report)).toBe(false);
  });
});
