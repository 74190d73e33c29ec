import { evacuate, removeControllers, unregisterBrokers, upgradeFeatures } from '../../lib/admin';
import { poll } from '../../lib/admin/wait';
import { kafkaRelease } from '../../lib/core/versions';
import { startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';

const LEAVING = 3;
const silent = (): undefined => undefined;
const { signal } = new AbortController();
const options = { brokers: [LEAVING], bytesPerSecond: 50 * 1024 * 1024, progress: silent, signal };

let cluster: AskedCluster;

beforeAll(async () => {
  cluster = await startAskedCluster('4.3', { count: 3, release: '4.1' });
}, 240_000);

afterAll(() => cluster?.stop(), 60_000);

async function settled(topic: string, replicas: number): Promise<void> {
  await poll(
    () => cluster.client.describeTopics([topic]),
    ([found]) => found?.partitions.every(({ isr }) => isr.length === replicas) === true,
    { deadlineMs: 30_000 },
  );
}

/** In this order: each is a day in the life of the same cluster. */
describe('a node that leaves', () => {
  test('fails to go while a topic has as many replicas as there are brokers', async () => {
    const { client } = cluster;
    const wide = { name: 'wide', placement: { partitions: 1, replicationFactor: 3 }, config: {} };
    expect(await client.createTopics([wide], { validateOnly: false })).toEqual([{ topic: 'wide' }]);
    await settled('wide', 3);
    await expect(evacuate(client, options)).rejects.toMatchObject({ code: 'EVACUATION-IMPOSSIBLE' });
    const [described] = await client.describeTopics(['wide']);
    await client.deleteTopics([{ name: 'wide', topicId: described!.topicId }]);
  }, 60_000);

  test('gives its replicas away, is refused while it is up, and is forgotten once it is gone', async () => {
    const { client, nodes } = cluster;
    const orders = { name: 'orders', placement: { partitions: 12, replicationFactor: 2 }, config: {} };
    await client.createTopics([orders], { validateOnly: false });
    await settled('orders', 2);
    const records = [{ key: 'k', value: 'v', timestampMs: Date.now() }];
    // The leader may hear of the topic later than the broker that was asked for it, and says so.
    const written = await poll(
      () => client.produce({ topic: 'orders', partition: 0, acks: 'all', records }),
      (result) => 'baseOffset' in result,
      { deadlineMs: 30_000 },
    );
    expect(written).toMatchObject({ baseOffset: 0 });
    await expect(unregisterBrokers(client, [LEAVING])).rejects.toMatchObject({ code: 'BROKER-ALIVE' });

    const report = await evacuate(client, options);
    expect(report).toMatchObject({ left: 0, issues: [] });
    expect(report.moved).toBeGreaterThanOrEqual(4);
    const [described] = await client.describeTopics(['orders']);
    for (const { replicas } of described!.partitions) expect([...replicas].sort()).toEqual([1, 2]);
    expect((await client.offsets('orders', 'latest')).get(0)).toBe(1);
    expect(await evacuate(client, options)).toMatchObject({ moved: 0, left: 0 });

    await expect(
      removeControllers(client, { controllers: [LEAVING], progress: silent, signal, waitMs: 1 }),
    ).rejects.toMatchObject({ code: 'CONTROLLER-ALIVE' });
    await nodes.kill(LEAVING);
    await poll(
      () => client.describeCluster(),
      ({ brokers }) => brokers.length === 2,
      { deadlineMs: 60_000 },
    );
    const removal = { controllers: [LEAVING], progress: silent, signal };
    expect(await removeControllers(client, removal)).toEqual([LEAVING]);
    expect((await client.describeQuorum()).voters.map(({ id }) => id)).toEqual([1, 2]);
    expect(await unregisterBrokers(client, [LEAVING])).toEqual([LEAVING]);
    // Whoever runs a Job again finds nothing to do.
    expect(await removeControllers(client, removal)).toEqual([]);
    expect(await unregisterBrokers(client, [LEAVING])).toEqual([]);
  }, 120_000);

  test('and an upgrade is finalised once, and never taken back', async () => {
    const { client } = cluster;
    const raised = await upgradeFeatures(client, kafkaRelease('4.3')!);
    expect(raised).toContainEqual({
      name: 'metadata.version',
      from: kafkaRelease('4.1')!.metadataLevel,
      to: kafkaRelease('4.3')!.metadataLevel,
    });
    expect(await upgradeFeatures(client, kafkaRelease('4.3')!)).toEqual([]);
    await expect(upgradeFeatures(client, kafkaRelease('4.2')!)).rejects.toMatchObject({ code: 'FEATURES-HIGHER' });
  }, 60_000);
});
