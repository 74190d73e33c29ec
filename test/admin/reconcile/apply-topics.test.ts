import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { applyPlan, makePlan } from '../../../lib/admin/reconcile';
import type { ProgressEvent } from '../../../lib/core/issue';
import type { DesiredState, DesiredTopic } from '../../../lib/core/plan';
import {
  acknowledging,
  converge,
  desiredOf,
  fakeClock,
  ids,
  outcomes,
  planOf,
  portsOf,
  progress,
  topic,
} from './harness';

const withTopics = (...topics: DesiredTopic[]): DesiredState => desiredOf({ topics });

describe('applying topics', () => {
  test('creates, grows and changes them, and then has nothing left to do', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('orders', { partitions: 2, config: { 'retention.ms': '1000' } })));
    const wanted = withTopics(
      topic('orders', { partitions: 4, config: { 'retention.ms': '2000', 'min.insync.replicas': '2' } }),
      topic('clicks'),
    );
    const report = await converge(cluster, wanted);
    expect(report).toMatchObject({ counts: { done: 4, failed: 0, skipped: 0 }, visible: true, remaining: [] });
    expect(cluster.snapshot().topics.orders).toMatchObject({
      replicas: [expect.anything(), expect.anything(), expect.anything(), expect.anything()],
      config: { 'retention.ms': '2000', 'min.insync.replicas': '2' },
    });
    expect((await planOf(cluster, wanted)).changes).toEqual([]);
  });

  test('does nothing at all where a change needs an acknowledgement, and says which', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('orders', { partitions: 2 })));
    cluster.write('orders', 0, { records: 1, timestampMs: fakeClock().now() });
    const wanted = withTopics(topic('orders', { partitions: 4 }), topic('new'));
    cluster.mutations.length = 0;
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, wanted);
    await expect(applyPlan(ports, wanted, plan, { progress })).rejects.toMatchObject({
      code: 'PLAN-HELD',
      status: 1,
      message: expect.stringMatching(/topics\.orders: 2 -> 4 partitions \(ordering\)/),
      hint: expect.stringContaining('code: TOPIC-PARTITIONS-GROW, path: topics.orders, from: "2", to: "4"'),
    });
    expect(cluster.mutations).toEqual([]);
    const report = await applyPlan(ports, wanted, plan, { progress, held: 'skip' });
    expect(outcomes(report)).toEqual(['done create-topic new', 'skipped add-partitions orders']);
    expect(ids(report.remaining!)).toEqual(['add-partitions orders']);
  });

  test('does the changes of some grades alone', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('orders', { partitions: 2 })));
    cluster.write('orders', 0, { records: 1, timestampMs: fakeClock().now() });
    const wanted = withTopics(topic('orders', { partitions: 4 }), topic('new'));
    const ports = portsOf(cluster);
    const report = await applyPlan(ports, wanted, await makePlan(ports, wanted), { progress, onlyGrades: ['safe'] });
    expect(outcomes(report)).toEqual(['done create-topic new', 'skipped add-partitions orders']);
  });

  test('sends 500 topics in one request, and their options in another', async () => {
    const cluster = new MemoryCluster();
    const many = (retention: string): DesiredState =>
      withTopics(
        ...Array.from({ length: 500 }, (_, index) => topic(`t-${index}`, { config: { 'retention.ms': retention } })),
      );
    await converge(cluster, many('1000'));
    expect(cluster.requests.of('createTopics')).toBe(3); // two of them to check the plan
    cluster.requests.reset();
    await converge(cluster, many('2000'));
    expect(cluster.requests.of('alterConfigs')).toBe(3);
  });

  test('splits topics where Kafka counts records', async () => {
    const cluster = new MemoryCluster();
    const report = await converge(
      cluster,
      withTopics(...Array.from({ length: 12 }, (_, index) => topic(`t-${index}`, { partitions: 1_000 }))),
    );
    expect(report.counts.done).toBe(12);
  });

  test('deletes by tombstone alone, and only the topic that the plan saw', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('old'), topic('kept')));
    const wanted = desiredOf({
      topics: [topic('kept')],
      deletedTopics: [{ name: 'old', reason: 'done', path: 'topics.old' }],
    });
    const report = await converge(cluster, wanted);
    expect(outcomes(report)).toEqual(['done delete-topic old']);
    expect(cluster.snapshot().topics).not.toHaveProperty('old');
    expect((await planOf(cluster, wanted)).changes).toEqual([]);
  });

  test('tells how far it is', async () => {
    const events: ProgressEvent[] = [];
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('a'), topic('b')), { progress: (event) => events.push(event) });
    expect([...new Set(events.map(({ step }) => step))]).toEqual([
      'taking the lease',
      'reading the cluster',
      'creating topics',
      'waiting until every broker sees the changes',
      'reading the cluster again',
    ]);
    expect(events.filter(({ step }) => step === 'creating topics').at(-1)).toMatchObject({ done: 2, total: 2 });
  });
});

describe('lost answers', () => {
  test.each(['before', 'half', 'after'] as const)('%s a change was done do no harm', async (effect) => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('orders', { partitions: 2 }), topic('old')));
    const wanted = desiredOf({
      topics: [topic('orders', { partitions: 4, config: { 'retention.ms': '5' } }), topic('new'), topic('newer')],
      deletedTopics: [{ name: 'old', reason: 'done', path: 'topics.old' }],
    });
    const ports = portsOf(cluster);
    const acknowledged = acknowledging(wanted, await makePlan(ports, wanted));
    const plan = await makePlan(ports, acknowledged);
    for (const method of ['createTopics', 'addPartitions', 'alterConfigs', 'deleteTopics'] as const)
      cluster.faults.lose(method, effect, 2);
    const report = await applyPlan(ports, acknowledged, plan, { progress });
    expect(report.counts).toMatchObject({ failed: 0, skipped: 0 });
    expect(report).toMatchObject({ visible: true, remaining: [] });
    expect(cluster.snapshot().topics.orders!.replicas).toHaveLength(4);
  });

  test('fails where somebody else made the topic meanwhile, otherwise', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster);
    const wanted = withTopics(topic('orders'), topic('clicks'));
    const plan = await makePlan(ports, wanted);
    cluster.faults.refuseItem('createTopics', 'orders', 'NOT_CONTROLLER');
    let done = false;
    const report = await applyPlan({ ...ports, admin: cluster.connect() }, wanted, plan, {
      progress: ({ detail }) => {
        if (detail === undefined || done) return;
        done = true;
        const placement = { partitions: 7, replicationFactor: 3 };
        void cluster.connect().createTopics([{ name: 'orders', placement, config: {} }], { validateOnly: false });
      },
    });
    expect(report.counts).toMatchObject({ done: 1, failed: 1 });
    expect(report.changes.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      error: 'somebody else created it in the meantime, otherwise: 7 partitions, min.insync.replicas 1',
    });
  });

  test('counts a topic that somebody else made meanwhile, exactly so, as unchanged', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster);
    const wanted = withTopics(topic('orders'));
    const plan = await makePlan(ports, wanted);
    const placement = { partitions: 3, replicationFactor: 3 };
    const made = { name: 'orders', placement, config: { 'min.insync.replicas': '2' } };
    let step = 0;
    const report = await applyPlan(ports, wanted, plan, {
      progress: ({ step: name }) => {
        if (name === 'creating topics' && step++ === 0)
          void cluster.connect().createTopics([made], { validateOnly: false });
      },
    });
    expect(outcomes(report)).toEqual(['unchanged create-topic orders']);
  });
});

describe('Kafka that puts things off', () => {
  test('is asked again for single topics', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster);
    const wanted = withTopics(topic('a'), topic('b'));
    const plan = await makePlan(ports, wanted);
    cluster.faults.refuseItem('createTopics', 'b', 'THROTTLING_QUOTA_EXCEEDED', { times: 3 });
    const report = await applyPlan(ports, wanted, plan, { progress });
    expect(report.counts.done).toBe(2);
  });

  test('is asked again while there is no controller', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster);
    const wanted = withTopics(topic('a'), topic('b'));
    const plan = await makePlan(ports, wanted);
    cluster.faults.refuse('createTopics', 'NOT_CONTROLLER', 6);
    cluster.failOverController();
    const report = await applyPlan(ports, wanted, plan, { progress });
    expect(report).toMatchObject({ counts: { done: 2 }, remaining: [] });
  });

  test('is waited for where brokers see changes late', async () => {
    const cluster = new MemoryCluster({ lag: 3 });
    const report = await converge(cluster, withTopics(topic('a'), topic('b')));
    expect(report).toMatchObject({ counts: { done: 2 }, visible: true, remaining: [] });
  });

  test('fails for what it puts off for ever, and takes nothing away after that', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, withTopics(topic('old')));
    const wanted = desiredOf({
      topics: [topic('a')],
      deletedTopics: [{ name: 'old', reason: 'done', path: 'topics.old' }],
    });
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, wanted);
    cluster.faults.refuseItem('createTopics', 'a', 'REQUEST_TIMED_OUT', { times: 1_000 });
    const report = await applyPlan(ports, wanted, plan, { progress });
    expect(outcomes(report)).toEqual(['failed create-topic a', 'skipped delete-topic old']);
  });

  test('stops where the whole cluster falls silent, and says what was not reached', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster);
    const wanted = withTopics(topic('a'), topic('b', { config: {} }));
    await converge(cluster, withTopics(topic('b', { config: { 'retention.ms': '1' } })));
    const acknowledged = acknowledging(wanted, await makePlan(ports, wanted));
    const plan = await makePlan(ports, acknowledged);
    const report = await applyPlan(ports, acknowledged, plan, {
      progress: ({ step }) => {
        if (step === 'creating topics') for (const id of [1, 2, 3]) cluster.stopBroker(id);
      },
    });
    expect(report.stopped).toBe('Kafka does not answer');
    expect(report.counts).toMatchObject({ failed: 1, skipped: 1 });
    expect(report).not.toHaveProperty('remaining');
  });
});

describe('changes that build on others', () => {
  const orders = (replicationFactor: number, minInSync: string): DesiredState =>
    withTopics(topic('orders', { replicationFactor, config: { 'min.insync.replicas': minInSync } }));

  test('come after them: a min ISR is raised once the replicas that it needs are there', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, orders(2, '1'));
    cluster.mutations.length = 0;
    const report = await converge(cluster, orders(3, '2'));
    expect(report).toMatchObject({ counts: { done: 2 }, remaining: [] });
    const methods = cluster.mutations.map(({ method, item }) => (item.startsWith('broker') ? '' : method));
    expect(methods.lastIndexOf('alterReassignments')).toBeLessThan(methods.lastIndexOf('alterConfigs'));
  });

  test('are not done where those failed', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, orders(2, '1'));
    for (const partition of ['orders-0', 'orders-1', 'orders-2'])
      cluster.faults.refuseItem('alterReassignments', partition, 'INVALID_REPLICA_ASSIGNMENT');
    const report = await converge(cluster, orders(3, '2'));
    expect(outcomes(report)).toEqual([
      'failed move-replicas orders raise',
      'skipped set-topic-option orders min.insync.replicas',
    ]);
    expect(report.changes[1]).toMatchObject({ why: expect.stringContaining('move-replicas orders raise') });
    expect(cluster.snapshot().topics.orders!.config).toEqual({ 'min.insync.replicas': '1' });
  });
});
