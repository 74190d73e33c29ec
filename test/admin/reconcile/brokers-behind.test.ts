import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { makePlan } from '../../../lib/admin/reconcile';
import type { DesiredState } from '../../../lib/core/plan';
import { converge, desiredOf, outcomes, portsOf, topic } from './harness';

const LOOKS = 25;
const orders = (partitions: number): DesiredState => desiredOf({ topics: [topic('orders', { partitions })] });

/** Kafka goes on with what a killed apply had asked for, and a broker that is asked next does not show it yet. */
async function behind(before: readonly DesiredState[], after: DesiredState): Promise<MemoryCluster> {
  const cluster = new MemoryCluster();
  for (const desired of before) await converge(cluster, desired);
  cluster.setLag(LOOKS);
  const port = cluster.connect();
  const [{ name, partitions, replicationFactor, config } = topic('')] = after.topics;
  if (before.length > 0) await port.addPartitions([{ topic: name, total: partitions }], { validateOnly: false });
  else
    await port.createTopics([{ name, placement: { partitions, replicationFactor }, config }], { validateOnly: false });
  return cluster;
}

describe('a cluster whose brokers are behind its controller', () => {
  test('is read again until it shows the topic that the controller has', async () => {
    const cluster = await behind([], orders(3));
    expect((await makePlan(portsOf(cluster), orders(3))).changes).toEqual([]);
  });

  test('is read again until it shows the partitions that the controller has', async () => {
    const cluster = await behind([orders(3)], orders(6));
    expect((await makePlan(portsOf(cluster), orders(6))).changes).toEqual([]);
  });

  test('gets only what is missing', async () => {
    const cluster = await behind([], orders(3));
    const wanted = desiredOf({ topics: [topic('orders'), topic('carts')] });
    const report = await converge(cluster, wanted);
    expect(outcomes(report)).toEqual(['done create-topic carts']);
    expect(report).toMatchObject({ counts: { done: 1, failed: 0 }, remaining: [] });
  });

  test("fails with the controller's words where it never shows it", async () => {
    const cluster = await behind([], orders(3));
    const admin = cluster.connect();
    const blind = new Proxy(admin, {
      get: (target, name) => {
        if (name === 'describeTopics') return () => Promise.resolve([]);
        const value = target[name as keyof typeof target] as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const { changes } = await makePlan(portsOf(cluster, { admin: blind }), orders(3));
    expect(changes).toMatchObject([
      {
        id: 'create-topic orders',
        status: 'blocked',
        block: { reason: expect.stringContaining('TOPIC_ALREADY_EXISTS') },
      },
    ]);
  });
});
