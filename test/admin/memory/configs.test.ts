import type { ConfigChange } from '../../../lib/admin';
import { clusterOf, outcomes, really, topic } from './cluster';

const ofTopic = (set: Record<string, string>, remove: string[] = []): ConfigChange => ({
  type: 'topic',
  name: 'a',
  set,
  remove,
});
const ofCluster = (set: Record<string, string>, remove: string[] = []): ConfigChange => ({
  type: 'cluster',
  name: '',
  set,
  remove,
});
const ofBroker = (set: Record<string, string>, remove: string[] = []): ConfigChange => ({
  type: 'broker',
  name: '2',
  set,
  remove,
});

async function withTopic(options: Parameters<typeof clusterOf>[0] = {}, config: Record<string, string> = {}) {
  const opened = clusterOf(options);
  await opened.port.createTopics([topic('a', config)], really);
  const valueOf = async (option: string, broker = 1) =>
    (await opened.port.describeConfigs([{ type: 'topic', name: 'a', options: [option] }], { broker }))[0]!.entries[0];
  const alter = async (...changes: ConfigChange[]) => outcomes(await opened.port.alterConfigs(changes, really));
  return { ...opened, valueOf, alter };
}

describe('options of a topic', () => {
  it('come from the topic, the broker, the cluster, its file or Kafka, in this order', async () => {
    const { valueOf, alter } = await withTopic({ config: { 'log.retention.hours': '2' } });
    const option = 'retention.ms';
    expect(await valueOf('segment.ms')).toEqual({ option: 'segment.ms', value: '604800000', source: 'default' });
    expect(await valueOf(option)).toEqual({ option, value: '7200000', source: 'static' });
    await alter(ofCluster({ 'log.retention.ms': '3000' }));
    expect(await valueOf(option)).toEqual({ option, value: '3000', source: 'cluster' });
    await alter(ofBroker({ 'log.retention.ms': '4000' }));
    expect(await valueOf(option, 2)).toEqual({ option, value: '4000', source: 'broker' });
    expect(await valueOf(option, 1)).toEqual({ option, value: '3000', source: 'cluster' });
    await alter(ofTopic({ [option]: '5000' }));
    expect(await valueOf(option, 2)).toEqual({ option, value: '5000', source: 'topic' });
    await alter(ofTopic({}, [option]), ofCluster({}, ['log.retention.ms']), ofBroker({}, ['log.retention.ms']));
    expect(await valueOf(option, 2)).toEqual({ option, value: '7200000', source: 'static' });
  });

  it('have the minimal ISR of the cluster where it was made with eligible leader replicas', async () => {
    const { valueOf, alter } = await withTopic();
    const option = 'min.insync.replicas';
    expect(await valueOf(option)).toEqual({ option, value: '1', source: 'cluster' });
    expect(await alter(ofCluster({ [option]: '2' }))).toEqual(['-']);
    expect(await alter(ofCluster({}, [option]), ofBroker({ [option]: '2' }))).toEqual([
      'INVALID_CONFIG',
      'INVALID_CONFIG',
    ]);
    expect(await valueOf(option)).toEqual({ option, value: '2', source: 'cluster' });
    const older = await withTopic({ kafka: '4.0' });
    expect(await older.valueOf(option)).toEqual({ option, value: '1', source: 'default' });
    expect(await older.alter(ofBroker({ [option]: '2' }))).toEqual(['-']);
  });

  it('accept a minimal ISR that no topic can reach, as Kafka does', async () => {
    const { alter } = await withTopic();
    expect(await alter(ofTopic({ 'min.insync.replicas': '4' }))).toEqual(['-']);
  });

  it('fail where they do not fit together, what was set before included', async () => {
    const { alter } = await withTopic({}, { 'min.compaction.lag.ms': '1000' });
    expect(await alter(ofTopic({ 'max.compaction.lag.ms': '999' }))).toEqual(['INVALID_CONFIG']);
    expect(await alter(ofTopic({ 'max.compaction.lag.ms': '999', 'min.compaction.lag.ms': '1' }))).toEqual(['-']);
    expect(await alter(ofTopic({ 'follower.replication.throttled.replicas': '0:1,'.repeat(9000) }))).toEqual([
      'INVALID_CONFIG',
    ]);
    expect(await alter(ofTopic({ 'retention.ms': '1' }, ['retention.ms']))).toEqual(['INVALID_REQUEST']);
  });

  it('fail for tiered storage where brokers have none, and by its own rules where they have', async () => {
    const tiered = { 'remote.storage.enable': 'true' };
    const without = await withTopic();
    expect(await without.alter(ofTopic(tiered))).toEqual(['INVALID_CONFIG']);
    const { alter } = await withTopic({ config: { 'remote.log.storage.system.enable': 'true' } });
    expect(await alter(ofTopic({ ...tiered, 'cleanup.policy': 'compact' }))).toEqual(['INVALID_CONFIG']);
    expect(await alter(ofTopic({ ...tiered, 'local.retention.ms': '604800001' }))).toEqual(['INVALID_CONFIG']);
    expect(await alter(ofTopic({ ...tiered, 'local.retention.ms': '3600000' }))).toEqual(['-']);
    expect(await alter(ofTopic({}, ['remote.storage.enable']))).toEqual(['INVALID_CONFIG']);
    const off = { 'remote.storage.enable': 'false', 'remote.log.delete.on.disable': 'true' };
    expect(await alter(ofTopic(off))).toEqual(['-']);
  });
});

describe('options of brokers', () => {
  it('are all that Kafka has, secrets without their values', async () => {
    const { port, alter } = await withTopic({ config: { 'ssl.key.password': 'secret' } });
    await alter(ofBroker({ 'plugin.option': 'x', 'leader.replication.throttled.rate': '5' }));
    const [described] = await port.describeConfigs([{ type: 'broker', name: '2' }]);
    const entries = new Map(described!.entries.map((entry) => [entry.option, entry]));
    expect(entries.size).toBeGreaterThan(300);
    expect(entries.get('node.id')).toEqual({ option: 'node.id', value: '2', source: 'static' });
    expect(entries.get('broker.rack')!.value).toBe('b');
    expect(entries.get('ssl.key.password')).toEqual({ option: 'ssl.key.password', source: 'static' });
    expect(entries.get('plugin.option')).toEqual({ option: 'plugin.option', source: 'broker' });
    expect(entries.get('leader.replication.throttled.rate')).toMatchObject({ value: '5', source: 'broker' });
  });

  it('fail where a restart is needed, where they are of one broker, and for bad values, all alike', async () => {
    const { alter } = await withTopic();
    expect(
      await alter(ofBroker({ 'log.dirs': '/elsewhere' }), ofCluster({ 'listener.security.protocol.map': 'A:SSL' })),
    ).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST']);
    expect(await alter(ofCluster({ 'log.cleaner.threads': 'many' }))).toEqual(['INVALID_REQUEST']);
    expect(await alter({ ...ofBroker({}), name: 'two' }, { ...ofCluster({}), name: 'x' })).toEqual([
      'INVALID_REQUEST',
      'INVALID_REQUEST',
    ]);
  });
});

describe('threads of brokers', () => {
  it('are doubled or halved at most in one step', async () => {
    const { alter } = await withTopic();
    const threads = (count: number) => ({ 'num.io.threads': String(count) });
    expect(await alter(ofCluster(threads(17)))).toEqual(['INVALID_REQUEST']);
    expect(await alter(ofCluster(threads(16)))).toEqual(['-']);
    expect(await alter(ofBroker(threads(33)))).toEqual(['INVALID_REQUEST']);
    expect(await alter(ofBroker(threads(32)))).toEqual(['-']);
    expect(await alter(ofBroker({}, ['num.io.threads']))).toEqual(['-']);
    expect(await alter(ofCluster(threads(0)))).toEqual(['INVALID_REQUEST']);
    expect(await alter(ofCluster({ 'leader.replication.throttled.rate': 'fast' }))).toEqual(['INVALID_REQUEST']);
  });
});

describe('requests about options', () => {
  it('are refused as a whole where they are more than 10,000 changes', async () => {
    const { port, cluster } = clusterOf();
    const names = Array.from({ length: 5001 }, (_, index) => `t${index}`);
    const placement = { partitions: 1, replicationFactor: 1 };
    for (const some of [names.slice(0, 4000), names.slice(4000)])
      await port.createTopics(
        some.map((name) => ({ name, placement, config: {} })),
        really,
      );
    const set = { 'retention.ms': '1', 'segment.bytes': '1048576' };
    const changes = names.map((name): ConfigChange => ({ type: 'topic', name, set, remove: [] }));
    expect(new Set(outcomes(await port.alterConfigs(changes, really)))).toEqual(new Set(['POLICY_VIOLATION']));
    expect(cluster.snapshot().topics['t0']!.config).toEqual({});
    expect(new Set(outcomes(await port.alterConfigs(changes.slice(1), really)))).toEqual(new Set(['-']));
    expect(outcomes(await port.alterConfigs(changes, really))[0]).toBe('-');
  });
});
