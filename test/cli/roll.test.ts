import { mayRestart, rollNodes } from '../../lib/cli/commands/roll';
import { memoryContext, SHOP, shopCluster } from '../support/memory-reach';
import { TemporaryProject } from '../support/kdk';

const reach = { bootstrap: 'kafka-1:9092' };
const project = new TemporaryProject({ 'shop.yaml': SHOP });
const file = project.path('shop.yaml');
afterAll(() => project.remove());

async function withOrders(): Promise<ReturnType<typeof shopCluster>> {
  const memory = shopCluster();
  const placement = { partitions: 6, replicationFactor: 3 };
  const orders = { name: 'orders', placement, config: { 'min.insync.replicas': '2' } };
  await memory.connect().createTopics([orders], { validateOnly: false });
  return memory;
}

describe('kdk may-restart', () => {
  test('says that a node may go down', async () => {
    const ran = await mayRestart(file, ['b2'], reach, memoryContext(await withOrders()));
    expect(ran).toMatchObject({ environment: 'shop', status: 0, lines: ['b2 may go down'], result: { may: true } });
  });

  test('takes the id of a node for its name, and all nodes where none is named', async () => {
    const memory = await withOrders();
    expect((await mayRestart(file, ['3'], reach, memoryContext(memory))).lines).toEqual(['b3 may go down']);
    const { lines } = await mayRestart(file, [], reach, memoryContext(memory));
    expect(lines).toEqual([
      'b1 may go down',
      'b2 may go down',
      'b3 may go down',
      'Each was judged as if it alone went down: restart one, and ask again.',
    ]);
  });

  test('fails with what would cease to work', async () => {
    const memory = await withOrders();
    memory.stopBroker(3);
    const ran = await mayRestart(file, ['b1', 'b3'], reach, memoryContext(memory));
    expect([ran.status, ran.lines]).toEqual([
      1,
      [
        'b1 must not go down',
        '  MIN-ISR-LOST: 6 partitions that would fall below min ISR without it: orders-0, orders-1, orders-2, orders-3, orders-4 and 1 more',
        '  QUORUM-MAJORITY: of the other controllers 2 would follow, and 2 of 3 are needed',
        'b3 may go down',
        'Each was judged as if it alone went down: restart one, and ask again.',
      ],
    ]);
  });

  test('fails for nodes that the environment has not, all at once', async () => {
    const asked = mayRestart(file, ['b2', 'b9', 'c1'], reach, memoryContext(await withOrders()));
    await expect(asked).rejects.toMatchObject({
      code: 'NODE-UNKNOWN',
      status: 2,
      message: 'shop has no such node, got b9, c1; b1, b2, b3 and their ids are allowed.',
    });
  });
});

describe('kdk roll', () => {
  test('fails for nodes that it cannot restart, and says who does', async () => {
    const asked = rollNodes('prod-ec2', reach, memoryContext(await withOrders()));
    await expect(asked).rejects.toMatchObject({ code: 'ROLL-TARGET', status: 2 });
  });
});
