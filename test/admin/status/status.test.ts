import { MemoryCluster, type Right } from '../../../lib/admin/adapters/memory';
import { clusterStatus } from '../../../lib/admin/status';
import { MINIMAL, modelOfFile, modelOfText } from '../../support/environments';

const model = modelOfText(`${MINIMAL}topics: { orders: { partitions: 2, minInSyncReplicas: 2 }, clicks: {} }
`);
const BROKERS = [0, 1, 2].map((id) => ({ id }));

async function cluster(): Promise<MemoryCluster> {
  const memory = new MemoryCluster({ brokers: BROKERS });
  const placement = { partitions: 2, replicationFactor: 3 };
  const config = { 'min.insync.replicas': '2' };
  await memory.connect().createTopics([{ name: 'orders', placement, config }], { validateOnly: false });
  memory.write('orders', 0, { records: 100, bytes: 1000, timestampMs: 0 });
  return memory;
}

const status = async (memory: MemoryCluster) => clusterStatus(memory.connect(), model);

describe('the status of a cluster', () => {
  test('holds brokers with their disks, quorum, topics, partitions, groups, moves and throttles', async () => {
    const report = await status(await cluster());
    expect(report).toMatchObject({
      brokers: [
        { id: 0, state: 'up', replicas: 2, disk: { dataBytes: 1000, offline: [] } },
        { id: 1, state: 'up', replicas: 2 },
        { id: 2, state: 'up', replicas: 2 },
      ],
      quorum: { voters: [0, 1, 2], maxLag: 0 },
      topics: { total: 1, declared: 2, missing: 1 },
      partitions: { total: 2, offline: 0, underMinIsr: 0, underReplicated: 0 },
      largest: [{ topic: 'orders', bytes: 3000 }],
      groups: { total: 0, active: 0, lags: [] },
      moves: { partitions: 0, bytesLeft: 0, names: [] },
      throttles: { brokers: [], topics: [], leftBehind: false },
      unseen: [],
    });
    expect(report.brokers[0]!.disk!.fullest).toEqual({
      path: '/var/lib/kafka/data',
      // What others have on the disk counts too.
      usedBytes: 2 ** 30 + 1000,
      totalBytes: 2 ** 40,
    });
  });

  test('names partitions that are offline or under min ISR', async () => {
    const memory = await cluster();
    memory.stopBroker(1);
    memory.stopBroker(2);
    const { partitions, brokers } = await status(memory);
    expect(partitions).toMatchObject({
      offline: 0,
      underMinIsr: 2,
      names: { offline: [], underMinIsr: ['orders-0', 'orders-1'] },
    });
    expect(brokers.map(({ state }) => state)).toEqual(['up', 'missing', 'missing']);
  });

  test('has the largest lags first', async () => {
    const memory = await cluster();
    memory.write('orders', 1, { records: 7, timestampMs: 0 });
    for (const [group, offset] of [
      ['slow', 0],
      ['fast', 100],
      ['middling', 60],
    ] as const)
      memory.commitAsMember(group, [{ topic: 'orders', partition: 0, offset }]);
    memory.joinGroup('fast', { topics: ['orders'] });
    expect((await status(memory)).groups).toEqual({
      total: 3,
      active: 1,
      lags: [
        { group: 'slow', topic: 'orders', lag: 100 },
        { group: 'middling', topic: 'orders', lag: 40 },
      ],
    });
  });

  test('has moves with the bytes that are left to copy, and says nothing of throttles that they use', async () => {
    const memory = new MemoryCluster({ brokers: BROKERS, looksAStep: 0 });
    const admin = memory.connect();
    const placement = { assignments: [[0, 1]] };
    await admin.createTopics([{ name: 'orders', placement, config: {} }], { validateOnly: false });
    memory.write('orders', 0, { records: 10, bytes: 1000, timestampMs: 0 });
    await admin.alterReassignments([{ topic: 'orders', partition: 0, replicas: [0, 2] }], {
      replicationFactor: 'kept',
    });
    const rate = { 'leader.replication.throttled.rate': '5000', 'follower.replication.throttled.rate': '4000' };
    await admin.alterConfigs([{ type: 'broker', name: '2', set: rate, remove: [] }], { validateOnly: false });
    const report = await status(memory);
    expect(report.moves).toEqual({ partitions: 1, bytesLeft: 500, names: ['orders-0'] });
    expect(report.throttles).toEqual({
      brokers: [{ broker: 2, bytesPerSecond: 4000 }],
      topics: [],
      leftBehind: false,
    });
  });

  test('notices throttles that a move left behind', async () => {
    const memory = await cluster();
    const set = { 'leader.replication.throttled.replicas': '0:1' };
    await memory.connect().alterConfigs([{ type: 'topic', name: 'orders', set, remove: [] }], { validateOnly: false });
    expect((await status(memory)).throttles).toEqual({ brokers: [], topics: ['orders'], leftBehind: true });
  });

  test.each<[Right, string, string]>([
    ['describe-quorum', 'quorum', 'not allowed; it needs describe on the cluster'],
    ['describe-log-dirs', 'disk', 'not allowed; it needs describe on the cluster'],
    ['list-reassignments', 'moves', 'not allowed; it needs describe on the cluster'],
    ['describe-configs', 'throttles', 'not allowed; it needs describe-configs on the cluster'],
  ])('without the right to %s leaves out the %s alone', async (right, section, reason) => {
    const memory = await cluster();
    memory.deny(right);
    const report = await status(memory);
    expect(report.unseen).toEqual([{ section, reason }]);
    expect(Object.keys(report)).toEqual(
      [
        'clusterId',
        'brokers',
        'quorum',
        'topics',
        'partitions',
        'largest',
        'groups',
        'moves',
        'throttles',
        'unseen',
      ].filter((key) => key !== section && !(section === 'disk' && key === 'largest')),
    );
  });

  test('shows no groups to who may not see them: Kafka answers with an empty list, not with an error', async () => {
    const memory = await cluster();
    memory.deny('list-groups');
    expect(await status(memory)).toMatchObject({ groups: { total: 0, active: 0 }, unseen: [] });
  });

  test('without an answer from the controllers has a quorum without a leader', async () => {
    const memory = await cluster();
    memory.faults.lose('describeQuorum');
    expect(await status(memory)).toMatchObject({ quorum: { leaderId: -1, voters: [] }, unseen: [] });
  });

  test('of a service that does not answer for its quorum leaves it out', async () => {
    const memory = await cluster();
    memory.faults.lose('describeQuorum');
    const { unseen, quorum } = await clusterStatus(memory.connect(), modelOfFile('prod'));
    expect(quorum).toBeUndefined();
    expect(unseen).toEqual([{ section: 'quorum', reason: expect.stringMatching(/^no answer \(.+\)$/) }]);
  });
});
