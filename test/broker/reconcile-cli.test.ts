import { readFileSync } from 'node:fs';
import { connectAdmin, type Acl, type KafkaClient } from '../../lib/admin';
import { localAdminAccess, localRoot } from '../../lib/local';
import { nodeProcesses } from '../../lib/local/node-processes';
import { openEnvironment } from '../../lib/environment/open';
import { freePorts } from '../support/free-ports';
import { TemporaryProject, type Ran } from '../support/kdk';

const environment = (name: string, first: number, more: string): string => `name: ${name}
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { apps: { authentication: scram-sha-512 } }
targets: { local: { ports: { first: ${first} }, heap: 320MiB } }
${more}`;

const SHOP = `topicDefaults: { partitions: 2, replicationFactor: 1, minInSyncReplicas: 1, retention: { time: 30d } }
topics:
  orders: {}
  clicks: { cleanupPolicy: [compact] }
principals:
  checkout: { listener: apps, produce: { topics: [orders], transactionalIds: [checkout-*] } }
  billing: { listener: apps, consume: { topics: [orders], groups: [billing] }, quota: { consumerByteRate: 20MiB/s } }
`;

const HALF_A_DAY_MS = 43_200_000;

/** Desired state from a file to a cluster and back, as an operator does it; one node with log-ins, and a second cluster to restore to. */
describe('kdk and the desired state of a cluster', () => {
  const project = new TemporaryProject();
  const began = Date.now() - 26 * 2 * HALF_A_DAY_MS;
  let ports: number;

  beforeAll(async () => {
    ports = await freePorts(6);
    write(SHOP);
    project.write('environments/standby.yaml', environment('standby', ports + 3, ''));
    const up = await project.kdk(['up', 'shop']);
    if (up.status !== 0) throw new Error(up.stderr);
    await withAdmin(async (client) => {
      const records = Array.from({ length: 50 }, (_, index) => ({
        key: `${index}`,
        value: 'x',
        timestampMs: began + index * HALF_A_DAY_MS,
      }));
      for (const partition of [0, 1]) await client.produce({ topic: 'orders', partition, records, acks: 'all' });
    });
  }, 240_000);
  afterAll(() => {
    for (const name of ['shop', 'standby'])
      for (const { node } of nodeProcesses(localRoot(project.folder, name)).values())
        if (node !== undefined) process.kill(node.pid, 'SIGKILL');
    project.remove();
  });

  const write = (more: string): void => project.write('environments/shop.yaml', environment('shop', ports, more));
  const json = (ran: Ran) => JSON.parse(ran.stdout);

  async function withAdmin<T>(action: (client: KafkaClient) => Promise<T>): Promise<T> {
    const root = localRoot(project.folder, 'shop');
    const { model } = openEnvironment({
      path: project.path('environments/shop.yaml'),
      read: (path) => readFileSync(path, 'utf8'),
      localRoot: root,
    });
    const client = await connectAdmin(localAdminAccess(model!, root));
    try {
      return await action(client);
    } finally {
      await client.close();
    }
  }

  test('up makes everything that is declared, so that the first plan is empty', async () => {
    const plan = await project.kdk(['plan', 'shop', '--fail-on-changes']);
    expect(plan).toMatchObject({ status: 0, stdout: 'no changes: shop is as declared\n' });
  });

  test('a dangerous edit is held, with the entry that lets it through; nothing is done before', async () => {
    write(`${SHOP.replace('time: 30d', 'time: 7d')}`.replace('  clicks:', '  events: {}\n  clicks:'));
    const plan = await project.kdk(['plan', 'shop', '--markdown', 'plan.md', '--fail-on-changes']);
    expect(plan.status).toBe(4);
    expect(plan.stdout).toMatch(/acknowledge:\n.*code: TOPIC-RETENTION-CUT/);
    expect(readFileSync(project.path('plan.md'), 'utf8')).toContain('## Plan for shop');
    const apply = await project.kdk(['apply', 'shop']);
    expect(apply.status).toBe(1);
    expect(apply.stdout).toContain('TOPIC-RETENTION-CUT');
    expect(apply.stderr).toMatch(/error PLAN-HELD .*topicDefaults\.retention\.time/);
    expect(await withAdmin((client) => client.describeTopics(['events']))).toEqual([]);
  });

  test('an acknowledged plan is carried out as it was read, once', async () => {
    const entry =
      "{ code: TOPIC-RETENTION-CUT, path: topicDefaults.retention.time, from: 30d, to: 7d, reason: 'OPS-1' }";
    const edited = SHOP.replace('time: 30d', 'time: 7d').replace('  clicks:', '  events: {}\n  clicks:');
    write(`${edited}acknowledge: [${entry}]\n`);
    expect(await project.kdk(['plan', 'shop', '--out', 'plan.json'])).toMatchObject({ status: 0 });
    const apply = await project.kdk(['apply', 'plan.json', '--evidence', 'evidence.json']);
    expect(apply).toMatchObject({ status: 0, stdout: expect.stringMatching(/shop: 2 changes done in/) });
    expect(JSON.parse(readFileSync(project.path('evidence.json'), 'utf8'))).toMatchObject({
      kind: 'apply',
      environment: 'shop',
      succeeded: true,
      counts: { done: 2, failed: 0 },
    });
    const again = await project.kdk(['apply', 'shop', '--plan', 'plan.json']);
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('error PLAN-STALE') });
    const plan = await project.kdk(['plan', 'shop', '--json']);
    expect(plan.status).toBe(0);
    expect(json(plan)).toMatchObject({ command: 'plan', result: { plan: { changes: [] } } });
    expect(json(plan).issues).toContainEqual(expect.objectContaining({ code: 'ACKNOWLEDGEMENT-UNUSED' }));
    write(edited);
  });

  test('the rights of every principal are proved by log-ins, and one too many is found', async () => {
    const fine = await project.kdk(['verify', 'shop', '--access']);
    expect(fine.status).toBe(0);
    expect(fine.stdout).toMatch(
      /ok ACCESS-TRIED User:checkout: let through: write to orders, .*refused: write to events/,
    );
    expect(fine.stdout).toMatch(/ok ACCESS-TRIED User:billing: let through: read orders; refused: .*read events/);
    const extra: Acl = {
      principal: 'User:billing',
      host: '*',
      resourceType: 'topic',
      resourceName: 'clicks',
      pattern: 'literal',
      operation: 'write',
      permission: 'allow',
    };
    await withAdmin((client) => client.createAcls([extra]));
    const wrong = await project.kdk(['verify', 'shop', '--access']);
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(
      /error ACCESS-DENIED User:billing: may also write topic clicks, describe topic clicks/,
    );
    const plan = await project.kdk(['plan', 'shop', '--json']);
    expect(json(plan).result.plan.changes).toMatchObject([{ code: 'ACL-DELETE', status: 'held' }]);
    await withAdmin((client) => client.deleteAcls([extra]));
  });

  test('a group goes on from where it is told to, once nobody is in it', async () => {
    const tenth = new Date(began + 10 * HALF_A_DAY_MS).toISOString();
    const reset = ['offsets', 'reset', 'shop', '--group', 'billing', '--topic', 'orders'];
    const planned = await project.kdk([...reset, '--to', tenth]);
    expect(planned).toMatchObject({ status: 0, stdout: expect.stringContaining('add --execute') });
    expect(planned.stderr).toContain('warning GROUP-NEW');
    expect(await project.kdk([...reset, '--to', tenth, '--execute'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('orders-1: none -> 10\nbilling was set in 2 partitions'),
    });
    const back = await project.kdk([...reset, '--to', '-4', '--execute']);
    expect(back.stdout).toContain('8 records will be read again');
    const groups = await project.kdk(['offsets', 'shop', '--json']);
    expect(json(groups).result.groups).toMatchObject([{ group: 'billing', lag: 88, topics: [{ topic: 'orders' }] }]);
  });

  test('the file of a running cluster plans nothing, also of topics that somebody made by hand', async () => {
    const placement = { partitions: 4, replicationFactor: 1 };
    await withAdmin((client) =>
      client.createTopics([{ name: 'foreign', placement, config: {} }], { validateOnly: false }),
    );
    const root = localRoot(project.folder, 'shop');
    const { model } = openEnvironment({
      path: project.path('environments/shop.yaml'),
      read: (path) => readFileSync(path, 'utf8'),
      localRoot: root,
    });
    const { bootstrapServers, sasl } = localAdminAccess(model!, root);
    project.write(
      'admin.properties',
      `bootstrap.servers=${bootstrapServers.join()}
security.protocol=SASL_PLAINTEXT
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="${sasl!.username}" password="${sasl!.password}";
`,
    );
    const reach = ['--command-config', 'admin.properties'];
    const imported = await project.kdk(['import', '--name', 'taken', '--target', 'local', ...reach]);
    expect(imported).toMatchObject({ status: 0, stdout: expect.stringContaining('the first plan of taken is empty') });
    const text = readFileSync(project.path('environments/taken.yaml'), 'utf8');
    expect(text).toContain('produce: { topics: [ orders ], transactionalIds: [ checkout-* ] }');
    expect(await project.kdk(['validate', 'taken'])).toMatchObject({ status: 0 });
    const plan = await project.kdk(['plan', 'taken', '--fail-on-changes', ...reach]);
    // Nobody tried the passwords, since the file does not say where its listener is; and the defaults of brokers are told.
    expect(plan).toMatchObject({ status: 0, stdout: 'no changes: taken is as declared, but for 2 findings\n' });
  });

  test('a backup makes the cluster again elsewhere, and a second time finds it there', async () => {
    const exported = await project.kdk(['export', 'shop', '--out', 'backup.json']);
    expect(exported).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/4 topics, 8 ACLs, 1 quota, 2 users, 1 group/),
    });
    expect((await project.kdk(['up', 'standby'])).status).toBe(0);
    const secrets = ['--secrets', '.kdk/shop/secrets'];
    const restored = await project.kdk(['restore', 'backup.json', 'standby', ...secrets, '--json']);
    expect(restored.status).toBe(0);
    expect(json(restored).result).toMatchObject({
      made: { topics: 4, acls: 8, quotas: 1, users: 2 },
      groups: ['billing'],
      usersWithoutPassword: [],
    });
    const again = await project.kdk(['restore', 'backup.json', 'standby', ...secrets, '--json']);
    expect(json(again).result).toMatchObject({ made: { topics: 0, acls: 0, quotas: 0, users: 0 } });
  }, 240_000);
});
