import { clusterOf, outcomes, really, topic } from './cluster';

const at = (partition: number, offset = 0) => ({ topic: 'a', partition, offset });

async function withTopic() {
  const opened = clusterOf();
  await opened.port.createTopics([{ ...topic('a'), placement: { partitions: 2, replicationFactor: 3 } }], really);
  return opened;
}

describe('groups of a memory cluster', () => {
  it('have members that read, and what they committed', async () => {
    const { cluster, port } = await withTopic();
    cluster.joinGroup('billing', { topics: ['a'], clientId: 'billing-app' });
    cluster.commitAsMember('billing', [at(1, 7)]);
    expect(await port.listGroups()).toEqual([
      { group: 'billing', type: 'classic', protocolType: 'consumer', state: 'stable' },
    ]);
    const [described] = await port.describeGroups(['billing']);
    expect(described!.members).toMatchObject([
      { clientId: 'billing-app', assignment: [0, 1].map((partition) => ({ topic: 'a', partition })) },
    ]);
    expect(await port.committedOffsets(['billing'])).toEqual(new Map([['billing', [at(1, 7)]]]));
    expect((await port.listTopics()).find(({ name }) => name === '__consumer_offsets')!.internal).toBe(true);
  });

  it('are not changed from outside while they have members', async () => {
    const { cluster, port } = await withTopic();
    cluster.joinGroup('billing', { topics: ['a'] });
    cluster.commitAsMember('billing', [at(0, 7)]);
    expect(outcomes(await port.commitOffsets('billing', [at(0, 1)]))).toEqual(['UNKNOWN_MEMBER_ID']);
    expect(outcomes(await port.deleteOffsets('billing', [at(0)]))).toEqual(['GROUP_SUBSCRIBED_TO_TOPIC']);
    expect(outcomes(await port.deleteGroups(['billing']))).toEqual(['NON_EMPTY_GROUP']);
    cluster.leaveGroup('billing');
    expect(outcomes(await port.commitOffsets('billing', [at(0, 1)]))).toEqual(['-']);
    expect(outcomes(await port.deleteOffsets('billing', [at(0), at(9)]))).toEqual(['-', 'UNKNOWN_TOPIC_OR_PARTITION']);
    expect(outcomes(await port.deleteGroups(['billing', 'billing']))).toEqual(['-', 'GROUP_ID_NOT_FOUND']);
    await expect(port.deleteOffsets('billing', [at(0)])).rejects.toThrow('GROUP_ID_NOT_FOUND');
  });

  it('forget the offsets of topics that are deleted', async () => {
    const { cluster, port } = await withTopic();
    await port.commitOffsets('billing', [at(0, 1)]);
    const { topicId } = (await port.describeTopics(['a']))[0]!;
    await port.deleteTopics([{ name: 'a', topicId }]);
    expect(cluster.snapshot().committed).toEqual({});
    expect(outcomes(await port.commitOffsets('', [at(0, 1)]))).toEqual(['INVALID_GROUP_ID']);
  });
});

describe('records of a memory cluster', () => {
  it('answer for offsets by place and time, and for sizes on every replica', async () => {
    const { cluster, port } = await withTopic();
    cluster.write('a', 0, { records: 10, bytes: 1000, timestampMs: 5_000 });
    cluster.write('a', 0, { records: 5, bytes: 300, timestampMs: 9_000 });
    cluster.write('a', 0, { records: 1, timestampMs: 7_000 });
    const times = ['earliest', 'latest', 'max-timestamp', 6_000, 9_001] as const;
    const ask = async () =>
      (await port.listOffsets(times.map((each) => ({ topic: 'a', partition: 0, at: each })))).map(
        ({ offset, timestampMs }) => [offset, timestampMs],
      );
    expect(await ask()).toEqual([
      [0, -1],
      [16, -1],
      [10, 9_000],
      [10, 9_000],
      [-1, -1],
    ]);
    const sizes = async () =>
      (await port.describeLogDirs([1, 2, 3])).map(({ logDirs }) => logDirs[0]!.replicas.map(({ bytes }) => bytes));
    expect(await sizes()).toEqual([1, 2, 3].map(() => [1400, 0]));
    cluster.dropBefore('a', 0, 12);
    expect((await ask())[0]).toEqual([12, -1]);
    expect((await ask())[2]).toEqual([12, 9_000]);
    expect(await sizes()).toEqual([1, 2, 3].map(() => [400, 0]));
  });

  it('are half there on replicas that are being made', async () => {
    const { cluster, port } = clusterOf({ brokers: [1, 2].map((id) => ({ id })), looksAStep: 0 });
    await port.createTopics([{ name: 'a', placement: { assignments: [[1]] }, config: {} }], really);
    cluster.write('a', 0, { records: 10, bytes: 1000, timestampMs: 1 });
    await port.alterReassignments([{ topic: 'a', partition: 0, replicas: [2] }], { replicationFactor: 'kept' });
    const [described] = await port.describeLogDirs([2]);
    expect(described!.logDirs[0]!.replicas).toMatchObject([{ bytes: 500, offsetLag: 5, future: false }]);
  });
});
