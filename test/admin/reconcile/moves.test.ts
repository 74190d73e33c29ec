import { MemoryCluster, type ClusterSnapshot } from '../../../lib/admin/adapters/memory';
import { applyPlan, makePlan, type ApplyReport } from '../../../lib/admin/reconcile';
import type { AdminPort, ConfigChange } from '../../../lib/admin';
import type { ProgressEvent } from '../../../lib/core/issue';
import type { DesiredState } from '../../../lib/core/plan';
import { acknowledging, converge, desiredOf, outcomes, planOf, portsOf, progress, topic } from './harness';

const RATE = 'leader.replication.throttled.rate';
const orders = (replicationFactor: number, partitions = 5): DesiredState =>
  desiredOf({ topics: [topic('orders', { partitions, replicationFactor, config: {} })] });

/** Topic `orders` with two replicas and some records, so that copying takes looks. */
async function clusterOf(options = {}): Promise<MemoryCluster> {
  const cluster = new MemoryCluster({ looksAStep: 2, ...options });
  await converge(cluster, orders(2));
  for (let partition = 0; partition < 5; partition++)
    cluster.write('orders', partition, { records: 10, timestampMs: 0 });
  cluster.mutations.length = 0;
  cluster.requests.reset();
  return cluster;
}

function throttlesOf({ topics, brokerConfig }: ClusterSnapshot): string[] {
  const throttles = (of: string, config: Readonly<Record<string, string>>): string[] =>
    Object.entries(config).flatMap(([option, value]) =>
      option.includes('replication.throttled') ? [`${of} ${option}=${value}`] : [],
    );
  return [
    ...Object.entries(topics).flatMap(([name, { config }]) => throttles(name, config)),
    ...Object.entries(brokerConfig).flatMap(([name, config]) => throttles(name, config)),
  ];
}

const factors = (cluster: MemoryCluster): number[] =>
  cluster.snapshot().topics.orders!.replicas.map(({ length }) => length);

/** What is asked of the cluster to change in options, on its way there. */
function recording(admin: AdminPort, changes: ConfigChange[]): AdminPort {
  return new Proxy(admin, {
    get: (target, name) => {
      if (name === 'alterConfigs')
        return (some: readonly ConfigChange[], options: { validateOnly: boolean }) => {
          if (!options.validateOnly) changes.push(...some);
          return target.alterConfigs(some, options);
        };
      const value = target[name as keyof AdminPort] as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('moving replicas', () => {
  test('raises a replication factor in waves, throttled, and removes the throttles', async () => {
    const cluster = await clusterOf();
    const changes: ConfigChange[] = [];
    const ports = portsOf(cluster, { admin: recording(cluster.connect(), changes) });
    const report = await converge(cluster, orders(3), { ports });
    expect(report).toMatchObject({ counts: { done: 1, failed: 0 }, visible: true, remaining: [], issues: [] });
    expect(factors(cluster)).toEqual([3, 3, 3, 3, 3]);
    expect(throttlesOf(cluster.snapshot())).toEqual([]);
    const lists = changes.filter(({ type, set }) => type === 'topic' && Object.keys(set).length > 0);
    expect(lists.map(({ set }) => set['follower.replication.throttled.replicas']!.split(',').length)).toEqual([
      2, 2, 1,
    ]);
    const rates = changes.filter(({ type, set }) => type === 'broker' && Object.keys(set).length > 0);
    expect(new Set(rates.map(({ set }) => set[RATE]))).toEqual(new Set(['50000000']));
    expect(cluster.requests.of('alterReassignments')).toBe(3);
  });

  test('lowers it without a throttle: nothing is copied', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, orders(3));
    const changes: ConfigChange[] = [];
    const ports = portsOf(cluster, { admin: recording(cluster.connect(), changes) });
    const report = await converge(cluster, orders(2), { ports });
    expect(report).toMatchObject({ counts: { done: 1 }, remaining: [] });
    expect(factors(cluster)).toEqual([2, 2, 2, 2, 2]);
    expect(changes).toEqual([]);
  });

  test('gives each partition back to its preferred leader', async () => {
    const cluster = await clusterOf();
    await converge(cluster, orders(3));
    const [found] = await cluster.connect().describeTopics(['orders']);
    for (const { leader, replicas } of found!.partitions) expect(leader).toBe(replicas[0]);
  });

  test('tells how many partitions have moved', async () => {
    const cluster = await clusterOf();
    const events: ProgressEvent[] = [];
    await converge(cluster, orders(3), { progress: (event) => events.push(event) });
    const moving = events.filter(({ step, total }) => step === 'moving replicas' && total === 5);
    expect(moving.at(-1)).toMatchObject({ done: 5, total: 5 });
  });

  test('leaves a throttle of an operator alone, and says so', async () => {
    const cluster = await clusterOf();
    const wanted = orders(3);
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, wanted);
    const set = { [RATE]: '1234' };
    const report = await applyPlan(ports, wanted, plan, {
      progress: ({ step }) => {
        if (step === 'reading the cluster')
          void cluster
            .connect()
            .alterConfigs([{ type: 'broker', name: '2', set, remove: [] }], { validateOnly: false });
      },
    });
    expect(report.issues).toContainEqual(
      expect.objectContaining({ code: 'THROTTLE-KEPT', level: 'warning', message: expect.stringContaining('1234') }),
    );
    expect(factors(cluster)).toEqual([3, 3, 3, 3, 3]);
    expect(throttlesOf(cluster.snapshot())).toEqual([`broker 2 ${RATE}=1234`]);
    expect(report).toMatchObject({ counts: { done: 1 }, remaining: [] });
  });

  test('fails where nothing moves any more, and removes the throttles all the same', async () => {
    const cluster = await clusterOf({ looksAStep: 0 });
    const report = await converge(cluster, orders(3));
    expect(report.counts).toMatchObject({ failed: 1 });
    expect(report.changes[0]).toMatchObject({
      error: expect.stringMatching(
        /5 of 5 partitions have not moved.*nothing has moved for 300 s; it is still being copied/,
      ),
    });
    expect(throttlesOf(cluster.snapshot())).toEqual([]);
    expect(cluster.requests.of('alterReassignments')).toBe(1);
  });

  test('goes on the next time where the last one gave up', async () => {
    const cluster = await clusterOf({ looksAStep: 0 });
    await converge(cluster, orders(3));
    const events: ProgressEvent[] = [];
    const report = await converge(cluster, orders(3), {
      progress: (event) => {
        events.push(event);
        if (event.step.includes('mov')) cluster.advance();
      },
    });
    expect(events.map(({ step }) => step)).toContain('waiting for moves that were under way');
    expect(report).toMatchObject({ remaining: [], counts: { failed: 0 } });
    expect(factors(cluster)).toEqual([3, 3, 3, 3, 3]);
  });

  test('fails for a partition that Kafka refuses to move, and moves the others', async () => {
    const cluster = await clusterOf();
    const wanted = orders(3);
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, wanted);
    cluster.faults.refuseItem('alterReassignments', 'orders-2', 'INVALID_REPLICA_ASSIGNMENT');
    const report = await applyPlan(ports, wanted, plan, { progress });
    expect(report.changes[0]).toMatchObject({
      outcome: 'failed',
      error: expect.stringMatching(/1 of 5 partitions have not moved, got partition 2: INVALID_REPLICA_ASSIGNMENT/),
    });
    expect(factors(cluster)).toEqual([3, 3, 2, 3, 3]);
    expect(throttlesOf(cluster.snapshot())).toEqual([]);
  });

  test('fails and moves nothing where it may not throttle', async () => {
    const cluster = await clusterOf();
    const wanted = orders(3);
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, wanted);
    cluster.deny('alter-configs');
    const report = await applyPlan(ports, wanted, plan, { progress });
    expect(report.changes[0]).toMatchObject({ error: expect.stringContaining('without a throttle') });
    expect(cluster.requests.of('alterReassignments')).toBe(0);
  });

  test.each(['before', 'half', 'after'] as const)(
    'repeats requests whose answer is lost %s they were done',
    async (effect) => {
      const cluster = await clusterOf();
      const ports = portsOf(cluster);
      const plan = await makePlan(ports, orders(3));
      for (const method of ['alterReassignments', 'alterConfigs', 'listReassignments', 'describeTopics'] as const)
        cluster.faults.lose(method, effect, 2);
      const report = await applyPlan(ports, orders(3), plan, { progress });
      expect(report).toMatchObject({ counts: { done: 1 }, remaining: [] });
      expect(throttlesOf(cluster.snapshot())).toEqual([]);
    },
  );
});

describe('moves that are interrupted', () => {
  async function interrupted(
    end: (cluster: MemoryCluster, stop: AbortController) => void,
  ): Promise<[MemoryCluster, ApplyReport]> {
    const cluster = await clusterOf();
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, orders(3));
    const stop = new AbortController();
    let looks = 0;
    const report = await applyPlan(ports, orders(3), plan, {
      signal: stop.signal,
      progress: ({ step, total }) => {
        if (step === 'moving replicas' && total === 5 && ++looks === 3) end(cluster, stop);
      },
    });
    return [cluster, report];
  }

  test('by the user end after the request that is under way, without their throttles', async () => {
    const [cluster, report] = await interrupted((_cluster, stop) => stop.abort());
    expect(report).toMatchObject({ stopped: 'interrupted', visible: false });
    expect(throttlesOf(cluster.snapshot())).toEqual([]);
    expect(outcomes(report)).toEqual(['failed move-replicas orders raise']);
    const again = await converge(cluster, orders(3));
    expect(again.remaining).toEqual([]);
    expect(factors(cluster)).toEqual([3, 3, 3, 3, 3]);
  });

  test('by the loss of the lease end likewise', async () => {
    const [cluster, report] = await interrupted((made) => made.breakLease());
    expect(report).toMatchObject({ stopped: 'the lease was lost' });
    expect(throttlesOf(cluster.snapshot())).toEqual([]);
  });

  test('by a broker that stops tell of the throttle that could not be removed, and the next apply removes it', async () => {
    const cluster = await clusterOf();
    const ports = portsOf(cluster);
    const wanted = orders(3);
    const plan = await makePlan(ports, wanted);
    let looks = 0;
    const report = await applyPlan(ports, wanted, plan, {
      progress: ({ step, total }) => {
        if (step === 'moving replicas' && total === 5 && ++looks === 3) cluster.stopBroker(3);
      },
    });
    expect(report.issues).toContainEqual(
      expect.objectContaining({ code: 'THROTTLE-LEFT', level: 'error', message: expect.stringContaining('broker 3') }),
    );
    expect(throttlesOf(cluster.snapshot()).map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual([
      'broker 3',
      'broker 3',
    ]);
    cluster.startBroker(3);
    const again = await converge(cluster, wanted);
    expect(again.remaining).toEqual([]);
    expect(throttlesOf(cluster.snapshot())).toEqual([]);
    expect(factors(cluster)).toEqual([3, 3, 3, 3, 3]);
    expect((await planOf(cluster, acknowledging(wanted, plan))).changes).toEqual([]);
  });
});
