import {
  checkSample,
  clusterStatus,
  connectAdmin,
  loadSample,
  orderEvents,
  verifyCluster,
  type KafkaClient,
  type VerifyReport,
} from '../../lib/admin';
import type { ProgressEvent } from '../../lib/core/issue';
import type { EnvironmentModel, TopicModel } from '../../lib/core/model';
import { poll } from '../../lib/admin/wait';
import { applyTopics } from '../support/apply-topics';
import { startCluster, type TestCluster } from '../support/cluster';

const TOPICS = `
racks: [a, b, c]
topicDefaults: { partitions: 3, retention: { time: 2d } }
topics:
  orders: { partitions: 6 }
  profiles: { cleanupPolicy: [compact], config: { compression.type: zstd } }
  old: { deleted: { reason: replaced by orders } }
`;
const progress = (): undefined => undefined;
const patience = { deadlineMs: 30_000 };

let cluster: TestCluster;
let client: KafkaClient;

beforeAll(async () => {
  cluster = await startCluster({ name: 'shop', yaml: TOPICS });
  client = await connectAdmin({ bootstrapServers: cluster.bootstrapServers });
}, 600_000);

afterAll(async () => {
  await client?.close();
  await cluster?.stop();
}, 60_000);

const topicLike = (name: string, change: Partial<TopicModel> = {}): TopicModel => ({
  ...cluster.model.topics.find((topic) => topic.name === 'orders')!,
  name,
  ...change,
});

function verify(model: EnvironmentModel, patienceMs = 15_000): Promise<VerifyReport> {
  const { bootstrapServers } = cluster;
  return verifyCluster(model, { bootstrapServers, connect: connectAdmin, progress, patienceMs });
}

const wrongChecks = ({ checks }: VerifyReport): string[] =>
  checks.filter(({ status }) => status !== 'ok').map(({ id, status, evidence }) => `${status} ${id}: ${evidence}`);

const apply = (
  topics: readonly TopicModel[],
  progressOf?: (event: ProgressEvent) => void,
): ReturnType<typeof applyTopics> => applyTopics(client, { model: cluster.model, topics }, progressOf);

describe('creating declared topics', () => {
  test('gives each topic its partitions, replicas and options, on every broker', async () => {
    const report = await apply(cluster.model.topics);
    expect(report.changes.map(({ change, outcome }) => `${outcome} ${change.id}`)).toEqual([
      'done create-topic orders',
      'done create-topic profiles',
    ]);
    for (const { id } of cluster.model.nodes) {
      const [orders, profiles] = await client.describeTopics(['orders', 'profiles'], { broker: id });
      expect(orders!.partitions).toHaveLength(6);
      expect(orders!.partitions.every(({ leader, replicas }) => leader >= 0 && replicas.length === 3)).toBe(true);
      expect(profiles!.partitions).toHaveLength(3);
    }
    const set = (await client.describeConfigs(['orders', 'profiles'].map((name) => ({ type: 'topic', name })))).map(
      ({ entries }) =>
        Object.fromEntries(
          entries.filter(({ source }) => source === 'topic').map(({ option, value }) => [option, value]),
        ),
    );
    expect(set).toEqual([
      { 'cleanup.policy': 'delete', 'min.insync.replicas': '2', 'retention.ms': '172800000' },
      { 'cleanup.policy': 'compact', 'compression.type': 'zstd', 'min.insync.replicas': '2' },
    ]);
  }, 120_000);

  test('makes 1,000 topics in batches, visible on every broker when it returns, and none the second time', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => topicLike(`many-${index}`, { partitions: 1 }));
    const events: ProgressEvent[] = [];
    const first = await apply(many, (event) => events.push(event));
    expect(first).toMatchObject({ counts: { done: 1000, failed: 0 }, visible: true, remaining: [] });
    expect(events.filter(({ step }) => step.startsWith('waiting')).at(-1)).toMatchObject({ done: 3000, total: 3000 });
    for (const { id } of cluster.model.nodes) {
      const listed = await client.listTopics({ broker: id });
      expect(listed.filter(({ name }) => name.startsWith('many-'))).toHaveLength(1000);
    }
    expect((await apply(many)).changes).toEqual([]);
  }, 300_000);

  test('blocks impossible topics with Kafka’s words and creates the good ones beside them', async () => {
    const report = await apply([
      topicLike('good-1'),
      topicLike('too-wide', { replicationFactor: 9 }),
      topicLike('good-2'),
      topicLike('odd', { config: { 'no.such.option': '1' } }),
    ]);
    const told = report.changes.map(({ change: { operation }, ...outcome }) => [
      'topic' in operation ? operation.topic : '',
      'why' in outcome ? outcome.why : outcome.outcome,
    ]);
    expect(told).toEqual([
      ['good-1', 'done'],
      ['good-2', 'done'],
      ['odd', 'the cluster refuses it: INVALID_CONFIG (40): Unknown topic config name: no.such.option'],
      ['too-wide', expect.stringContaining('3 brokers are up')],
    ]);
  }, 120_000);
});

describe('connecting', () => {
  test('fails with status 3 where nothing listens, naming every server', async () => {
    const connecting = connectAdmin({ bootstrapServers: ['127.0.0.1:9', '127.0.0.1:10'], timeoutMs: 2_000 });
    await expect(connecting).rejects.toMatchObject({
      code: 'KAFKA-UNREACHABLE',
      status: 3,
      message: expect.stringContaining('127.0.0.1:9, 127.0.0.1:10'),
    });
  });

  test('goes on with another server when the first does not answer', async () => {
    const patient = await connectAdmin({ bootstrapServers: ['127.0.0.1:9', cluster.bootstrapServers[1]!] });
    expect((await patient.describeCluster()).clusterId).toBe(cluster.model.clusterId);
    await patient.close();
  });
});

describe('the sample', () => {
  const sample = { topic: 'orders', count: 5_000, customers: 500, progress };

  test('is whole after a load that was stopped half-way and one that went on', async () => {
    const stopping = loadSample(client, {
      ...sample,
      progress: ({ done }) => {
        if (done! > 1_000) throw new Error('stopped');
      },
    });
    await expect(stopping).rejects.toThrow('stopped');
    const half = await checkSample(client, sample);
    expect(half.read).toBeGreaterThan(1_000);
    expect(half).toMatchObject({ missing: 5_000 - half.read, duplicates: 0, outOfOrder: 0, ok: false });

    expect(await loadSample(client, sample)).toEqual({ topic: 'orders', written: half.missing, present: half.read });
    expect(await checkSample(client, sample)).toMatchObject({ read: 5_000, partitions: 6, ok: true });
    expect(await loadSample(client, sample)).toEqual({ topic: 'orders', written: 0, present: 5_000 });
  }, 120_000);

  test('fails the check once a record is there twice, and bears records of others', async () => {
    const [first] = orderEvents(sample);
    const record = { key: first!.customer, value: first!.value, timestampMs: Date.now() };
    const strange = { ...record, value: 'hello' };
    await client.produce({ topic: 'orders', partition: 0, records: [strange], acks: 'all' });
    expect(await checkSample(client, sample)).toMatchObject({ foreign: 1, ok: true });
    await client.produce({ topic: 'orders', partition: 0, records: [record], acks: 'all' });
    expect(await checkSample(client, sample)).toMatchObject({ duplicates: 1, ok: false });
  }, 120_000);
});

describe('verifying', () => {
  test('finds nothing wrong with a healthy cluster, and writes and reads through each broker', async () => {
    const report = await verify(cluster.model);
    expect(wrongChecks(report)).toEqual([]);
    expect(report.checks.filter(({ id }) => id === 'ROUND-TRIP').map(({ subject }) => subject)).toEqual(
      cluster.model.nodes.map(({ id }) => `broker ${id}`),
    );
    expect((await clusterStatus(client, cluster.model)).brokers.map(({ state }) => state)).toEqual(['up', 'up', 'up']);
  }, 120_000);

  test('finds a missing topic, a wrong number of partitions and a deleted topic that is still there', async () => {
    await apply([topicLike('old')]);
    const model = {
      ...cluster.model,
      topics: [topicLike('orders', { partitions: 9 }), topicLike('not-there')],
    };
    const report = await verify(model, 1_000);
    expect(wrongChecks(report)).toEqual([
      'error TOPICS-PRESENT: 1 of 2 declared topics missing: not-there',
      'error TOPICS-AS-DECLARED: orders: partitions is 6, declared 9',
      'warning TOPICS-DELETED: still there: old',
    ]);
  }, 120_000);

  test('finds another cluster, other racks and an option that brokers do not have', async () => {
    const report = await verify(
      {
        ...cluster.model,
        clusterId: 'AnotherClusterAAAAAAAA',
        nodes: cluster.model.nodes.map((node) => ({ ...node, rack: 'z' })),
        deletedTopics: [],
        brokerConfig: new Map([['num.io.threads', { value: '3', source: 'environment', why: '' }]]),
      },
      1_000,
    );
    expect(report.status).toBe('error');
    expect(report.checks.filter(({ status }) => status === 'error').map(({ id }) => id)).toEqual([
      'CLUSTER-ID',
      'BROKERS',
      'BROKER-CONFIG',
    ]);
  }, 120_000);

  test('finds a broker that was killed, and nothing wrong any more once it is back', async () => {
    const [, second] = cluster.model.nodes;
    const model = { ...cluster.model, deletedTopics: [] };
    await cluster.signal(second!.id, 'SIGKILL');
    await poll(
      () => client.describeCluster(),
      ({ brokers }) => brokers.length === 2,
      patience,
    );
    const report = await verify(model, 1_000);
    const found = report.checks.filter(({ status }) => status !== 'ok').map(({ id, subject }) => [id, subject ?? '']);
    expect(found).toContainEqual(['BOOTSTRAP', cluster.address(second!.id)]);
    expect(found).toContainEqual(['BROKERS', '']);
    expect(found).toContainEqual(['PARTITIONS-UNDER-REPLICATED', '']);
    expect(report.checks.find(({ id }) => id === 'BROKERS')!.evidence).toContain(`missing: ${second!.id}`);
    const status = await clusterStatus(client, model);
    expect(status.brokers.map(({ state }) => state)).toEqual(['up', 'missing', 'up']);
    expect(status.partitions.underReplicated).toBeGreaterThan(0);

    await cluster.up();
    expect(wrongChecks(await verify(model, 60_000))).toEqual([]);
  }, 300_000);
});

describe('the example of a program of your own', () => {
  test('makes the cluster what its environment says, and finds it so the second time', async () => {
    const quiet = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      const { reconcile } =
        require('../../examples/05-reconciler/app') as typeof import('../../examples/05-reconciler/app');
      expect(await reconcile([...cluster.bootstrapServers])).toMatchObject({
        counts: { done: 2, failed: 0 },
        remaining: [],
      });
      expect(await reconcile([...cluster.bootstrapServers])).toMatchObject({ changes: [], remaining: [] });
      expect(quiet.mock.calls.flat().join('\n')).toContain('topic invoices');
    } finally {
      quiet.mockRestore();
    }
    expect((await client.describeTopics(['invoices']))[0]!.partitions).toHaveLength(12);
  }, 120_000);
});
