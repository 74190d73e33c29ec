import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { applyPlan, makePlan } from '../../../lib/admin/reconcile';
import { aclKey } from '../../../lib/core/cluster';
import type { DesiredState, DesiredTopic } from '../../../lib/core/plan';
import {
  access,
  acknowledging,
  allow,
  converge,
  desiredOf,
  fakeClock,
  ids,
  planOf,
  portsOf,
  progress,
  topic,
} from './harness';

/** What other tools did to somebody's cluster, each as a test: the tool and its issue in brackets. */

const withTopics = (...topics: DesiredTopic[]): DesiredState => desiredOf({ topics });

async function clusterWith(...topics: DesiredTopic[]): Promise<MemoryCluster> {
  const cluster = new MemoryCluster();
  await converge(cluster, withTopics(...topics));
  cluster.mutations.length = 0;
  cluster.requests.reset();
  return cluster;
}

const changed = (cluster: MemoryCluster): string[] => cluster.mutations.map(({ method, item }) => `${method} ${item}`);

describe('topics', () => {
  test('a config edit keeps the other overrides (DSF KafkaApi, legacy AlterConfigs)', async () => {
    const config = { 'retention.ms': '777777', 'max.message.bytes': '1000' };
    const cluster = await clusterWith(topic('orders', { config }));
    await converge(cluster, withTopics(topic('orders', { config: { ...config, 'max.message.bytes': '2000' } })));
    expect(cluster.snapshot().topics.orders!.config).toEqual({ 'retention.ms': '777777', 'max.message.bytes': '2000' });
  });

  test('an override that is not declared any more goes (DSF KafkaApi sends it again; topicctl #197 leaves it)', async () => {
    const cluster = await clusterWith(
      topic('orders', { config: { 'max.message.bytes': '1000', 'retention.ms': '5' } }),
    );
    await converge(cluster, withTopics(topic('orders', { config: { 'retention.ms': '5' } })));
    expect(cluster.snapshot().topics.orders!.config).toEqual({ 'retention.ms': '5' });
  });

  test('fewer partitions are refused, never a delete and create (terraform-provider-kafka, terraform-provider-confluent #383)', async () => {
    const cluster = await clusterWith(topic('orders', { partitions: 12 }));
    const wanted = withTopics(topic('orders', { partitions: 6 }));
    const plan = await planOf(cluster, wanted);
    expect(plan.changes).toEqual([]);
    expect(plan.findings).toContainEqual(expect.objectContaining({ code: 'TOPIC-PARTITIONS-SHRINK', level: 'error' }));
    await converge(cluster, wanted);
    expect(changed(cluster)).toEqual([]);
  });

  test('a changed replication factor is changed, and told to be (Jikkou #170: OK, and nothing happened)', async () => {
    const cluster = await clusterWith(topic('orders', { replicationFactor: 2, config: {} }));
    const report = await converge(cluster, withTopics(topic('orders', { replicationFactor: 3, config: {} })));
    expect(report.counts).toMatchObject({ done: 1 });
    expect(cluster.snapshot().topics.orders!.replicas.map(({ length }) => length)).toEqual([3, 3, 3]);
  });

  test('a replication factor that cannot be is said not to be done (Jikkou #170)', async () => {
    const cluster = await clusterWith(topic('orders', { replicationFactor: 2, config: {} }));
    const plan = await planOf(cluster, withTopics(topic('orders', { replicationFactor: 5, config: {} })));
    expect(plan.changes).toEqual([]);
    expect(plan.findings).toContainEqual(
      expect.objectContaining({ code: 'TOPIC-REPLICATION-BROKERS', level: 'error' }),
    );
  });

  test('new replicas go to other racks, not anywhere (terraform-provider-kafka places at random)', async () => {
    const brokers = [1, 2, 3, 4, 5, 6].map((id) => ({ id, rack: ['a', 'b', 'c'][id % 3]! }));
    const cluster = new MemoryCluster({ brokers });
    await converge(cluster, withTopics(topic('orders', { partitions: 6, replicationFactor: 2, config: {} })));
    await converge(cluster, withTopics(topic('orders', { partitions: 6, replicationFactor: 3, config: {} })));
    for (const replicas of cluster.snapshot().topics.orders!.replicas)
      expect(new Set(replicas.map((id) => id % 3)).size).toBe(3);
  });

  test('undeclared is never deleted (JulieOps #39 and #580, kafka-gitops deletes by default)', async () => {
    const cluster = await clusterWith(topic('orders'), topic('clicks'));
    await converge(cluster, desiredOf({ topics: [topic('clicks')], owns: { topics: ['*'] } }));
    await converge(cluster, desiredOf());
    expect(Object.keys(cluster.snapshot().topics)).toEqual(expect.arrayContaining(['orders', 'clicks']));
    expect(changed(cluster)).toEqual([]);
  });

  test('an internal topic is never touched, even with a tombstone (JulieOps #39)', async () => {
    const cluster = await clusterWith(topic('orders'));
    const deletedTopics = [{ name: '__consumer_offsets', reason: 'mistake', path: 'topics.__consumer_offsets' }];
    await converge(cluster, desiredOf({ topics: [topic('orders')], deletedTopics }));
    expect(cluster.snapshot().topics).toHaveProperty('__consumer_offsets');
    expect(changed(cluster)).toEqual([]);
  });

  test('a topic that somebody still writes to is not deleted (all of them)', async () => {
    const cluster = await clusterWith(topic('old'));
    cluster.write('old', 0, { records: 1, timestampMs: fakeClock().now() - 1000 });
    const deletedTopics = [{ name: 'old', reason: 'done', path: 'topics.old' }];
    const report = await converge(cluster, desiredOf({ deletedTopics }));
    expect(report.changes[0]).toMatchObject({ outcome: 'skipped', why: expect.stringContaining('quiet') });
    expect(cluster.snapshot().topics).toHaveProperty('old');
  });

  test('a topic made again under its name is noticed by id', async () => {
    const cluster = await clusterWith(topic('old'));
    const wanted = desiredOf({ deletedTopics: [{ name: 'old', reason: 'done', path: 'topics.old' }] });
    const plan = await planOf(cluster, wanted);
    const admin = cluster.connect();
    const [found] = await admin.describeTopics(['old']);
    await admin.deleteTopics([{ name: 'old', topicId: found!.topicId }]);
    const placement = { partitions: 3, replicationFactor: 3 };
    await admin.createTopics([{ name: 'old', placement, config: { 'min.insync.replicas': '2' } }], {
      validateOnly: false,
    });
    await expect(applyPlan(portsOf(cluster), wanted, plan, { progress, source: 'saved' })).rejects.toMatchObject({
      code: 'PLAN-STALE',
    });
    expect(cluster.snapshot().topics).toHaveProperty('old');
  });

  test('500 topics are not 500 requests (terraform-provider-kafka #97, #294, #388)', async () => {
    const topics = Array.from({ length: 500 }, (_, index) => topic(`topic-${index}`, { partitions: 1 }));
    const cluster = await clusterWith(...topics);
    cluster.requests.reset();
    expect((await planOf(cluster, withTopics(...topics))).changes).toEqual([]);
    expect(cluster.requests.total).toBeLessThan(10);
    cluster.requests.reset();
    await converge(cluster, withTopics(...topics, topic('one-more')));
    expect(cluster.requests.total).toBeLessThan(60);
  });

  test('a plan that would take back what is already so changes nothing (cp-ansible #588: restart on every run)', async () => {
    const cluster = await clusterWith(topic('orders', { config: { 'cleanup.policy': 'compact,delete' } }));
    const config = { 'cleanup.policy': 'delete, compact' };
    expect((await planOf(cluster, withTopics(topic('orders', { config })))).changes).toEqual([]);
  });
});

describe('access', () => {
  const billing = allow('billing', 'orders');

  test('a failed ACL listing is an error, not an empty list (JulieOps)', async () => {
    const cluster = new MemoryCluster();
    await cluster.connect().createAcls([billing]);
    cluster.deny('describe-acls');
    const wanted = desiredOf({ access: access([allow('billing', 'clicks')]) });
    await expect(planOf(cluster, wanted)).rejects.toMatchObject({ code: 'KAFKA-REFUSED' });
    expect(cluster.mutations).toHaveLength(1);
  });

  test('a cluster without an authorizer is an error, not one without ACLs (JulieOps)', async () => {
    const cluster = new MemoryCluster({ authorizer: false });
    const planning = planOf(cluster, desiredOf({ access: access([billing]) }));
    await expect(planning).rejects.toMatchObject({ code: 'KAFKA-REFUSED' });
  });

  test('an ACL that Kafka refuses is a failed change, not a line in a log (JulieOps)', async () => {
    const cluster = new MemoryCluster();
    cluster.faults.refuseItem('createAcls', aclKey(billing), 'CLUSTER_AUTHORIZATION_FAILED');
    const report = await converge(cluster, desiredOf({ access: access([billing]) }));
    expect(report.counts.failed).toBe(1);
    expect(report.changes[0]).toMatchObject({ error: expect.stringContaining('CLUSTER_AUTHORIZATION_FAILED') });
  });

  test('ACLs are created before others are removed (kafka-gitops #89)', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, desiredOf({ access: access([billing]) }));
    cluster.mutations.length = 0;
    await converge(cluster, desiredOf({ access: access([{ ...billing, pattern: 'prefixed' }]) }));
    expect(cluster.mutations.map(({ method }) => method)).toEqual(['createAcls', 'deleteAcls']);
  });

  test('inserting one ACL replaces no other (terraform-provider-kafka #404)', async () => {
    const cluster = new MemoryCluster();
    const acls = ['a', 'c', 'd'].map((name) => allow('billing', name));
    await converge(cluster, desiredOf({ access: access(acls) }));
    const plan = await planOf(
      cluster,
      desiredOf({ access: access([acls[0]!, allow('billing', 'b'), ...acls.slice(1)]) }),
    );
    expect(ids(plan.changes)).toEqual(['create-acl User:billing allow read topic literal b *']);
  });

  test('removing one ACL removes exactly that one (kafkactl #276, ansible-kafka-admin #190)', async () => {
    const cluster = new MemoryCluster();
    const more = [
      billing,
      allow('billing', 'orders', 'write'),
      { ...billing, host: '10.0.0.1' },
      allow('other', 'orders'),
    ];
    await cluster.connect().createAcls(more);
    await converge(cluster, desiredOf({ access: access([more[1]!, more[2]!]) }));
    expect(cluster.snapshot().acls.map(aclKey).sort()).toEqual(more.slice(1).map(aclKey).sort());
  });

  test('ACLs of principals that no file declares are left alone (kafka-gitops #51, #80, #88)', async () => {
    const cluster = new MemoryCluster();
    await cluster.connect().createAcls([allow('stranger', 'orders')]);
    const plan = await planOf(cluster, desiredOf({ access: access([]) }));
    expect(plan.changes).toEqual([]);
  });

  test('removals are told as removals (Jikkou #118: deletions reported as created)', async () => {
    const cluster = new MemoryCluster();
    await cluster.connect().createAcls([billing]);
    const report = await converge(cluster, desiredOf({ access: access([], ['billing']) }));
    expect(report.changes.map(({ change, outcome }) => [change.operation.kind, outcome])).toEqual([
      ['delete-acl', 'done'],
    ]);
    expect(cluster.snapshot().acls).toEqual([]);
  });

  test('a quota is waited for, and its refusal is told (JulieOps never awaits it)', async () => {
    const cluster = new MemoryCluster();
    const entity = { user: 'billing' };
    const quotas = { quotas: [{ entity, values: { producer_byte_rate: 5 }, path: 'principals.billing' }], deleted: [] };
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, desiredOf({ quotas }));
    cluster.deny('alter-quotas');
    const report = await applyPlan(ports, desiredOf({ quotas }), plan, { progress });
    expect(report.counts).toMatchObject({ done: 0, failed: 1 });
  });
});

describe('moves', () => {
  const orders = (replicationFactor: number): DesiredState =>
    withTopics(topic('orders', { replicationFactor, config: {} }));

  async function slow(): Promise<MemoryCluster> {
    const cluster = new MemoryCluster({ looksAStep: 0 });
    await converge(cluster, orders(2));
    for (const partition of [0, 1, 2]) cluster.write('orders', partition, { records: 9, timestampMs: 0 });
    return cluster;
  }

  test('throttles are removed when a move fails (cruise-control #150, KAFKA-13392)', async () => {
    const cluster = await slow();
    const report = await converge(cluster, orders(3));
    expect(report.counts.failed).toBe(1);
    expect(JSON.stringify(cluster.snapshot())).not.toContain('throttled');
  });

  test('throttles that a killed run left behind are removed by the next (KAFKA-13392)', async () => {
    const cluster = await slow();
    const ports = portsOf(cluster);
    const plan = await makePlan(ports, orders(3));
    let looks = 0;
    const applying = applyPlan(ports, orders(3), plan, {
      progress: ({ step, total }) => {
        if (step === 'moving replicas' && total === 3 && ++looks === 3) cluster.killAfter(1);
      },
    });
    await expect(applying).rejects.toThrow('killed');
    cluster.revive();
    expect(JSON.stringify(cluster.snapshot())).toContain('throttled');
    const report = await converge(cluster, orders(3), {
      progress: ({ step }) => {
        if (step.includes('mov')) cluster.advance();
      },
    });
    expect(report.remaining).toEqual([]);
    expect(JSON.stringify(cluster.snapshot())).not.toContain('throttled');
    expect(cluster.snapshot().topics.orders!.replicas.map(({ length }) => length)).toEqual([3, 3, 3]);
  });

  test('throttles are not set again where nothing is copied (strimzi #10122)', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, orders(3));
    cluster.mutations.length = 0;
    await converge(cluster, orders(2));
    expect(cluster.mutations.map(({ method }) => method)).not.toContain('alterConfigs');
  });
});

describe('a plan', () => {
  test('holds what loses data until it is acknowledged, one change at a time (all of them apply it)', async () => {
    const day = 86_400_000;
    const cluster = await clusterWith(topic('orders', { config: { 'retention.ms': String(7 * day) } }));
    cluster.write('orders', 0, { records: 9, bytes: 900, timestampMs: fakeClock().now() - 3 * day });
    const wanted = withTopics(topic('orders', { config: { 'retention.ms': String(day) } }));
    const plan = await planOf(cluster, wanted);
    expect(plan.changes[0]).toMatchObject({ code: 'TOPIC-RETENTION-CUT', grade: 'data-loss', status: 'held' });
    expect(plan.changes[0]!.reason).toMatch(/900 ?B/);
    const acknowledged = await planOf(cluster, acknowledging(wanted, plan));
    expect(acknowledged.changes[0]!.status).toBe('acknowledged');
  });
});
