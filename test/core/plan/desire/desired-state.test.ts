import { connectorFiles } from '../../../../charts/private/connect-files';
import { desiredState } from '../../../../lib/core/plan/desire';
import { desiredHash } from '../../../../lib/core/plan/fingerprint';
import { modelOfFile, modelOfText } from '../../../support/environments';
import { BASES } from '../../../support/rule-cases';
import { desiredOf } from '../desired-of';

describe('topics that are wanted', () => {
  test('say where each value is written: at the topic, in the defaults, or nowhere', () => {
    const { topics } = desiredOf(
      'kubernetes',
      `topicDefaults: { partitions: 6, minInSyncReplicas: 1, retention: { time: 3d }, config: { compression.type: zstd, segment.ms: 3600000 } }
topics:
  orders: { partitions: 12, cleanupPolicy: [delete], retention: { bytesPerPartition: 2GiB }, config: { segment.ms: 7200000 } }
  shop.clicks: { replicationFactor: 3, minInSyncReplicas: 2, retention: { time: 1d } }`,
    );
    expect(topics.map(({ name, paths }) => [name, paths])).toEqual([
      [
        'orders',
        {
          partitions: 'topics.orders.partitions',
          'cleanup.policy': 'topics.orders.cleanupPolicy',
          'compression.type': 'topicDefaults.config["compression.type"]',
          'min.insync.replicas': 'topicDefaults.minInSyncReplicas',
          'retention.bytes': 'topics.orders.retention.bytesPerPartition',
          'retention.ms': 'topicDefaults.retention.time',
          'segment.ms': 'topics.orders.config["segment.ms"]',
        },
      ],
      [
        'shop.clicks',
        {
          partitions: 'topicDefaults.partitions',
          replicationFactor: 'topics["shop.clicks"].replicationFactor',
          'compression.type': 'topicDefaults.config["compression.type"]',
          'min.insync.replicas': 'topics["shop.clicks"].minInSyncReplicas',
          'retention.ms': 'topics["shop.clicks"].retention.time',
          'segment.ms': 'topicDefaults.config["segment.ms"]',
        },
      ],
    ]);
  });

  test('are in the order of their names, tombstones beside them', () => {
    const { topics, deletedTopics } = desiredOf(
      'kubernetes',
      'topics: { b: {}, a: {}, old: { deleted: { reason: replaced by a } } }',
    );
    expect(topics.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(deletedTopics).toEqual([{ name: 'old', reason: 'replaced by a', path: 'topics.old.deleted' }]);
  });

  test('belong to CloudFormation on Amazon MSK unless the environment says otherwise', () => {
    expect(desiredOf('msk', '').topicsManagedBy).toBe('cloudformation');
    expect(desiredOf('msk', 'targets: { msk: { topicsManagedBy: cloudformation } }').topicsManagedBy).toBe(
      'cloudformation',
    );
    expect(desiredOf('serverless', '').topicsManagedBy).toBe('reconciler');
    expect(desiredOf('ec2', '').topicsManagedBy).toBe('reconciler');
  });
});

describe('users that are wanted', () => {
  test('are the log-ins of principals with SCRAM, and tombstones', () => {
    const { users } = desiredOf(
      'kubernetes',
      `reconcile: { scramIterations: 10000 }
secrets: { vault: { id: vault } }
listeners: { internal: { authentication: scram-sha-512 }, tls: { authentication: mtls } }
principals:
  b: { listener: internal, password: { secret: vault, key: b } }
  a: { listener: internal, users: { a-1: { password: { secret: vault, key: a1 } }, a-2: {}, a-0: { deleted: { reason: rotated } } } }
  c: { listener: tls }
  d: { deleted: { reason: shut down } }`,
    );
    expect(users).toEqual({
      mechanism: 'SCRAM-SHA-512',
      iterations: 10000,
      users: [
        { name: 'a-1', secret: { secret: 'vault', key: 'a1' }, path: 'principals.a.users.a-1' },
        { name: 'a-2', secret: { secret: 'a-2', key: 'password' }, path: 'principals.a.users.a-2' },
        { name: 'b', secret: { secret: 'vault', key: 'b' }, path: 'principals.b' },
      ],
      deleted: [
        { name: 'a-0', reason: 'rotated', path: 'principals.a.users.a-0.deleted' },
        { name: 'd', reason: 'shut down', path: 'principals.d.deleted' },
      ],
    });
  });

  test('are absent without SCRAM', () => {
    expect(desiredOf('local', 'principals: { a: { listener: internal } }').users).toBeUndefined();
  });
});

describe('quotas that are wanted', () => {
  test('are those of each user of a principal, of clients and of addresses', () => {
    const { quotas } = desiredOf(
      'kubernetes',
      `principals:
  a: { listener: internal, users: { a-1: {}, a-2: {} }, quota: { producerByteRate: 1MiB/s, requestPercentage: 50 } }
  gone: { deleted: { reason: shut down } }
quotas:
  defaultUser: { consumerByteRate: 5MiB/s }
  defaultClient: { controllerMutationRate: 10 }
  defaultAddress: { connectionCreationRate: 20 }
  clients: { reports: { producerByteRate: 2MiB/s }, old: { deleted: { reason: gone } } }
  addresses: { 10.0.0.7: { connectionCreationRate: 5 }, 10.0.0.8: { deleted: { reason: gone too } } }`,
    );
    expect(quotas!.quotas).toEqual([
      ...['a-1', 'a-2'].map((user) => ({
        entity: { user },
        values: { producer_byte_rate: 1048576, request_percentage: 50 },
        path: 'principals.a.quota',
      })),
      { entity: { clientId: 'reports' }, values: { producer_byte_rate: 2097152 }, path: 'quotas.clients.reports' },
      { entity: { ip: '10.0.0.7' }, values: { connection_creation_rate: 5 }, path: 'quotas.addresses["10.0.0.7"]' },
      { entity: { ip: null }, values: { connection_creation_rate: 20 }, path: 'quotas.defaultAddress' },
      { entity: { clientId: null }, values: { controller_mutation_rate: 10 }, path: 'quotas.defaultClient' },
      { entity: { user: null }, values: { consumer_byte_rate: 5242880 }, path: 'quotas.defaultUser' },
    ]);
    expect(quotas!.deleted).toEqual([
      { entity: { user: 'gone' }, reason: 'shut down', path: 'principals.gone.deleted' },
      { entity: { clientId: 'old' }, reason: 'gone', path: 'quotas.clients.old.deleted' },
      { entity: { ip: '10.0.0.8' }, reason: 'gone too', path: 'quotas.addresses["10.0.0.8"].deleted' },
    ]);
  });

  test('of principals that Kafka cannot tell apart are left out', () => {
    const quota = 'principals: { a: { listener: internal, quota: { producerByteRate: 1MiB/s } } }';
    expect(desiredOf('local', quota).quotas).toEqual({ quotas: [], deleted: [] });
  });

  test('are absent on Amazon MSK Serverless', () => {
    expect(desiredOf('serverless', '').quotas).toBeUndefined();
  });
});

describe('options of brokers that are wanted', () => {
  test('say how they can change; what only controllers or a pool of brokers have is left out', () => {
    const { brokerOptions } = desiredOf(
      'kubernetes',
      `kafka: { config: { num.io.threads: 16, num.partitions: 3, log.retention.ms: 86400000 } }
nodePools: { brokers: { config: { num.network.threads: 5, log.retention.ms: 3600000 } } }`,
    );
    const of = (option: string) => brokerOptions!.find((one) => one.option === option);
    expect(of('num.io.threads')).toEqual({
      option: 'num.io.threads',
      value: '16',
      update: 'cluster-wide',
      path: 'kafka.config["num.io.threads"]',
    });
    expect(of('num.partitions')!.update).toBe('read-only');
    expect(of('log.retention.ms')).toBeUndefined();
    expect(of('controller.quorum.auto.join.enable')).toBeUndefined();
  });

  test('are absent where a service keeps them', () => {
    expect(desiredOf('msk', '').brokerOptions).toBeUndefined();
  });
});

describe('connectors that are wanted', () => {
  test('are what the Kubernetes target renders for the workers, byte for byte', () => {
    const model = modelOfFile('staging');
    const rendered = Object.values(connectorFiles(model)).map((text) => JSON.parse(text) as { config: unknown });
    expect(desiredState(model).connectors!.map(({ config }) => config)).toEqual(rendered.map(({ config }) => config));
  });

  test('hold placeholders of secrets', () => {
    const { connectors } = desiredState(modelOfFile('staging'));
    expect(connectors![0]!.config['database.password']).toBe('${dir:/etc/kafka/connect-secrets/orders-db:password}');
  });

  test('are absent where MSK Connect runs them', () => {
    expect(desiredState(modelOfFile('prod')).connectors).toBeUndefined();
  });
});

describe('a desired state', () => {
  test('is the same bytes for the same environment, and keeps through JSON', () => {
    const [first, second] = [desiredState(modelOfFile('staging')), desiredState(modelOfFile('staging'))];
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    expect(desiredHash(JSON.parse(JSON.stringify(first)) as typeof first)).toBe(desiredHash(second));
    expect(desiredHash(first)).toMatch(/^[0-9a-f]{32}$/);
  });

  test('does not depend on the order in a file', () => {
    const principals = [
      'a: { listener: internal, consume: { topics: [x], groups: [g] } }',
      'b: { listener: internal, produce: { topics: [x, y] } }',
    ];
    const of = (order: string[]) =>
      desiredOf('kubernetes', `topics: { x: {}, y: {} }\nprincipals: { ${order.join(', ')} }`);
    expect(of(principals)).toEqual(of([...principals].reverse()));
  });

  test('names the cluster where the kit chooses its id', () => {
    expect(desiredOf('kubernetes', '').clusterId).toMatch(/^[\w-]{22}$/);
    expect(desiredOf('msk', '').clusterId).toBeUndefined();
  });

  test('keeps acknowledgements as texts with their place', () => {
    const { acknowledgements } = desiredOf(
      'kubernetes',
      'acknowledge: [{ code: TOPIC-PARTITIONS, path: topics.a.partitions, from: 3, to: 6, reason: OPS-1 }]',
    );
    expect(acknowledgements).toEqual([
      {
        code: 'TOPIC-PARTITIONS',
        path: 'topics.a.partitions',
        from: '3',
        to: '6',
        reason: 'OPS-1',
        at: 'acknowledge[0]',
      },
    ]);
  });

  test('of a file that adds to the cluster of another is topics and principals alone', () => {
    const desired = desiredState({
      ...modelOfText(
        `extends: ./base.yaml
topics: { shop.orders: {} }
principals: { shop: { listener: internal, produce: { topics: [shop.orders] }, quota: { producerByteRate: 1MiB/s } } }
quotas: { defaultUser: { producerByteRate: 9MiB/s } }
connect: { connectors: { c: { class: org.apache.kafka.connect.mirror.MirrorSourceConnector } } }`,
        { files: { 'base.yaml': BASES.kubernetes } },
      ),
      owner: 'shop',
      owns: { topics: ['shop.*'], principals: ['shop*'] },
    });
    expect(desired).toMatchObject({
      environment: 'k8s',
      owner: 'shop',
      owns: { topics: ['shop.*'], principals: ['shop*'] },
    });
    expect(desired.brokerOptions).toBeUndefined();
    expect(desired.connectors).toBeUndefined();
    expect(desired.quotas!.quotas.map(({ entity }) => entity)).toEqual([{ user: 'shop' }]);
    expect(desired.users!.users.map(({ name }) => name)).toEqual(['shop']);
    expect(desired.access!.principals.map(({ principal }) => principal)).toEqual(['User:shop']);
  });
});
