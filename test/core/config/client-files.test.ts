import { clientFiles, connectWorkerProperties, defaultClientFiles } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { readFileSync } from 'node:fs';
import { modelOfFile, modelOfText } from '../../support/environments';

function filesOf(model: EnvironmentModel, principal: string): Map<string, string> {
  const found = model.principals.find(({ name }) => name === principal)!;
  return new Map(clientFiles(model, found, 'b1:9092,b2:9092').map(({ path, content }) => [path, content]));
}

const readEnvironment = (name: string): string => readFileSync(`environments/${name}.yaml`, 'utf8');

const settings = (content: string): string[] =>
  content.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('files of a client', () => {
  test('a producer: batches, zstd, every acknowledged record safe', () => {
    const files = filesOf(modelOfFile('dc1'), 'checkout');
    expect([...files.keys()]).toEqual([
      'checkout/client.properties',
      'checkout/producer.properties',
      'checkout/client.env',
    ]);
    expect(settings(files.get('checkout/producer.properties')!).slice(-5)).toEqual([
      'acks=all',
      'enable.idempotence=true',
      'linger.ms=20',
      'batch.size=131072',
      'compression.type=zstd',
    ]);
    expect(files.get('checkout/client.env')).toBe(
      'KAFKA_BOOTSTRAP_SERVERS=b1:9092,b2:9092\nKAFKA_SECURITY_PROTOCOL=SASL_SSL\nKAFKA_CLIENT_ID=checkout\nKAFKA_TRANSACTIONAL_ID_PREFIX=checkout-\n',
    );
  });

  test('a consumer: its group, its rack, no records of aborted transactions', () => {
    const consumer = filesOf(modelOfFile('dc1'), 'billing').get('billing/consumer.properties')!;
    expect(settings(consumer)).toEqual(
      expect.arrayContaining(['group.id=billing', 'client.rack=r2', 'isolation.level=read_committed']),
    );
  });

  test('a group that is granted by prefix is left to the program, which learns the prefix', () => {
    const files = filesOf(modelOfFile('prod'), 'acme');
    expect(files.get('acme/consumer.properties')).not.toContain('group.id');
    expect(files.get('acme/client.env')).toContain('KAFKA_GROUP_ID_PREFIX=acme-\n');
  });

  test('a password is a placeholder for the file that holds it', () => {
    const client = settings(filesOf(modelOfFile('dc1'), 'checkout').get('checkout/client.properties')!);
    expect(client).toContain('config.providers.dir.param.allowed.paths=/etc/kafka-client/secrets');
    expect(client).toContain(
      'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="checkout" password="${dir:/etc/kafka-client/secrets/checkout:password}";',
    );
    expect(client).toContain('ssl.truststore.location=/etc/kafka-client/tls/ca.crt');
  });

  test('a principal with several users logs in as the first that stays', () => {
    const users = 'users: { checkout-a: { deleted: { reason: rotated } }, checkout-b: {}, checkout-c: {} }';
    const model = modelOfText(`extends: ./dc1.yaml\nprincipals: { checkout: { ${users} } }\n`, {
      files: Object.fromEntries(['dc1', 'base'].map((name) => [`${name}.yaml`, readEnvironment(name)])),
    });
    const client = settings(filesOf(model, 'checkout').get('checkout/client.properties')!);
    expect(client).toContain('client.id=checkout');
    expect(client.find((line) => line.startsWith('sasl.jaas.config='))).toContain(
      'username="checkout-b" password="${dir:/etc/kafka-client/secrets/checkout-b:password}"',
    );
  });

  test('on Amazon MSK the role of the client speaks for it, and a public authority for the brokers', () => {
    const client = settings(filesOf(modelOfFile('prod'), 'billing').get('billing/client.properties')!);
    expect(client).toEqual([
      'bootstrap.servers=b1:9092,b2:9092',
      'client.id=billing',
      'security.protocol=SASL_SSL',
      'sasl.mechanism=AWS_MSK_IAM',
      'sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;',
      'sasl.client.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler',
    ]);
  });

  test('on loopback nothing is asked for', () => {
    expect(settings(filesOf(modelOfFile('local'), 'billing').get('billing/client.properties')!)).toEqual([
      'bootstrap.servers=b1:9092,b2:9092',
      'client.id=billing',
      'security.protocol=PLAINTEXT',
    ]);
  });
});

describe('worker.properties of Connect', () => {
  const staging = modelOfFile('staging');
  const worker = settings(
    connectWorkerProperties(staging, {
      bootstrapServers: 'b1:9092',
      advertisedHost: 'worker-0',
      restPort: 8083,
      pluginPath: '/opt/plugins',
      files: { ...defaultClientFiles(staging), secretsDir: '/run/secrets' },
      rack: 'eu-west-1a',
    }),
  );

  test('sources are exactly once, and what the workers keep in Kafka is as safe as data', () => {
    expect(worker).toEqual(
      expect.arrayContaining([
        'group.id=staging-connect',
        'exactly.once.source.support=enabled',
        'config.storage.replication.factor=3',
        'offset.storage.replication.factor=3',
        'status.storage.replication.factor=3',
        'plugin.path=/opt/plugins',
        'consumer.isolation.level=read_committed',
        'consumer.client.rack=eu-west-1a',
      ]),
    );
  });

  test('the worker and the clients of its connectors log in by the same reference', () => {
    const login = (prefix: string): string | undefined =>
      worker.find((line) => line.startsWith(`${prefix}sasl.jaas.config=`));
    expect(login('')).toContain('username="staging-connect" password="${dir:/run/secrets/staging-connect:password}"');
    for (const client of ['producer.', 'consumer.', 'admin.']) expect(login(client)).toBe(`${client}${login('')}`);
  });

  test('what the environment says of the workers replaces what the kit says, and no option is written twice', () => {
    const config = { 'plugin.discovery': 'hybrid_warn', 'offset.flush.interval.ms': 5000 };
    const lines = settings(
      connectWorkerProperties(
        { ...staging, spec: { ...staging.spec, connect: { ...staging.spec.connect, config } } },
        {
          bootstrapServers: 'b1:9092',
          advertisedHost: 'worker-0',
          restPort: 8083,
          files: defaultClientFiles(staging),
        },
      ),
    );
    expect(lines.slice(-2)).toEqual(['offset.flush.interval.ms=5000', 'plugin.discovery=hybrid_warn']);
    const names = lines.map((line) => line.split('=')[0]);
    expect(names.length).toBe(new Set(names).size);
  });
});
