import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAdmin, type ConnectOptions, type KafkaClient } from '../../lib/admin';
import { mskIamLogIn } from '../../lib/admin/adapters/aws/msk-iam-token';
import { startIamNode, type IamNode } from '../support/iam-listener/iam-node';
import { CdkApp } from '../support/ministack/cdk-app';
import { FAKE_ALARM_TYPES } from '../support/ministack/fake-alarm-types';
import { FakeResources } from '../support/ministack/fake-resources';
import { fakeMskTypes } from '../support/ministack/fake-msk-types';
import { Mailbox } from '../support/ministack/mailbox';
import { Ministack } from '../support/ministack/ministack';
import { FakeMsk } from '../support/msk-control-plane';

const MINUTES = 60_000;
jest.setTimeout(3 * MINUTES);
const ACCOUNT = '000000000000';
const REGION = 'eu-west-1';
/** Id and secret of the access key of clients. */
const CLIENT = 'ministack';
const folder = mkdtempSync(join(tmpdir(), 'kdk-deploy-'));
const environmentFile = join(folder, 'shop.yaml');

let kafka: IamNode;
let admin: KafkaClient;
let msk: FakeMsk;
let resources: FakeResources;
let aws: Ministack;
let app: CdkApp;

const ENVIRONMENT = `
name: shop
target: msk
kafka: { version: '4.1' }
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 100GiB }] } }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners:
  internal: { authentication: iam }
  vendors: { authentication: scram-sha-512 }
topicDefaults: { partitions: 3, replicationFactor: 3, minInSyncReplicas: 2 }
topics:
  orders: { retention: { time: 30d } }
  prices: {}
principals:
  checkout: { listener: internal, iamRole: checkout, produce: { topics: [orders] } }
  acme: { listener: vendors, consume: { topics: [prices], groups: ['acme-*'] }, quota: { consumerByteRate: 20MiB/s } }
monitoring: { notify: { critical: create }, lag: { acme-reports: { maxTimeLag: 5m } } }
aws: { account: '${ACCOUNT}', region: ${REGION} }
targets: { msk: { instanceType: kafka.m7g.large, topicsManagedBy: cloudformation } }
`;

beforeAll(async () => {
  kafka = await startIamNode(folder);
  admin = await connected(() => connectAdmin({ bootstrapServers: kafka.node.servers() }));
  msk = await FakeMsk.start();
  const bootstrap = { BootstrapBrokerStringSaslIam: kafka.bootstrapServers };
  resources = await FakeResources.start({
    ...fakeMskTypes({ msk, kafka: admin, bootstrap }),
    ...FAKE_ALARM_TYPES,
  });
  aws = await Ministack.start({
    region: REGION,
    resources,
    env: { AWS_ENDPOINT_URL_KAFKA: msk.url, NODE_EXTRA_CA_CERTS: kafka.authorityFile },
  });
  writeFileSync(environmentFile, ENVIRONMENT);
  const env = { AWS_ENDPOINT_URL_KAFKA: msk.url };
  app = new CdkApp({ aws, region: REGION, folder, environmentFile, stack: 'shop', env });
}, 5 * MINUTES);

afterAll(async () => {
  await aws?.stop();
  await resources?.stop();
  await msk?.stop();
  await admin?.close();
  await kafka?.node.stop();
  rmSync(folder, { recursive: true, force: true });
}, MINUTES);

async function connected(connect: () => Promise<KafkaClient>): Promise<KafkaClient> {
  for (const end = Date.now() + MINUTES; ; await sleep(200)) {
    try {
      return await connect();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

async function listener(): Promise<Pick<ConnectOptions, 'bootstrapServers' | 'tls'>> {
  const [servers] = Object.entries(await app.outputs())
    .filter(([name]) => name.startsWith('KafkaBootstrapServersinternal'))
    .map(([, value]) => value);
  return { bootstrapServers: servers!.split(','), tls: { ca: kafka.authority } };
}

/** A client that knows no more than the outputs of the stack, who it is in AWS, and which authority to trust. */
async function clientOfOutputs(): Promise<KafkaClient> {
  const credentials = () => Promise.resolve({ accessKeyId: CLIENT, secretAccessKey: CLIENT });
  return connectAdmin({ ...(await listener()), sasl: mskIamLogIn({ region: REGION, credentials }) });
}

describe('an environment deployed by the CDK to ministack, Amazon MSK being a fake whose brokers are a real Kafka', () => {
  test('cdk bootstrap prepares the account', async () => {
    expect(await app.done('bootstrap', `aws://${ACCOUNT}/${REGION}`)).toContain('bootstrapped');
    await app.makeRole('checkout');
  });

  test('cdk deploy makes it', async () => {
    await app.deploy();
    expect(Object.keys(await app.outputs()).map((name) => name.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'KafkaAlarmTopiccriticalArn',
      'KafkaClusterArn',
      'KafkaBootstrapServersinternal',
      'KafkaBootstrapServersvendors',
    ]);
    const [cluster] = msk.clusters.values();
    expect(cluster).toMatchObject({ name: 'shop', authentications: ['iam', 'scram-sha-512'] });
    expect(cluster!.secrets.size).toBe(1);
  });

  test('its output names a real Kafka, with which a client with IAM produces and consumes', async () => {
    const client = await clientOfOutputs();
    try {
      const record = { key: 'k', value: 'first order', timestampMs: 1 };
      expect(await client.produce({ topic: 'orders', partition: 0, records: [record], acks: 'all' })).toEqual({
        baseOffset: 0,
      });
      const [read] = await client.fetch('orders', new Map([[0, 0]]));
      expect(read!.records).toEqual([{ ...record, offset: 0 }]);
    } finally {
      await client.close();
    }
  });

  test('fails to let in a client whose token is no longer good', async () => {
    const signed = `X-Amz-Credential=${CLIENT}%2F20200101%2F${REGION}%2Fkafka-cluster%2Faws4_request&X-Amz-Date=20200101T000000Z`;
    const url = `https://kafka.${REGION}.amazonaws.com/?Action=kafka-cluster%3AConnect&${signed}&X-Amz-Expires=900&X-Amz-Signature=${'0'.repeat(64)}`;
    const token = (): Promise<string> => Promise.resolve(Buffer.from(url).toString('base64url'));
    await expect(connectAdmin({ ...(await listener()), sasl: { mechanism: 'OAUTHBEARER', token } })).rejects.toThrow();
  });

  test('the reconciler, a function run by ministack, logged in with IAM and made the ACLs and the quota of a user', async () => {
    const acls = (await admin.describeAcls()).filter(({ principal }) => principal === 'User:acme');
    expect(acls.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['describe', 'read']));
    expect(JSON.stringify(await admin.describeQuotas())).toContain('acme');
  });

  test('its alarms are in CloudWatch, and a page tells whom the stack names', async () => {
    const names = resources.ofType('AWS::CloudWatch::Alarm').map(({ physicalId }) => physicalId);
    expect(names).toEqual(
      expect.arrayContaining(['shop-offline-partitions', 'shop-disk-full', 'shop-group-late-acme-reports-time']),
    );
    const [, topic] = Object.entries(await app.outputs()).find(([name]) => name.startsWith('KafkaAlarmTopiccritical'))!;
    const mailbox = await Mailbox.of(aws, topic);
    for (const StateValue of ['ALARM', 'OK']) {
      const state = { AlarmName: 'shop-offline-partitions', StateValue, StateReason: 'tried' };
      await aws.ask('monitoring', 'SetAlarmState', state);
    }
    expect(await mailbox.news()).toEqual(['shop-critical-data-safe ALARM', 'shop-critical-data-safe OK']);
  });

  test('a second deploy changes nothing', async () => {
    const before = resources.asked.length;
    expect(await app.deploy()).toContain('no changes');
    expect(resources.asked.slice(before)).toEqual([]);
  });

  test('cdk diff finds no difference', async () => {
    expect(await app.done('diff', '--fail')).toContain('Number of stacks with differences: 0');
  });

  test('a topic that is added is all that a deploy touches, beside what the reconciler is told', async () => {
    const before = resources.asked.length;
    writeFileSync(environmentFile, ENVIRONMENT.replace('  prices: {}', '  prices: {}\n  clicks: {}'));
    // Its role may read the one asset that says what is wanted, which is another one now.
    expect(await app.differences()).toEqual(['+ AWS::MSK::Topic', '~ AWS::IAM::Role', '~ Custom::KafkaReconciler']);
    await app.deploy();
    expect(resources.asked.slice(before)).toEqual([expect.stringMatching(/^create AWS::MSK::Topic .*clicks/)]);
    expect((await admin.listTopics()).map(({ name }) => name)).toContain('clicks');
  });

  test('fails to destroy it while its termination protection is on', async () => {
    const ran = await app.run('destroy', '--force');
    expect(ran.status).not.toBe(0);
    expect(ran.output).toMatch(/termination ?protection/i);
    expect(await app.outputs()).not.toEqual({});
  });

  test('without the protection cdk destroy leaves what holds data', async () => {
    await app.unprotect();
    await app.done('destroy', '--force');
    await expect(app.outputs()).rejects.toThrow(/does not exist/);
    const left = [...resources.resources.values()].map(({ type }) => type);
    const topics = Array<string>(3).fill('AWS::MSK::Topic');
    expect(left.sort()).toEqual(['AWS::MSK::Cluster', 'AWS::MSK::Configuration', ...topics]);
    expect((await admin.listTopics()).map(({ name }) => name)).toEqual(expect.arrayContaining(['orders', 'clicks']));
    expect(JSON.stringify(await admin.describeAcls())).toContain('acme');
  });
});
