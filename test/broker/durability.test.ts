import { connectAdmin, type KafkaClient, type PartitionDescription } from '../../lib/admin';
import { poll, retry } from '../../lib/admin/wait';
import { AcknowledgedLoad, lostRecords, readAll, writeOnce, type Acknowledged } from '../support/acknowledged-load';
import { startCluster, type TestCluster } from '../support/cluster';

/** One controller of its own, so that brokers can be paused and killed without touching the quorum. */
const POOLS = '{ controllers: { roles: [controller], replicas: 1 }, brokers: { roles: [broker], replicas: 3 } }';
const PARTITIONS = 3;
const patience = { deadlineMs: 60_000 };

let cluster: TestCluster;
let client: KafkaClient;

beforeAll(async () => {
  cluster = await startCluster({ nodePools: POOLS });
  client = await connectAdmin({ bootstrapServers: cluster.bootstrapServers, timeoutMs: 5_000 });
}, 600_000);

afterAll(async () => {
  await client?.close();
  await cluster?.stop();
}, 60_000);

async function settledLoss(topic: string, acknowledged: Acknowledged, most: number): Promise<string[]> {
  const ask = async (): Promise<string[]> => lostRecords(acknowledged, await readAll(client, topic));
  return poll(ask, (places) => places.length <= most, patience);
}

async function createTopic(name: string, partitions: number, config: Record<string, string>): Promise<void> {
  const placement = { partitions, replicationFactor: 3 };
  const results = await client.createTopics([{ name, placement, config }], { validateOnly: false });
  expect(results).toEqual([{ topic: name }]);
  await untilPartitions(name, (all) => all.length === partitions && all.every(({ isr }) => isr.length === 3));
}

async function untilPartitions(
  topic: string,
  settled: (partitions: readonly PartitionDescription[]) => boolean,
): Promise<readonly PartitionDescription[]> {
  const ask = async (): Promise<readonly PartitionDescription[]> =>
    (await client.describeTopics([topic]))[0]?.partitions ?? [];
  const partitions = await poll(ask, settled, patience);
  expect(settled(partitions) ? 'settled' : partitions).toBe('settled');
  return partitions;
}

async function until(holds: () => boolean): Promise<void> {
  expect(
    await poll(
      () => Promise.resolve(holds()),
      (yes) => yes,
      patience,
    ),
  ).toBe(true);
}

describe('acknowledged records', () => {
  test('survive kill -9 of two leaders in turn under load with acks=all', async () => {
    await createTopic('safe', PARTITIONS, { 'min.insync.replicas': '2' });
    const load = new AcknowledgedLoad({ client: () => client, topic: 'safe', partitions: PARTITIONS, acks: 'all' });
    for (let kill = 0; kill < 2; kill++) {
      const before = load.perPartition.get(0) ?? 0;
      await until(() => (load.perPartition.get(0) ?? 0) > before + 500);
      const [first] = await untilPartitions('safe', (all) => all.every(({ isr }) => isr.length === 3));
      await cluster.signal(first!.leader, 'SIGKILL');
      await untilPartitions('safe', ([now]) => now !== undefined && now.leader >= 0 && now.leader !== first!.leader);
      const afterwards = load.perPartition.get(0)!;
      await until(() => load.perPartition.get(0)! > afterwards + 500);
      // The second kill then takes a broker whose part a restarted one has to play.
      if (kill === 0) await cluster.up();
    }
    await load.stop();
    const read = await readAll(client, 'safe');
    expect(load.acknowledged.size).toBeGreaterThan(2_000);
    // The kills were felt: records without an answer are the proof that there was load on the leader.
    expect(load.unanswered).toBeGreaterThan(0);
    expect(lostRecords(load.acknowledged, read)).toEqual([]);
    await cluster.up();
    await untilPartitions('safe', (all) => all.every(({ isr }) => isr.length === 3));
    expect(lostRecords(load.acknowledged, await readAll(client, 'safe'))).toEqual([]);
  }, 600_000);

  test('are lost with acks=1 and unclean election, and this test sees it', async () => {
    await createTopic('risky', 1, { 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' });
    const acknowledged: Acknowledged = new Map();
    const write = async (batch: string): Promise<void> => {
      const values = Array.from({ length: 100 }, (_, index) => `${batch}-${index}`);
      const offset = await poll(
        () => writeOnce({ client: () => client, topic: 'risky', acks: 'leader' }, 0, values),
        (acked) => acked !== undefined,
        patience,
      );
      values.forEach((value, index) => acknowledged.set(`0:${offset! + index}`, value));
    };
    await write('replicated');
    // The leader acknowledges at once and shows records to readers when the followers have them.
    expect(await settledLoss('risky', acknowledged, 0)).toEqual([]);
    const [partition] = await untilPartitions('risky', ([only]) => only?.isr.length === 3);
    const leader = partition!.leader;
    const followers = partition!.replicas.filter((id) => id !== leader);
    client = await reconnect(cluster.address(leader));
    for (const id of followers) await cluster.signal(id, 'SIGSTOP');
    await untilPartitions('risky', ([only]) => only?.isr.length === 1);
    for (let batch = 0; batch < 10; batch++) await write(`alone-${batch}`);
    expect(acknowledged.size).toBe(1_100);

    await cluster.signal(leader, 'SIGKILL');
    for (const id of followers) await cluster.signal(id, 'SIGCONT');
    client = await reconnect(...followers.map((id) => cluster.address(id)));
    await untilPartitions('risky', ([only]) => only !== undefined && followers.includes(only.leader));
    expect(await settledLoss('risky', acknowledged, 1_000)).toHaveLength(1_000);
  }, 300_000);
});

/** Paused brokers take connections and never answer, so they must not be asked. */
async function reconnect(...bootstrapServers: string[]): Promise<KafkaClient> {
  await client.close();
  return retry(() => connectAdmin({ bootstrapServers, timeoutMs: 5_000 }), patience);
}
