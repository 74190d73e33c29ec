import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAdmin, type KafkaClient } from '../../lib/admin';
import { kafkaHome } from '../../lib/local/kafka-home';
import { NODE_METRICS } from '../../lib/core/ec2';
import { modelOfText } from '../support/environments';
import { DeployedNodes } from '../support/ec2-stand-in/deployed-nodes';
import { fakeEc2Types } from '../support/ec2-stand-in/fake-ec2-types';
import { eventually } from '../support/host-nodes';
import { AlarmJudge, type MetricLine } from '../support/ministack/alarm-judge';
import { CdkApp } from '../support/ministack/cdk-app';
import { FAKE_ALARM_TYPES } from '../support/ministack/fake-alarm-types';
import { FakeResources } from '../support/ministack/fake-resources';
import { Mailbox } from '../support/ministack/mailbox';
import { Ministack } from '../support/ministack/ministack';

const MINUTES = 60_000;
jest.setTimeout(4 * MINUTES);
const ACCOUNT = '000000000000';
const REGION = 'eu-west-1';
const folder = mkdtempSync(join(tmpdir(), 'kdk-ec2-deploy-'));
const environmentFile = join(folder, 'edge.yaml');
const namesFile = join(folder, 'names');
const PRIVATE_NAMES = join(__dirname, '../support/ec2-stand-in/private-names.cjs');

let resources: FakeResources;
let aws: Ministack;
let app: CdkApp;
let nodes: DeployedNodes;

const ENVIRONMENT = `
name: edge
target: ec2
kafka: { version: '4.1' }
nodePools:
  controllers: { roles: [controller], replicas: 1, heap: 256MiB, volumes: [{ size: 20GiB }] }
  brokers: { roles: [broker], replicas: 1, heap: 384MiB, volumes: [{ size: 100GiB }] }
racks: [eu-west-1a]
listeners:
  internal: { authentication: scram-sha-512 }
topicDefaults: { partitions: 1, replicationFactor: 1, minInSyncReplicas: 1 }
topics:
  orders: {}
principals:
  checkout: { listener: internal, iamRole: checkout, produce: { topics: [orders] } }
  billing: { listener: internal, consume: { topics: [orders], groups: [billing] }, quota: { consumerByteRate: 20MiB/s } }
monitoring: { notify: { critical: create, warning: create }, lag: { billing: { maxTimeLag: 1h } } }
aws: { account: '${ACCOUNT}', region: ${REGION} }
targets: { ec2: { packages: 's3://packages/kafka', snapshots: { every: 24h, keep: 7 } } }
`;

beforeAll(async () => {
  const model = modelOfText(ENVIRONMENT);
  const kafka = await kafkaHome({ version: model.kafka.patch, metrics: true, progress: () => {} });
  resources = await FakeResources.start({ ...fakeEc2Types(), ...FAKE_ALARM_TYPES });
  process.env.KDK_PRIVATE_NAMES = namesFile;
  jest.requireActual(PRIVATE_NAMES);
  aws = await Ministack.start({
    region: REGION,
    resources,
    env: { KDK_PRIVATE_NAMES: namesFile, NODE_OPTIONS: `--require=${PRIVATE_NAMES}` },
  });
  writeFileSync(environmentFile, ENVIRONMENT);
  app = new CdkApp({ aws, region: REGION, folder, environmentFile, stack: 'edge' });
  nodes = new DeployedNodes({ model, root: folder, kafka, aws, region: REGION, resources, namesFile });
}, 5 * MINUTES);

afterAll(async () => {
  await nodes?.stop();
  await aws?.stop();
  await resources?.stop();
  rmSync(folder, { recursive: true, force: true });
}, MINUTES);

/** The output of the stack whose name begins so. */
async function output(name: string): Promise<string> {
  return Object.entries(await app.outputs()).find(([key]) => key.startsWith(`Kafka${name}`))![1];
}

/** A client that knows the outputs of the stack and the secret of its user. */
async function clientOf(user: string): Promise<KafkaClient> {
  const { username, password } = await nodes.secret(`kafka/edge/users/${user}`);
  return connectAdmin({
    bootstrapServers: (await output('BootstrapServersinternal')).split(','),
    tls: { ca: await output('CertificateAuthority') },
    sasl: { mechanism: 'SCRAM-SHA-512', username: username!, password: password! },
  });
}

async function administrator(): Promise<KafkaClient> {
  const { certificate, key, 'ca.crt': ca } = await nodes.secret('kafka/edge/administrator');
  const bootstrapServers = ['brokers-0.edge.kafka.internal:9091'];
  return connectAdmin({ bootstrapServers, tls: { ca: ca!, certificate: certificate!, key: key! } });
}

/** All that the function that looks at the cluster has written. */
async function metricLines(): Promise<MetricLine[]> {
  const lines = (await aws.linesOf('Watch')).filter((line) => line.includes('_aws'));
  return lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))) as MetricLine);
}

/** The lines of the first look that begins now or later. */
function nextLook(): Promise<MetricLine[]> {
  const now = Date.now();
  return eventually(150, async () => {
    const later = (await metricLines()).filter(({ _aws }) => _aws.Timestamp >= now);
    expect(later).not.toEqual([]);
    return later.filter(({ _aws }) => _aws.Timestamp === later[0]!._aws.Timestamp);
  });
}

describe('an environment on EC2 deployed by the CDK to ministack, whose instances are processes of a real Kafka', () => {
  test('cdk bootstrap prepares the account', async () => {
    await app.done('bootstrap', `aws://${ACCOUNT}/${REGION}`);
    await app.makeRole('checkout');
  });

  test('cdk deploy makes it, and is complete when the cluster has what the file says', async () => {
    await Promise.all([app.deploy(), nodes.boot()]);
    const admin = await administrator();
    try {
      expect((await admin.listTopics()).map(({ name }) => name)).toContain('orders');
      expect(JSON.stringify(await admin.describeQuotas())).toContain('billing');
    } finally {
      await admin.close();
    }
  });

  test('each node finds its files, its volume and its name', async () => {
    for (const [name, place] of nodes.places) {
      expect(await nodes.filesOf(name)).toMatch(/boot\.sh.*server\.properties/s);
      expect(resources.resources.get(place['volumes']!)).toMatchObject({ type: 'AWS::EC2::Volume' });
    }
  });

  test('a user produces with the outputs of the stack and its secret, and may do nothing else', async () => {
    const client = await clientOf('checkout');
    try {
      const record = { key: 'k', value: 'first order', timestampMs: 1 };
      expect(await client.produce({ topic: 'orders', partition: 0, records: [record], acks: 'all' })).toEqual({
        baseOffset: 0,
      });
      expect(await client.fetch('orders', new Map([[0, 0]]))).toMatchObject([
        { error: { name: 'TOPIC_AUTHORIZATION_FAILED' }, records: [] },
      ]);
    } finally {
      await client.close();
    }
  });

  test('a second deploy changes nothing, and cdk diff finds no difference', async () => {
    const before = resources.asked.length;
    expect(await app.deploy()).toContain('no changes');
    expect(resources.asked.slice(before)).toEqual([]);
    expect(await app.done('diff', '--fail')).toContain('Number of stacks with differences: 0');
  });

  test('another broker option and a topic reach the files of the nodes and the cluster, and replace nothing', async () => {
    const before = resources.asked.length;
    const files = nodes.places.get('brokers-0')!['files'];
    writeFileSync(
      environmentFile,
      ENVIRONMENT.replace('  orders: {}', '  orders: {}\n  clicks: {}').replace(
        "kafka: { version: '4.1' }",
        "kafka: { version: '4.1', config: { log.cleaner.threads: 2 } }",
      ),
    );
    await app.deploy();
    expect(resources.asked.slice(before)).toEqual([]);
    expect((await nodes.place('brokers-0'))['files']).not.toBe(files);
    const admin = await administrator();
    try {
      expect((await admin.listTopics()).map(({ name }) => name)).toContain('clicks');
    } finally {
      await admin.close();
    }
  });

  test('the function that looks at the cluster each minute writes its metrics', async () => {
    const admin = await administrator();
    await admin.commitOffsets('billing', [{ topic: 'orders', partition: 0, offset: 0 }]);
    await admin.close();
    const metrics = await eventually(150, async () => {
      const looks = await metricLines();
      expect(looks).toContainEqual(expect.objectContaining({ Cluster: 'edge', Group: 'billing', LagRecords: 1 }));
      expect(looks).toContainEqual(expect.objectContaining({ Node: 'brokers-0', NodeUp: 1 }));
      return looks;
    });
    expect(metrics).toContainEqual(
      expect.objectContaining({ ClusterAnswers: 1, ControllersUp: 1, ActiveControllerCount: 1 }),
    );
    const ofBroker = metrics.filter(({ Node, NodeUp }) => Node === 'brokers-0' && NodeUp === 1).at(-1)!;
    expect(ofBroker).toMatchObject({ NodeUp: 1, UnderReplicatedPartitions: 0, MetadataErrors: 0 });
    expect(ofBroker['DiskUsedPercent']).toBeGreaterThan(0);
    expect(ofBroker['CertificateDaysLeft']).toBeGreaterThan(300);
    // All that is read of a broker, but for what grew since the look before.
    const read = NODE_METRICS.filter(({ nodes: of, reading }) => of !== 'controllers' && reading?.growth === undefined);
    expect(read.filter(({ name }) => ofBroker[name] === undefined).map(({ name }) => name)).toEqual([]);
  });

  test('its alarms are quiet, say that a broker is gone, to whom the stack names, and that it is back', async () => {
    const mailbox = await Mailbox.of(aws, await output('AlarmTopiccritical'));
    const judge = new AlarmJudge(aws, resources);
    expect(await judge.judge(await nextLook())).toEqual([]);
    expect(await mailbox.news()).toEqual([]);

    const broker = nodes.nodes.find(({ model }) => model.name === 'brokers-0')!;
    await broker.stop('SIGKILL');
    const gone = await nextLook();
    expect(await judge.judge(gone)).toEqual(expect.arrayContaining(['edge-exporter-missing', 'edge-node-down-kafka']));
    const told = await mailbox.news();
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((line) => !/^edge-(critical|warning)-\S+ ALARM$/.test(line))).toEqual([]);

    broker.start();
    await eventually(150, async () => expect(await judge.judge(await nextLook())).toEqual([]));
    // Each look counts, so that a page may come and go while the broker starts.
    expect(await mailbox.news()).toEqual(expect.arrayContaining(told.map((line) => line.replace('ALARM', 'OK'))));
    const on = { StateValue: 'ALARM', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
    expect(await aws.ask('monitoring', 'DescribeAlarms', on)).toMatchObject({ MetricAlarms: [], CompositeAlarms: [] });
  }, 600_000);

  test('fails to destroy it while its termination protection is on', async () => {
    const ran = await app.run('destroy', '--force');
    expect(ran.status).not.toBe(0);
    expect(ran.output).toMatch(/termination ?protection/i);
  });

  test('without the protection cdk destroy leaves volumes and secrets', async () => {
    await app.unprotect();
    await app.done('destroy', '--force');
    await expect(app.outputs()).rejects.toThrow(/does not exist/);
    expect([...resources.resources.values()].map(({ type }) => type)).toEqual(['AWS::EC2::Volume', 'AWS::EC2::Volume']);
    expect(await nodes.secret('kafka/edge/administrator')).toHaveProperty('certificate');
    expect(await nodes.secret('kafka/edge/users/checkout')).toHaveProperty('password');
  });
});
