import * as fc from 'fast-check';
import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { aclKey, type Acl, type AclOperation } from '../../../lib/core/cluster';
import { hasErrors } from '../../../lib/core/issue';
import { desiredState } from '../../../lib/core/plan';
import { codes } from '../../support/environments';
import { acl, CONNECTION, imported, shop, topic, WRITE } from './live-shop';

const OPERATIONS: Readonly<Partial<Record<Acl['resourceType'], readonly AclOperation[]>>> = {
  topic: ['read', 'write', 'describe', 'create', 'all', 'alter-configs'],
  group: ['read', 'describe', 'delete', 'all'],
  'transactional-id': ['write', 'describe', 'all'],
  cluster: ['create', 'describe', 'alter', 'all'],
};
const PARTS = [
  fc.constantFrom('User:checkout', 'User:billing', 'User:edge', 'User:CN=edge,OU=x'),
  fc
    .constantFrom(
      ...['topic orders', 'topic or*', 'topic *', 'topic clicks', 'topic cl*', 'group billing', 'group b*', 'group *'],
      ...['transactional-id tx', 'transactional-id tx-*', 'cluster kafka-cluster'],
    )
    .chain((resource) =>
      fc.tuple(fc.constant(resource), fc.constantFrom(...OPERATIONS[resource.split(' ')[0] as Acl['resourceType']]!)),
    ),
  fc.constantFrom<Acl['permission']>('allow', 'allow', 'allow', 'deny'),
  fc.constantFrom('*', '*', '*', '10.0.0.7'),
] as const;

describe('the environment of a live cluster', () => {
  test('says in the words of the kit what is there', async () => {
    const { text, issues, findings } = await imported(await shop());
    expect(text).toBe(`# Cluster memory-cluster-000001A at b1:9092, Kafka 4.3, written by kdk import.
# Commit it; from then on what changes here changes the cluster with kdk plan and kdk apply. What it does not name is left alone.
name: shop
description: Read from a running cluster; what it says is so already
target: hosts
kafka:
  version: '4.3'
  clusterId: memory-cluster-000001A
  config:
    auto.create.topics.enable: true
    default.replication.factor: 1
    initial.broker.registration.timeout.ms: 60000
    min.insync.replicas: 1
nodePools:
  nodes: { roles: [ broker, controller ], replicas: 3 }
racks: [ a, b, c ]
listeners:
  plain: { authentication: none, encryption: none, port: 9092 }
  scram: { authentication: scram-sha-512 }
topicDefaults: { partitions: 6, replicationFactor: 3, minInSyncReplicas: 2, retention: { time: 7d } }
topics:
  clicks: { retention: { bytesPerPartition: 1000000B } }
  events: {}
  orders: { partitions: 12, retention: { time: 30d }, config: { compression.type: zstd } }
  profiles: { cleanupPolicy: [ compact ] }
principals:
  billing:
    listener: scram
    consume: { topics: [ orders ], groups: [ billing ] }
    acls: [ { cluster: true, operations: [ describe ], permission: deny, host: 10.0.0.7 } ]
    quota: { consumerByteRate: 20MiB/s }
  checkout:
    listener: scram
    produce: { topics: [ orders ], transactionalIds: [ checkout-* ] }
    acls: [ { topics: [ orders ], operations: [ create ] } ]
quotas: { defaultClient: { requestPercentage: 150 } }
reconcile: { scramIterations: 4096 }
targets:
  hosts:
    inventory:
      node-1: { address: kafka-1, nodePool: nodes, nodeId: 1, rack: a, logDirs: [ /var/lib/kafka/data ] }
      node-2: { address: kafka-2, nodePool: nodes, nodeId: 2, rack: b, logDirs: [ /var/lib/kafka/data ] }
      node-3: { address: kafka-3, nodePool: nodes, nodeId: 3, rack: c, logDirs: [ /var/lib/kafka/data ] }
`);
    expect(hasErrors(issues)).toBe(false);
    expect(findings).toEqual([]);
  });

  test('compiles to the very ACLs that were there, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(...PARTS), { maxLength: 25 }), async (drawn) => {
        const memory = await shop();
        const admin = memory.connect();
        const acls = drawn.map(([principal, [resource, operation], permission, host]) =>
          acl(principal, resource, operation, { permission, host }),
        );
        await admin.createAcls(acls);
        const { model } = await imported(memory);
        const wanted = desiredState(model!).access!.acls.map((entry) => aclKey(entry.acl));
        expect(wanted.sort()).toEqual((await admin.describeAcls()).map(aclKey).sort());
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  test('leaves out topics that no rule lets through, and with them who has rights on them', async () => {
    const memory = await shop();
    const admin = memory.connect();
    await admin.createTopics(
      [topic('tight', 1, { 'min.insync.replicas': '3' }), topic('instant', 1, { 'retention.ms': '0' })],
      WRITE,
    );
    await admin.createAcls([
      acl('User:billing', 'topic tight', 'read'),
      acl('User:billing', 'topic tight', 'describe'),
    ]);
    const { issues, findings, model } = await imported(memory);
    expect(hasErrors(issues)).toBe(false);
    expect(codes(findings)).toEqual([
      'IMPORT-TOPIC topics.instant',
      'IMPORT-TOPIC topics.tight',
      'IMPORT-REFUSED principals.billing.acls[1].topics[0]',
    ]);
    expect(model!.principals.map(({ name }) => name)).toEqual(['checkout']);
    expect(model!.topics.map(({ name }) => name)).toEqual(['clicks', 'events', 'orders', 'profiles']);
  });

  test('writes the defaults out where they are refused for all', async () => {
    const memory = new MemoryCluster();
    const tight = { 'min.insync.replicas': '3' };
    await memory
      .connect()
      .createTopics([topic('a', 1, tight), topic('b', 1, tight), topic('c', 1, { 'min.insync.replicas': '2' })], WRITE);
    const { issues, findings, model } = await imported(memory);
    expect(hasErrors(issues)).toBe(false);
    expect(codes(findings)).toEqual(['IMPORT-TOPIC topics.a', 'IMPORT-TOPIC topics.b']);
    expect(model!.topics.map(({ name }) => name)).toEqual(['c']);
  });

  test('takes in all of a principal or nothing', async () => {
    const memory = await shop();
    await memory
      .connect()
      .createAcls([
        acl('User:checkout', 'delegation-token t1', 'describe'),
        acl('User:*', 'topic orders', 'describe'),
        acl('Group:admins', 'topic orders', 'read'),
        acl('User:admin:shop', 'cluster kafka-cluster', 'all'),
      ]);
    const { findings, model } = await imported(memory);
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'IMPORT-PRINCIPAL a principal is not in the file, got User:*: it is of another type than User, or means everybody.',
      'IMPORT-PRINCIPAL a principal is not in the file, got Group:admins: it is of another type than User, or means everybody.',
      'IMPORT-PRINCIPAL a principal is not in the file, got User:checkout: it has an ACL on delegation-token.',
    ]);
    expect(model!.principals.map(({ name }) => name)).toEqual(['billing']);
  });

  test('gives certificates with other names a name and their common name', async () => {
    const memory = await shop();
    await memory
      .connect()
      .createAcls([
        acl('User:CN=billing,OU=shop', 'topic clicks', 'read'),
        acl('User:edge gateway', 'topic clicks', 'read'),
      ]);
    const { text, issues } = await imported(memory);
    expect(hasErrors(issues)).toBe(false);
    expect(text).toMatch(/^ {2}billing-2: \{ listener: mtls, commonName: ['"]?CN=billing,OU=shop/m);
    expect(text).toMatch(/^ {2}edge-gateway: \{ listener: mtls, commonName: edge gateway,/m);
  });

  test('does not know how others log in where the target has no certificates', async () => {
    const memory = await shop();
    await memory.connect().createAcls([acl('User:edge', 'topic clicks', 'read')]);
    const { findings, issues } = await imported(memory, { target: 'local' });
    expect(hasErrors(issues)).toBe(false);
    expect(findings).toContainEqual(expect.objectContaining({ message: expect.stringContaining('got User:edge: ') }));
  });

  test('of some topics owns those and the principals on them, and nothing that is for all', async () => {
    const memory = await shop();
    const { text, model } = await imported(memory, { topics: ['cl*', 'events'] });
    expect(text).toContain('owns: { topics: [ cl*, events ] }\n');
    expect(model!.topics.map(({ name }) => name)).toEqual(['clicks', 'events']);
    expect(model!.principals).toEqual([]);
    expect(text).not.toContain('quotas:');
    const orders = await imported(memory, { topics: ['orders'] });
    expect(orders.model!.principals.map(({ name }) => name)).toEqual(['billing', 'checkout']);
  });

  test('says what may not be seen', async () => {
    const memory = await shop();
    memory.deny('describe-acls');
    memory.deny('describe-quorum');
    const { findings, issues } = await imported(memory);
    expect(findings.map(({ message }) => message)).toEqual([
      'the quorum cannot be seen, got CLUSTER_AUTHORIZATION_FAILED; the file says nothing of it.',
      'the ACLs cannot be seen, got CLUSTER_AUTHORIZATION_FAILED; the file says nothing of it.',
    ]);
    expect(hasErrors(issues)).toBe(false);
  });

  test('says which quotas it cannot say', async () => {
    const memory = await shop();
    await memory.connect().alterQuotas(
      [
        { entity: { user: 'billing', clientId: 'app' }, set: { producer_byte_rate: 1024 }, remove: [] },
        { entity: { clientId: 'slow' }, set: { controller_mutation_rate: 0.5 }, remove: [] },
      ],
      WRITE,
    );
    const { findings } = await imported(memory);
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringContaining('got that of user billing with client app;'),
      expect.stringContaining('got that of client slow with {"controller_mutation_rate":0.5};'),
    ]);
  });

  test('of separate controllers and Amazon MSK says what it had to make up', async () => {
    const apart = new MemoryCluster({ controllers: [101, 102, 103] });
    const hosts = await imported(apart);
    expect(hosts.text).toMatch(/^ {6}controller-102:\n {8}address: controller-102.example\n.*\n.*\n {8}rack: b$/m);
    expect(codes(hosts.findings)).toEqual(['IMPORT-ASSUMED targets.hosts.inventory']);
    expect(hasErrors(hosts.issues)).toBe(false);
    const connection = { ...CONNECTION, authentication: 'iam', encrypted: true } as const;
    const msk = await imported(await shop(), { target: 'msk', region: 'eu-west-1', connection });
    expect(codes(msk.findings)).toEqual(['IMPORT-ASSUMED aws.account']);
    expect(codes(msk.issues.filter(({ level }) => level === 'error'))).toEqual([]);
    expect(msk.text).toContain("aws: { account: '000000000000', region: eu-west-1 }");
  });

  test('of a cluster without an authorizer has no principals with rights', async () => {
    const { model, issues } = await imported(new MemoryCluster({ authorizer: false }));
    expect(hasErrors(issues)).toBe(false);
    expect(model!.principals).toEqual([]);
  });
});
