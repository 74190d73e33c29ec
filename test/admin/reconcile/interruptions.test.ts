import { ProcessKilled, type ClusterSnapshot, type MemoryCluster } from '../../../lib/admin/adapters/memory';
import { applyPlan, LEASE_GROUP, makePlan } from '../../../lib/admin/reconcile';
import { acknowledging, converge, fakeClock, planOf, portsOf, progress } from './harness';
import { AFTER, shapeOf, startingCluster } from './scenario';

const THROTTLE = /replication\.throttled/;

let wanted: unknown;
let requests: number;

beforeAll(async () => {
  const cluster = await startingCluster();
  const report = await converge(cluster, AFTER);
  expect(report).toMatchObject({ visible: true, remaining: [], issues: [] });
  wanted = shapeOf(cluster.snapshot());
  requests = await requestsOfApply();
});

async function requestsOfApply(): Promise<number> {
  const cluster = await startingCluster();
  const ports = portsOf(cluster);
  const desired = acknowledging(AFTER, await makePlan(ports, AFTER));
  const plan = await makePlan(ports, desired);
  cluster.requests.reset();
  await applyPlan(ports, desired, plan, { progress });
  return cluster.requests.total;
}

function foreign({ topics, acls, users, quotas }: ClusterSnapshot): unknown {
  return {
    topics: Object.entries(topics).filter(([name]) => name.startsWith('foreign')),
    acls: acls.filter(({ principal }) => principal === 'User:stranger'),
    users: users.filter(({ user }) => user === 'stranger'),
    quotas: quotas.filter(({ entity }) => entity.user === 'stranger'),
  };
}

/** Dies in its `count`-th request; false where it was done before. */
async function killedApply(
  cluster: MemoryCluster,
  count: number,
  effect: 'before' | 'half' | 'after',
): Promise<boolean> {
  const ports = portsOf(cluster);
  const desired = acknowledging(AFTER, await makePlan(ports, AFTER));
  const plan = await makePlan(ports, desired);
  cluster.killAfter(count, effect);
  try {
    await applyPlan(ports, desired, plan, { progress });
    return false;
  } catch (error) {
    if (!(error instanceof ProcessKilled)) throw error;
    return true;
  } finally {
    cluster.revive();
  }
}

describe('an apply whose process is killed', () => {
  test.each(['before', 'half', 'after'] as const)(
    'in any of its requests, %s it took effect, is completed by the next one',
    async (effect) => {
      expect(requests).toBeGreaterThan(40);
      for (let count = 1; count <= requests; count += effect === 'half' ? 2 : 1) {
        const cluster = await startingCluster();
        const untouched = foreign(cluster.snapshot());
        expect([count, await killedApply(cluster, count, effect)]).toEqual([count, true]);
        const report = await converge(cluster, AFTER);
        expect([count, report.counts.failed, report.remaining, report.visible]).toEqual([count, 0, [], true]);
        expect([count, shapeOf(cluster.snapshot())]).toEqual([count, wanted]);
        expect(JSON.stringify(cluster.snapshot())).not.toMatch(THROTTLE);
        expect(foreign(cluster.snapshot())).toEqual(untouched);
        expect((await planOf(cluster, AFTER)).changes).toEqual([]);
      }
    },
    300_000,
  );

  test('again and again is completed in the end', async () => {
    const cluster = await startingCluster();
    for (let count = 12; await killedApply(cluster, count, 'after'); count++) if (count > 200) break;
    expect(shapeOf(cluster.snapshot())).toEqual(wanted);
  });
});

describe('an apply that loses its lease', () => {
  test('at any step ends, says so, and is completed by the next one', async () => {
    for (let step = 2; ; step += 3) {
      const cluster = await startingCluster();
      const ports = portsOf(cluster);
      const desired = acknowledging(AFTER, await makePlan(ports, AFTER));
      const plan = await makePlan(ports, desired);
      let events = 0;
      const report = await applyPlan(ports, desired, plan, {
        progress: () => {
          if (++events === step) cluster.breakLease();
        },
      });
      if (events < step) break;
      expect(report.stopped).toBe('the lease was lost');
      expect(JSON.stringify(cluster.snapshot())).not.toMatch(THROTTLE);
      const again = await converge(cluster, AFTER);
      expect([step, again.counts.failed, again.remaining]).toEqual([step, 0, []]);
      expect([step, shapeOf(cluster.snapshot())]).toEqual([step, wanted]);
    }
  }, 120_000);
});

describe('two applies at once', () => {
  test('fails for the second, naming who holds the lease, and changes nothing twice', async () => {
    const cluster = await startingCluster();
    const desired = acknowledging(AFTER, await planOf(cluster, AFTER));
    const [first, second] = [portsOf(cluster), portsOf(cluster)];
    const plan = await makePlan(first, desired);
    const [one, two] = await Promise.allSettled([
      applyPlan(first, desired, plan, { progress, holder: 'ann@laptop' }),
      applyPlan(second, desired, plan, { progress, holder: 'bob@laptop' }),
    ]);
    expect(one.status).toBe('fulfilled');
    expect(two).toMatchObject({
      status: 'rejected',
      reason: { code: 'LEASE-HELD', status: 1, message: expect.stringContaining('ann@laptop') },
    });
    expect(shapeOf(cluster.snapshot())).toEqual(wanted);
  });

  test('a lease whose own answer got lost is waited for', async () => {
    const cluster = await startingCluster();
    const desired = acknowledging(AFTER, await planOf(cluster, AFTER));
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, desired);
    cluster.faults.lose('takeLease', 'after');
    const clock = fakeClock();
    const sleep = async (ms: number): Promise<void> => {
      await clock.sleep(ms);
      if (clock.slept() > 10_000) cluster.breakLease();
    };
    const { counts } = await applyPlan({ ...ports, clock: { ...clock, sleep } }, desired, plan, { progress });
    expect(counts.failed).toBe(0);
  });

  test('a lease that an unseen try of the same process took is waited for', async () => {
    const cluster = await startingCluster();
    const desired = acknowledging(AFTER, await planOf(cluster, AFTER));
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, desired);
    await cluster.connect().takeLease({ group: LEASE_GROUP, holder: 'ann@laptop' });
    const clock = fakeClock();
    const sleep = async (ms: number): Promise<void> => {
      await clock.sleep(ms);
      if (clock.slept() > 10_000) cluster.breakLease();
    };
    const options = { progress, holder: 'ann@laptop' };
    const { counts } = await applyPlan({ ...ports, clock: { ...clock, sleep } }, desired, plan, options);
    expect([counts.failed, clock.slept() > 10_000]).toEqual([0, true]);
  });

  test('the lease is free again after each', async () => {
    const cluster = await startingCluster();
    await converge(cluster, AFTER);
    const lease = await cluster.connect().takeLease({ group: LEASE_GROUP, holder: 'next' });
    await lease.release();
  });
});
