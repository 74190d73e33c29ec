import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { MemoryConnectWorkers } from '../../../lib/admin/adapters/memory/connect-workers';
import { applyPlan, makePlan } from '../../../lib/admin/reconcile';
import { environmentSecrets } from '../../../lib/admin/secrets';
import { aclKey, quotaEntityKey } from '../../../lib/core/cluster';
import type { DesiredState } from '../../../lib/core/plan';
import { access, allow, converge, desiredOf, fakeClock, outcomes, planOf, portsOf, progress } from './harness';

const usersOf = (...names: string[]): DesiredState['users'] => ({
  mechanism: 'SCRAM-SHA-512',
  iterations: 4096,
  users: names.map((name) => ({ name, secret: { secret: name, key: 'password' }, path: `principals.${name}` })),
  deleted: [],
});

const tryLogInOf = (cluster: MemoryCluster) => async (user: string, password: string) =>
  cluster.canLogIn(user, password);

describe('applying access', () => {
  test('makes the ACLs that are missing and removes those that no file declares any more', async () => {
    const cluster = new MemoryCluster();
    await cluster.connect().createAcls([allow('billing', 'old'), allow('stranger', 'orders')]);
    const report = await converge(cluster, desiredOf({ access: access([allow('billing', 'orders')]) }));
    expect(report.counts).toEqual({ done: 2, unchanged: 0, failed: 0, skipped: 0 });
    expect(cluster.snapshot().acls.map(aclKey).sort()).toEqual(
      [allow('billing', 'orders'), allow('stranger', 'orders')].map(aclKey).sort(),
    );
    expect(report).toMatchObject({ visible: true, remaining: [], issues: [] });
  });

  test('takes nothing away once something has failed', async () => {
    const cluster = new MemoryCluster();
    await cluster.connect().createAcls([allow('billing', 'old')]);
    cluster.faults.refuseItem('createAcls', aclKey(allow('billing', 'orders')), 'CLUSTER_AUTHORIZATION_FAILED');
    const wanted = access([allow('billing', 'orders'), allow('billing', 'clicks')]);
    const report = await converge(cluster, desiredOf({ access: wanted }));
    expect(report.counts).toEqual({ done: 1, unchanged: 0, failed: 1, skipped: 1 });
    expect(report.changes.at(-1)).toMatchObject({ outcome: 'skipped', why: expect.stringContaining('failed') });
    expect(cluster.snapshot().acls).toHaveLength(2);
    expect(report.remaining).toHaveLength(2);
  });

  test('sends 2,500 ACLs in three requests', async () => {
    const cluster = new MemoryCluster();
    const acls = Array.from({ length: 2_500 }, (_, index) => allow('billing', `topic-${index}`));
    await converge(cluster, desiredOf({ access: access(acls) }));
    expect(cluster.requests.of('createAcls')).toBe(3);
    expect((await planOf(cluster, desiredOf({ access: access(acls) }))).changes).toEqual([]);
  });

  test('waits until every broker sees them', async () => {
    const cluster = new MemoryCluster();
    cluster.setLag(4, { broker: 2 });
    const report = await converge(cluster, desiredOf({ access: access([allow('billing', 'orders')]) }));
    expect(report.visible).toBe(true);
    for (const broker of [1, 2, 3]) expect(await cluster.connect().describeAcls({ broker })).toHaveLength(1);
  });

  test('fails, naming the broker, where one never sees them', async () => {
    const cluster = new MemoryCluster();
    cluster.setLag(1_000_000, { broker: 2 });
    const report = await converge(cluster, desiredOf({ access: access([allow('billing', 'orders')]) }));
    expect(report).toMatchObject({
      visible: false,
      issues: [{ code: 'CHANGE-NOT-VISIBLE', message: expect.stringMatching(/broker 2 .*1 ACLs.*User:billing/) }],
    });
  });
});

describe('applying users', () => {
  test('sets them with the passwords of their secrets, which real log-ins prove', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster, { tryLogIn: tryLogInOf(cluster) });
    const report = await converge(cluster, desiredOf({ users: usersOf('ann', 'bob') }), { ports });
    expect(outcomes(report)).toEqual(['done set-user ann', 'done set-user bob']);
    expect(cluster.canLogIn('ann', 'ann-password-value')).toBe(true);
    expect(cluster.canLogIn('ann', 'bob-password-value')).toBe(false);
    expect((await makePlan(ports, desiredOf({ users: usersOf('ann', 'bob') }))).changes).toEqual([]);
  });

  test('gives a user the new password of its secret', async () => {
    const cluster = new MemoryCluster();
    const desired = desiredOf({ users: usersOf('ann') });
    await converge(cluster, desired);
    const secrets = environmentSecrets({ KDK_SECRET_ANN_PASSWORD: 'rotated' });
    const ports = portsOf(cluster, { tryLogIn: tryLogInOf(cluster), secrets });
    const report = await converge(cluster, desired, { ports });
    expect(report).toMatchObject({ counts: { done: 1 }, visible: true, remaining: [] });
    expect(cluster.canLogIn('ann', 'rotated')).toBe(true);
  });

  test('says so where the new password does not let the user in', async () => {
    const cluster = new MemoryCluster();
    const ports = portsOf(cluster, { tryLogIn: async () => false });
    const report = await converge(cluster, desiredOf({ users: usersOf('ann') }), { ports });
    expect(report.visible).toBe(false);
    expect(report.issues).toEqual([expect.objectContaining({ code: 'USER-REFUSED' })]);
  });

  test('deletes by tombstone alone', async () => {
    const cluster = new MemoryCluster();
    await converge(cluster, desiredOf({ users: usersOf('ann', 'bob') }));
    const deleted = [{ name: 'ann', reason: 'left', path: 'principals.ann.deleted' }];
    await converge(cluster, desiredOf({ users: { ...usersOf()!, deleted } }));
    expect(cluster.snapshot().users.map(({ user }) => user)).toEqual(['bob']);
  });

  test('fails before anything is changed where passwords are missing, naming all of them', async () => {
    const cluster = new MemoryCluster();
    const desired = desiredOf({ users: usersOf('ann', 'bob'), access: access([allow('ann', 'orders')]) });
    const ports = portsOf(cluster, { secrets: environmentSecrets({}) });
    const applying = applyPlan(ports, desired, await makePlan(ports, desired), { progress });
    await expect(applying).rejects.toThrow(/ann\/password.*bob\/password/);
    expect(cluster.mutations).toEqual([]);
    const { secrets: _, ...without } = ports;
    await expect(applyPlan(without, desired, await makePlan(without, desired), { progress })).rejects.toMatchObject({
      code: 'SECRETS-UNKNOWN',
    });
  });

  test('fails for one whose password cannot be used, and sets the others', async () => {
    const cluster = new MemoryCluster();
    const secrets = environmentSecrets({ KDK_SECRET_ANN_PASSWORD: 'a\nb', KDK_SECRET_BOB_PASSWORD: 'fine' });
    const report = await converge(cluster, desiredOf({ users: usersOf('ann', 'bob') }), {
      ports: portsOf(cluster, { secrets }),
    });
    expect(outcomes(report)).toEqual(['failed set-user ann', 'done set-user bob']);
    expect(JSON.stringify(report)).not.toMatch(/a\\nb|fine/);
  });
});

describe('applying quotas', () => {
  const ann = { user: 'ann' };
  const quota = (values: Record<string, number>): DesiredState['quotas'] => ({
    quotas: [{ entity: ann, values, path: 'principals.ann.quota' }],
    deleted: [],
  });

  test('sets what is declared, removes what is not, and leaves those of others', async () => {
    const cluster = new MemoryCluster();
    const stranger = { entity: { user: 'stranger' }, values: { producer_byte_rate: 1 } };
    await cluster.connect().alterQuotas(
      [
        { entity: ann, set: { consumer_byte_rate: 5, request_percentage: 50 }, remove: [] },
        { entity: stranger.entity, set: stranger.values, remove: [] },
      ],
      { validateOnly: false },
    );
    await converge(cluster, desiredOf({ quotas: quota({ consumer_byte_rate: 7, producer_byte_rate: 3 }) }));
    const left = new Map(cluster.snapshot().quotas.map(({ entity, values }) => [quotaEntityKey(entity), values]));
    expect(left.get(quotaEntityKey(ann))).toEqual({ consumer_byte_rate: 7, producer_byte_rate: 3 });
    expect(left.get(quotaEntityKey(stranger.entity))).toEqual(stranger.values);
  });

  test('is checked by the cluster before anything is done', async () => {
    const cluster = new MemoryCluster();
    const plan = await planOf(cluster, desiredOf({ quotas: quota({ connection_creation_rate: 3 }) }));
    expect(plan.proof.refused).toHaveLength(1);
    expect(plan.changes[0]).toMatchObject({ status: 'blocked', block: { reason: expect.stringContaining('refuses') } });
  });
});

describe('applying options of all brokers', () => {
  test('sets the dynamic default, seen on every broker', async () => {
    const cluster = new MemoryCluster();
    const desired = desiredOf({
      brokerOptions: [{ option: 'message.max.bytes', value: '2000000', update: 'cluster-wide', path: 'kafka.config' }],
    });
    const report = await converge(cluster, desired);
    expect(report).toMatchObject({ counts: { done: 1 }, visible: true, remaining: [] });
    expect(cluster.snapshot().brokerConfig.cluster).toMatchObject({ 'message.max.bytes': '2000000' });
  });
});

describe('applying connectors', () => {
  const connectors = (config: Record<string, string>): DesiredState['connectors'] => [
    { name: 'orders', config, state: 'running', path: 'connect.connectors.orders' },
  ];
  const plugins = [{ className: 'Source', type: 'source' as const, required: ['topic'] }];

  test('puts them, once Connect has checked them', async () => {
    const cluster = new MemoryCluster();
    const connect = new MemoryConnectWorkers({ plugins });
    const ports = portsOf(cluster, { connect });
    const desired = desiredOf({ connectors: connectors({ 'connector.class': 'Source', topic: 'orders' }) });
    const report = await converge(cluster, desired, { ports });
    expect(report).toMatchObject({ counts: { done: 1 }, remaining: [] });
    expect(connect.changes).toEqual(['put orders']);
  });

  test('blocks one that Connect would refuse', async () => {
    const ports = portsOf(new MemoryCluster(), { connect: new MemoryConnectWorkers({ plugins }) });
    const plan = await makePlan(ports, desiredOf({ connectors: connectors({ 'connector.class': 'Source' }) }));
    expect(plan.changes[0]).toMatchObject({ status: 'blocked', block: { reason: expect.stringContaining('topic') } });
  });

  test('fails for one whose task fails', async () => {
    const cluster = new MemoryCluster();
    const connect = new MemoryConnectWorkers({ plugins, fails: () => 'no such database' });
    const desired = desiredOf({ connectors: connectors({ 'connector.class': 'Source', topic: 'orders' }) });
    const report = await converge(cluster, desired, { ports: portsOf(cluster, { connect }) });
    expect(report.counts.failed).toBe(1);
    expect(report.changes[0]).toMatchObject({ error: expect.stringContaining('no such database') });
  });
});

describe('the time it takes', () => {
  test('is that of the clock it was given', async () => {
    const clock = fakeClock();
    const cluster = new MemoryCluster();
    cluster.setLag(10);
    const started = clock.now();
    const report = await converge(cluster, desiredOf({ access: access([allow('a', 't')]) }), {
      ports: portsOf(cluster, { clock }),
    });
    expect(report.startedAt).toBe(new Date(started).toISOString());
    expect(report.durationMs).toBe(clock.now() - started);
  });
});
