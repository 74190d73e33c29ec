import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { connectAdmin, type KafkaClient } from '../../lib/admin';
import { desiredState, type DesiredState } from '../../lib/core/plan';
import { AwsStandIn, type StackAnswer } from '../support/aws-stand-in';
import { startCluster, type TestCluster } from '../support/cluster';
import { openText } from '../support/environments';

/** What the CDK packs for Lambda, as the build leaves it. */
const ASSET = join(__dirname, '../../dist/lib/admin/lambda/asset/index.mjs');
const STACK = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/kafka/0a1b2c3d';
const MINUTES = 60_000;
const DAY = 86_400_000;

let cluster: TestCluster;
let client: KafkaClient;
let aws: AwsStandIn;

beforeAll(async () => {
  cluster = await startCluster({ nodePools: '{ nodes: { roles: [broker, controller], replicas: 1, heap: 768MiB } }' });
  client = await connectAdmin({ bootstrapServers: cluster.bootstrapServers });
  aws = await AwsStandIn.start();
}, 240_000);

afterAll(async () => {
  await client?.close();
  await cluster?.stop();
  await aws?.stop();
});

/** The desired state of an environment with these topics, and no demands on the broker beside. */
function desired(topics: string, more = ''): DesiredState {
  const { model } = openText(`name: test
target: local
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 1 } }
listeners: { internal: { authentication: none } }
topicDefaults: { partitions: 1 }
${more}
topics: ${topics}
`);
  const { brokerOptions: _, ...state } = desiredState(model!);
  return state;
}

interface Invocation {
  readonly type?: 'Create' | 'Update' | 'Delete';
  readonly state?: DesiredState | string;
  /** In the resource itself, instead of an asset. */
  readonly inline?: DesiredState;
  /** What is left of the 15 minutes. */
  readonly remainingMs?: number;
  /** How long ago CloudFormation asked. */
  readonly askedMs?: number;
}

interface Ended {
  readonly status: number | null;
  readonly log: string;
  /** Absent where the invocation failed without an answer, for Lambda to try again. */
  readonly answer?: StackAnswer;
}

/** One invocation in a process of its own, with the bundle and not with the sources. */
async function invoke({
  type = 'Create',
  state,
  inline,
  remainingMs = 15 * MINUTES,
  askedMs = 0,
}: Invocation): Promise<Ended> {
  const asset =
    inline !== undefined
      ? { Desired: gzipSync(JSON.stringify(inline)).toString('base64') }
      : state === undefined
        ? { DesiredBucket: 'assets', DesiredKey: 'none' }
        : aws.put('desired', state);
  const asked = new Date(Date.now() - askedMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const event = {
    RequestType: type,
    ResponseURL: `${aws.url}/answer?X-Amz-Date=${asked}`,
    StackId: STACK,
    RequestId: 'request',
    LogicalResourceId: 'Reconciler',
    ...(type === 'Create' ? {} : { PhysicalResourceId: 'kafka-test' }),
    ResourceProperties: {
      Environment: 'test',
      Owner: 'test',
      ...asset,
      BootstrapServers: cluster.bootstrapServers.join(','),
      Authentication: 'none',
      Region: 'eu-west-1',
    },
  };
  const program = `import { handler } from ${JSON.stringify(ASSET)};
    const end = Date.now() + ${remainingMs};
    await handler(${JSON.stringify(event)}, { awsRequestId: 'invocation', getRemainingTimeInMillis: () => end - Date.now() });`;
  const before = aws.answers.length;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AWS_REGION: 'eu-west-1',
    },
    // The runtime of Lambda brings the SDK; here it is that of the repository.
    cwd: join(__dirname, '../..'),
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const status = await new Promise<number | null>((done) => child.once('close', done));
  const answer = aws.answers[before];
  return { status, log, ...(answer === undefined ? {} : { answer }) };
}

const partitionsOf = async (topic: string): Promise<number | undefined> =>
  (await client.describeTopics([topic]))[0]?.partitions.length;

describe('the custom resource of topics and access', () => {
  test('is one file for Lambda', () => {
    expect(existsSync(ASSET)).toBe(true);
  });

  test('creates what is declared and answers with one id for ever', async () => {
    const ended = await invoke({ state: desired('{ orders: { partitions: 3 }, clicks: {} }') });
    expect(ended.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'kafka-test', Data: { Changes: '2' } });
    expect(await partitionsOf('orders')).toBe(3);
  }, 120_000);

  test('is done at once where nothing changed', async () => {
    const ended = await invoke({ type: 'Update', state: desired('{ orders: { partitions: 3 }, clicks: {} }') });
    expect(ended.answer).toMatchObject({ Status: 'SUCCESS', Data: { Changes: '0' } });
  }, 120_000);

  test('reads what is declared out of the resource where constructs added it one by one', async () => {
    const ended = await invoke({
      type: 'Update',
      inline: desired('{ orders: { partitions: 3 }, clicks: {}, carts: {} }'),
    });
    expect(ended.answer).toMatchObject({ Status: 'SUCCESS', Data: { Changes: '1' } });
    expect(await partitionsOf('carts')).toBe(1);
  }, 120_000);

  test('fails an update that needs an acknowledgement, with the entry to write, and changes nothing', async () => {
    const timestampMs = Date.now() - 3 * DAY;
    await client.produce({
      topic: 'orders',
      partition: 0,
      records: [{ key: 'a', value: 'b', timestampMs }],
      acks: 'all',
    });
    const cut = desired('{ orders: { partitions: 3, retention: { time: 1d } }, clicks: {}, more: {} }');
    const ended = await invoke({ type: 'Update', state: cut });
    expect(ended.answer!.Status).toBe('FAILED');
    expect(ended.answer!.Reason).toContain('PLAN-REFUSED');
    expect(ended.answer!.Reason).toContain('code: TOPIC-RETENTION-CUT, path: topics.orders.retention.time');
    expect(await partitionsOf('more')).toBeUndefined();
  }, 120_000);

  test('fails where partitions would go, and never deletes and creates', async () => {
    const [before] = await client.describeTopics(['orders']);
    const ended = await invoke({ type: 'Update', state: desired('{ orders: { partitions: 1 }, clicks: {} }') });
    expect(ended.answer!.Status).toBe('FAILED');
    expect(ended.answer!.Reason).toContain('TOPIC-PARTITIONS-SHRINK');
    expect((await client.describeTopics(['orders']))[0]).toEqual(before);
  }, 120_000);

  test('lets a rollback through to a state that cannot be had any more', async () => {
    aws.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const ended = await invoke({
      type: 'Update',
      state: desired('{ orders: { partitions: 1 }, clicks: {}, more: {} }'),
    });
    aws.stackStatus = 'UPDATE_IN_PROGRESS';
    expect(ended.answer!.Status).toBe('SUCCESS');
    expect(ended.log).toContain('TOPIC-PARTITIONS-SHRINK');
    expect([await partitionsOf('orders'), await partitionsOf('more')]).toEqual([3, 1]);
  }, 120_000);

  test('leaves everything where it is when the stack is deleted', async () => {
    const ended = await invoke({ type: 'Delete' });
    expect(ended.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'kafka-test' });
    expect(await partitionsOf('orders')).toBe(3);
  }, 120_000);

  test('fails with a reason where the asset, the state or the cluster is out of reach', async () => {
    expect((await invoke({})).answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('DESIRED-STATE-UNREADABLE'),
    });
    expect((await invoke({ state: '{}' })).answer!.Reason).toContain('is not a desired state');
    const other = { ...desired('{}'), clusterId: 'AnotherClusterAAAAAAAA' };
    expect((await invoke({ state: other })).answer!.Reason).toContain('AnotherClusterAAAAAAAA');
  }, 120_000);

  test('goes on in the next invocation past the time of one, with 4,000 topics', async () => {
    const names = Array.from({ length: 4_000 }, (_, id) => `many-${id}: {}`);
    const state = desired(`{ ${names.join(', ')} }`);
    // The first is stopped after a few seconds: an invocation keeps a minute for itself.
    const first = await invoke({ state, remainingMs: MINUTES + 6_000 });
    expect(first.answer).toBeUndefined();
    expect(first.status).not.toBe(0);
    expect(first.log).toMatch(/\d+ of 4000 changes are done; the next invocation goes on from there/);
    const second = await invoke({ state, askedMs: 16 * MINUTES });
    expect([second.answer?.Status, second.answer?.Reason]).toEqual(['SUCCESS', undefined]);
    const made = (await client.listTopics()).filter(({ name }) => name.startsWith('many-'));
    expect(made).toHaveLength(4_000);
  }, 600_000);

  test('says that it goes on with the next deployment when the time of the stack is over too', async () => {
    const names = Array.from({ length: 2_000 }, (_, id) => `late-${id}: { partitions: 2 }`);
    const ended = await invoke({
      state: desired(`{ ${names.join(', ')} }`),
      remainingMs: MINUTES + 1_000,
      askedMs: 40 * MINUTES,
    });
    expect(ended.answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('OUT-OF-TIME') });
    expect(ended.answer!.Reason).toContain('Deploy again');
  }, 300_000);
});
