import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import type { AdminPort } from '../../../lib/admin';
import { makePlan, observe } from '../../../lib/admin/reconcile';
import { environmentSecrets } from '../../../lib/admin/secrets';
import type { DesiredState } from '../../../lib/core/plan';
import { access, allow, desiredOf, portsOf, topic } from './harness';

/** Asks for every section that there is. */
const everything = (change: Partial<DesiredState> = {}): DesiredState =>
  desiredOf({
    topics: [topic('orders'), topic('clicks')],
    access: access([allow('billing', 'orders')]),
    users: { mechanism: 'SCRAM-SHA-512', iterations: 4096, users: [], deleted: [] },
    quotas: { quotas: [], deleted: [] },
    brokerOptions: [
      { option: 'log.retention.ms', value: '1000', update: 'cluster-wide', path: 'kafka.config.log.retention.ms' },
    ],
    ...change,
  });

async function withTopics(cluster: MemoryCluster, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `topic-${index}`);
  const placement = { partitions: 1, replicationFactor: 3 };
  const admin = cluster.connect();
  for (let from = 0; from < count; from += 1000)
    await admin.createTopics(
      names.slice(from, from + 1000).map((name) => ({ name, placement, config: { 'min.insync.replicas': '2' } })),
      { validateOnly: false },
    );
  return names;
}

describe('observing a cluster', () => {
  test('reads what is declared, and topics of others by name alone', async () => {
    const cluster = new MemoryCluster();
    const admin = cluster.connect();
    await withTopics(cluster, 2);
    await admin.createAcls([allow('other', 'topic-1')]);
    const rate = { 'follower.replication.throttled.rate': '1000' };
    await admin.alterConfigs([{ type: 'broker', name: '1', set: rate, remove: [] }], { validateOnly: false });
    const observed = await observe(portsOf(cluster), everything({ topics: [topic('topic-0'), topic('new')] }));
    expect([...observed.topics.keys()]).toEqual(['topic-0', 'topic-1']);
    expect([...observed.topicConfigs.keys()]).toEqual(['topic-0']);
    expect(observed.acls).toEqual([allow('other', 'topic-1')]);
    expect([...observed.brokerOptions!.keys()]).toEqual([1, 2, 3]);
    expect(
      observed
        .brokerOptions!.get(1)!
        .map(({ option }) => option)
        .sort(),
    ).toEqual(
      expect.arrayContaining(['follower.replication.throttled.rate', 'log.retention.hours', 'log.retention.ms']),
    );
  });

  test('leaves out what no file declares, so that no right to see it is needed', async () => {
    const cluster = new MemoryCluster({ authorizer: false });
    cluster.deny('describe-users');
    cluster.deny('describe-quotas');
    const observed = await observe(portsOf(cluster), desiredOf());
    expect(observed).not.toHaveProperty('acls');
    expect(observed).not.toHaveProperty('users');
    expect(observed).not.toHaveProperty('quotas');
  });

  test('looks again at a partition that shows the replicas of a move that has ended', async () => {
    const cluster = new MemoryCluster();
    await withTopics(cluster, 2);
    const admin = cluster.connect();
    let looks = 0;
    const describeTopics: AdminPort['describeTopics'] = async (names) => {
      const topics = await admin.describeTopics(names);
      if (++looks > 2) return topics;
      return topics.map((seen) => ({
        ...seen,
        partitions: seen.partitions.map((partition) => ({ ...partition, replicas: [...partition.replicas, 9] })),
      }));
    };
    const late = new Proxy(admin, {
      get: (target, name) => {
        const value = target[name as keyof AdminPort] as unknown;
        if (name === 'describeTopics') return describeTopics;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const desired = desiredOf({ topics: [topic('topic-0', { partitions: 1, replicationFactor: 3 })] });
    const observed = await observe(portsOf(cluster, { admin: late }), desired);
    expect(looks).toBe(3);
    expect(observed.topics.get('topic-0')!.partitions[0]!.replicas).toHaveLength(3);
  });

  test('takes fewer than 30 requests for 10,000 topics', async () => {
    const cluster = new MemoryCluster();
    const names = await withTopics(cluster, 10_000);
    cluster.requests.reset();
    await makePlan(portsOf(cluster), everything({ topics: names.map((name) => topic(name, { partitions: 1 })) }));
    expect(cluster.requests.total).toBeLessThan(15);
  }, 60_000);

  test('asks again for what got no answer, and for what Kafka puts off', async () => {
    const cluster = new MemoryCluster();
    cluster.faults.lose('describeTopics', 'before', 2);
    cluster.faults.refuse('describeAcls', 'COORDINATOR_NOT_AVAILABLE');
    await expect(observe(portsOf(cluster), everything())).resolves.toBeDefined();
  });

  test('fails for another cluster than the declared one, naming both', async () => {
    const cluster = new MemoryCluster({ clusterId: 'another-cluster-00001A' });
    await expect(observe(portsOf(cluster), everything())).rejects.toMatchObject({
      code: 'CLUSTER-OTHER',
      status: 1,
      message: expect.stringMatching(/another-cluster-00001A.*memory-cluster-000001A/),
    });
    expect(cluster.requests.total).toBe(1);
  });

  test('fails once for all sections that it may not see', async () => {
    const cluster = new MemoryCluster();
    for (const right of ['describe-acls', 'describe-users', 'describe-quotas'] as const) cluster.deny(right);
    const observing = observe(portsOf(cluster), everything());
    await expect(observing).rejects.toMatchObject({ code: 'KAFKA-REFUSED', status: 1 });
    await expect(observing).rejects.toThrow(/3 parts of the cluster.*acls:.*users:.*quotas:/);
  });

  test('fails with status 3 where nobody answers', async () => {
    const cluster = new MemoryCluster();
    for (const id of [1, 2, 3]) cluster.stopBroker(id);
    await expect(observe(portsOf(cluster), everything())).rejects.toMatchObject({
      code: 'KAFKA-UNREACHABLE',
      status: 3,
    });
  });

  test('of a cluster that is half there tells which broker is silent', async () => {
    const cluster = new MemoryCluster();
    await withTopics(cluster, 3);
    cluster.stopBroker(3);
    const plan = await makePlan(portsOf(cluster), everything({ topics: [topic('topic-0', { partitions: 1 })] }));
    expect(plan.findings).toContainEqual(
      expect.objectContaining({
        code: 'BROKER-SILENT',
        level: 'warning',
        message: expect.stringContaining('broker 3'),
      }),
    );
  });
});

describe('trying log-ins', () => {
  const users: DesiredState['users'] = {
    mechanism: 'SCRAM-SHA-512',
    iterations: 4096,
    users: ['ann', 'bob', 'cyd', 'dan'].map((name) => ({ name, secret: { secret: name, key: 'password' }, path: '' })),
    deleted: [],
  };

  const withUsers = async (cluster: MemoryCluster, ...names: string[]): Promise<void> => {
    const salted = { salt: new Uint8Array(32), saltedPassword: new Uint8Array(64), iterations: 4096 };
    await cluster.connect().alterUsers(names.map((user) => ({ user, mechanism: 'SCRAM-SHA-512' as const, ...salted })));
  };

  test('tries those that are there, with the password of their secret', async () => {
    const cluster = new MemoryCluster();
    await withUsers(cluster, 'ann', 'bob', 'cyd');
    const tried: string[] = [];
    const tryLogIn = async (user: string, password: string): Promise<boolean | undefined> => {
      tried.push(`${user} ${password}`);
      return user === 'bob' ? undefined : user === 'ann';
    };
    const observed = await observe(portsOf(cluster, { tryLogIn }), everything({ users }));
    expect(tried).toEqual(['ann ann-password-value', 'bob bob-password-value', 'cyd cyd-password-value']);
    expect([...observed.logins!]).toEqual([
      ['ann', true],
      ['cyd', false],
    ]);
  });

  test('leaves out users whose secret is out of reach', async () => {
    const cluster = new MemoryCluster();
    await withUsers(cluster, 'ann');
    const secrets = environmentSecrets({});
    const observed = await observe(portsOf(cluster, { secrets, tryLogIn: async () => true }), everything({ users }));
    expect(observed.logins).toEqual(new Map());
  });
});
