import { clusterOf, dry, outcomes, placed, really, topic } from './cluster';

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({
    ...topic(`t${from + index}`),
    placement: { partitions: 1, replicationFactor: 1 },
  }));

describe('topics of a memory cluster', () => {
  it('are refused as a whole where they are more than 10,000 records or partitions', async () => {
    const { cluster, port } = clusterOf();
    expect(new Set(outcomes(await port.createTopics(many(5001), really)))).toEqual(new Set(['POLICY_VIOLATION']));
    expect(Object.keys(cluster.snapshot().topics)).toEqual([]);
    expect(new Set(outcomes(await port.createTopics(many(5000), really)))).toEqual(new Set(['-']));
    const config = { 'retention.ms': '1', 'segment.bytes': '1048576' };
    const withConfig = many(2501, 5000).map((each) => ({ ...each, config }));
    expect(outcomes(await port.createTopics(withConfig, dry))[0]).toBe('POLICY_VIOLATION');
    const wide = { name: 'wide', placement: { partitions: 10_001, replicationFactor: 1 }, config: {} };
    expect(outcomes(await port.createTopics([wide], dry))).toEqual(['POLICY_VIOLATION']);
    expect(outcomes(await port.addPartitions([{ topic: 't0', total: 10_002 }], dry))).toEqual(['POLICY_VIOLATION']);
  });

  it('take their defaults of brokers, and refuse what cannot be', async () => {
    const { port } = clusterOf({ config: { 'num.partitions': '4', 'default.replication.factor': '2' } });
    const counts = (partitions: number, replicationFactor: number) => ({ partitions, replicationFactor });
    const named = (name: string, placement: ReturnType<typeof counts>) => ({ name, placement, config: {} });
    const results = await port.createTopics(
      [
        named('fine', counts(-1, -1)),
        named('a', counts(-2, 1)),
        named('b', counts(1, 0)),
        named('twice', counts(1, 1)),
        named('twice', counts(2, 1)),
        named('x'.repeat(250), counts(1, 1)),
        placed('mixed', [1], [1, 2]),
        placed('again', [1, 1]),
        placed('none', []),
      ],
      really,
    );
    expect(outcomes(results)).toEqual([
      '-',
      'INVALID_PARTITIONS',
      'INVALID_REPLICATION_FACTOR',
      'INVALID_REQUEST',
      'INVALID_REQUEST',
      'INVALID_TOPIC_EXCEPTION',
      'INVALID_REPLICA_ASSIGNMENT',
      'INVALID_REPLICA_ASSIGNMENT',
      'INVALID_REPLICA_ASSIGNMENT',
    ]);
    const [fine] = await port.describeTopics(['fine']);
    expect(fine!.partitions.map(({ replicas }) => replicas.length)).toEqual([2, 2, 2, 2]);
  });

  it('collide with names that exist, not with others of the same request', async () => {
    const { port } = clusterOf();
    expect(outcomes(await port.createTopics([topic('a.b'), topic('a_b')], really))).toEqual(['-', '-']);
    expect(outcomes(await port.createTopics([topic('a_b')], really))).toEqual(['TOPIC_ALREADY_EXISTS']);
    expect(outcomes(await port.createTopics([topic('c.d')], really))).toEqual(['-']);
    const [collision] = await port.createTopics([topic('c_d')], really);
    expect(collision!.error).toMatchObject({ code: 17, message: "Topic 'c_d' collides with existing topic: c.d" });
  });

  it('are not deleted twice, nor where deletion is off', async () => {
    const { port } = clusterOf();
    await port.createTopics([topic('a')], really);
    const { topicId } = (await port.describeTopics(['a']))[0]!;
    expect(topicId).toMatch(/^[\w-]{22}$/);
    const doomed = { name: 'a', topicId };
    expect(outcomes(await port.deleteTopics([doomed, doomed]))).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
    expect(outcomes(await port.deleteTopics([doomed]))).toEqual(['-']);
    expect(outcomes(await port.deleteTopics([doomed]))).toEqual(['UNKNOWN_TOPIC_ID']);

    const { port: locked } = clusterOf({ config: { 'delete.topic.enable': 'false' } });
    await locked.createTopics([topic('a')], really);
    expect(outcomes(await locked.deleteTopics([doomed]))).toEqual(['TOPIC_DELETION_DISABLED']);
  });

  it('lose their options and records with them', async () => {
    const { cluster, port } = clusterOf();
    await port.createTopics([topic('a', { 'retention.ms': '5' })], really);
    cluster.write('a', 0, { records: 3, timestampMs: 1000 });
    const { topicId } = (await port.describeTopics(['a']))[0]!;
    await port.deleteTopics([{ name: 'a', topicId }]);
    await port.createTopics([topic('a')], really);
    expect(cluster.snapshot().topics).toMatchObject({ a: { config: {} } });
    expect((await port.listOffsets([{ topic: 'a', partition: 0, at: 'latest' }]))[0]!.offset).toBe(0);
  });
});
