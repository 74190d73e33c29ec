import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { awaitBrokers } from '../../../lib/admin/await-brokers';
import { withoutSpread } from '../../../lib/admin/lambda/spreading';
import { isAsDeclared } from '../../../lib/admin/reconcile';
import type { DesiredState } from '../../../lib/core/plan';
import { converge, desiredOf, fakeClock, topic } from '../reconcile/harness';

const BROKERS = [1, 2, 3, 4].map((id) => ({ id, rack: `r${id % 3}` }));

const desired = (names: readonly string[]): DesiredState => {
  const wanted = desiredOf({ topics: names.map((name) => topic(name, { partitions: 6, config: {} })) });
  return { ...wanted, reconcile: { ...wanted.reconcile, spread: 'onNewBrokers' } };
};

/** Topics on three brokers, and one more; copying takes no step by itself with `looksAStep` 0. */
async function grown(looksAStep: number): Promise<MemoryCluster> {
  const cluster = new MemoryCluster({ brokers: BROKERS, controllers: [1, 2, 3], looksAStep });
  cluster.stopBroker(4);
  await converge(cluster, desired(['orders', 'clicks']));
  cluster.startBroker(4);
  return cluster;
}

describe('a stack whose brokers became more', () => {
  test('is as declared where all is spread', async () => {
    const { declared, left } = withoutSpread(await converge(await grown(1), desired(['orders', 'clicks'])));
    expect([isAsDeclared(declared), left]).toEqual([true, 0]);
  });

  test('does not fail for replicas that do not move', async () => {
    const report = await converge(await grown(0), desired(['orders', 'clicks']));
    expect(report.counts.failed).toBeGreaterThan(0);
    const { declared, left } = withoutSpread(report);
    expect([isAsDeclared(declared), left]).toEqual([true, 2]);
  });

  test('does not fail where the time is over while it is spreading, and says what is left', async () => {
    const ending = new AbortController();
    const report = await converge(await grown(1), desired(['orders', 'clicks']), {
      signal: ending.signal,
      progress: ({ step }) => {
        if (step === 'moving replicas') ending.abort();
      },
    });
    const { declared, left } = withoutSpread(report);
    expect([report.stopped, declared.stopped, isAsDeclared(declared), left]).toEqual([
      'interrupted',
      undefined,
      true,
      2,
    ]);
  });

  test('fails where something else was not done', async () => {
    const cluster = await grown(1);
    const report = await converge(cluster, desired(['orders', 'clicks', 'late']), {
      progress: ({ step }) => {
        if (step === 'creating topics') cluster.faults.refuseItem('createTopics', 'late', 'POLICY_VIOLATION');
      },
    });
    expect(report.counts.failed).toBe(1);
    expect(isAsDeclared(withoutSpread(report).declared)).toBe(false);
  });

  test('waits for its brokers, and goes on without those that never come', async () => {
    const cluster = await grown(1);
    cluster.stopBroker(4);
    const clock = fakeClock();
    const waiting = awaitBrokers(cluster.connect(), 4, clock);
    cluster.startBroker(4);
    expect(await waiting).toBeUndefined();
    expect(clock.slept()).toBeLessThan(1_000);
    expect(await awaitBrokers(cluster.connect(), 5, clock)).toMatchObject({
      code: 'BROKERS-MISSING',
      message: expect.stringContaining('got 4 of 5'),
    });
    expect(clock.slept()).toBeGreaterThan(170_000);
  });
});
