import { clusterOf, outcomes, partitionOf, placed, really, topic } from './cluster';

describe('a broker that stops', () => {
  it('gives up its leaders, leaves the ISR, and is offline until it starts and catches up', async () => {
    const { cluster, port } = clusterOf({ looksAStep: 0 });
    await port.createTopics([placed('a', [2, 1, 3])], really);
    cluster.stopBroker(2);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 1, replicas: [2, 1, 3], isr: [1, 3], offline: [2] });
    expect((await port.describeCluster()).brokers.map(({ id }) => id)).toEqual([1, 3]);
    cluster.startBroker(2);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 1, isr: [1, 3], offline: [] });
    cluster.advance();
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 1, isr: [2, 1, 3] });
    await port.electPreferredLeaders([{ topic: 'a', partition: 0 }]);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 2 });
  });

  it('cannot be asked, by anybody, for itself or for others', async () => {
    const { cluster, port } = clusterOf();
    await port.createTopics([topic('a')], really);
    cluster.stopBroker(2);
    await expect(port.listTopics({ broker: 2 })).rejects.toMatchObject({
      code: 'KAFKA-UNREACHABLE',
      request: 'unsent',
    });
    expect(outcomes(await port.describeLogDirs([1, 2]))).toEqual(['-', 'NETWORK_EXCEPTION']);
    const resources = [
      { type: 'topic' as const, name: 'a' },
      { type: 'broker' as const, name: '2' },
    ];
    expect(outcomes(await port.describeConfigs(resources))).toEqual(['-', 'NETWORK_EXCEPTION']);
    await expect(port.describeConfigs([resources[1]!])).rejects.toMatchObject({ code: 'KAFKA-UNREACHABLE' });
    expect(await port.listTopics()).toHaveLength(1);
  });

  it('leaves partitions without a leader where nobody else has their records', async () => {
    for (const [kafka, isr] of [
      ['4.0', [2]],
      ['4.3', []],
    ] as const) {
      const { cluster, port } = clusterOf({ kafka });
      await port.createTopics([placed('a', [2])], really);
      cluster.stopBroker(2);
      expect(await partitionOf(port, 'a')).toMatchObject({ leader: -1, isr, offline: [2] });
      const [answer] = await port.listOffsets([{ topic: 'a', partition: 0, at: 'latest' }]);
      expect(answer!.error).toMatchObject({ name: 'LEADER_NOT_AVAILABLE', retriable: true });
      cluster.startBroker(2);
      expect(await partitionOf(port, 'a')).toMatchObject({ leader: 2, isr: [2], offline: [] });
    }
  });

  it('may lead again though it left the ISR, where it has every committed record', async () => {
    const { cluster, port } = clusterOf({ looksAStep: 0 });
    await port.createTopics([{ ...placed('a', [1, 2, 3]), config: { 'min.insync.replicas': '2' } }], really);
    for (const broker of [1, 2, 3]) cluster.stopBroker(broker);
    cluster.startBroker(1);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: -1, isr: [] });
    cluster.startBroker(2);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 2, isr: [2] });
    cluster.advance(2);
    expect(await partitionOf(port, 'a')).toMatchObject({ leader: 2, isr: [1, 2] });
  });

  it('may be the last: then nobody answers', async () => {
    const { cluster, port } = clusterOf();
    for (const broker of [1, 2, 3]) cluster.stopBroker(broker);
    await expect(port.listTopics()).rejects.toMatchObject({ code: 'KAFKA-UNREACHABLE', status: 3 });
    await expect(port.createTopics([topic('a')], really)).rejects.toMatchObject({ code: 'KAFKA-UNREACHABLE' });
    expect(outcomes(await port.describeLogDirs([1, 2]))).toEqual(['NETWORK_EXCEPTION', 'NETWORK_EXCEPTION']);
  });

  it('gets replicas of new topics where too few others are up, out of sync', async () => {
    const { cluster, port } = clusterOf({ looksAStep: 0 });
    cluster.stopBroker(2);
    await port.createTopics([topic('a')], really);
    const { leader, replicas, isr } = await partitionOf(port, 'a');
    expect([...replicas].sort()).toEqual([1, 2, 3]);
    expect([...isr].sort()).toEqual([1, 3]);
    expect(isr).toContain(leader);
  });
});

describe('new partitions', () => {
  it('have their replicas in different racks, and their leaders everywhere', async () => {
    const racks = ['a', 'b', 'c'];
    const brokers = [1, 2, 3, 4, 5, 6].map((id) => ({ id, rack: racks[(id - 1) % 3]! }));
    const { port } = clusterOf({ brokers });
    await port.createTopics([{ name: 'a', placement: { partitions: 12, replicationFactor: 3 }, config: {} }], really);
    const [described] = await port.describeTopics(['a']);
    for (const { replicas } of described!.partitions)
      expect(new Set(replicas.map((id) => racks[(id - 1) % 3]))).toEqual(new Set(racks));
    const leaders = described!.partitions.map(({ leader }) => leader);
    expect(brokers.map(({ id }) => leaders.filter((leader) => leader === id).length)).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it('use racks that are smaller than others as far as they go', async () => {
    const brokers = [1, 2, 3, 4].map((id) => ({ id, rack: id === 1 ? 'small' : 'large' }));
    const { port } = clusterOf({ brokers });
    await port.createTopics([{ name: 'a', placement: { partitions: 8, replicationFactor: 3 }, config: {} }], really);
    const [described] = await port.describeTopics(['a']);
    for (const { replicas } of described!.partitions) {
      expect(replicas).toContain(1);
      expect(new Set(replicas).size).toBe(3);
    }
  });
});
