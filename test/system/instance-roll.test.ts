import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rollDefinition } from '../../lib/selfmanaged/private/roll/roll-definition';
import { FakeResources } from '../support/ministack/fake-resources';
import { Ministack } from '../support/ministack/ministack';

const REGION = 'eu-west-1';
const ACCOUNT = '000000000000';
const CLUSTER = {
  environment: 'edge',
  region: REGION,
  bootstrapServers: 'brokers-0.edge.kafka.internal:9091',
  authentication: 'mtls',
  adminSecretArn: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:kafka/edge/administrator',
  document: 'orders',
  nodes: [{ id: 100, name: 'brokers-0', roles: ['broker'], group: 'kafka-edge-brokers-0' }],
  runTimeOptions: ['num.io.threads'],
};

/** In place of the function: three steps until all is done, whoever is not the oldest waits, and `fail` is a doubt. */
const STEP = `
exports.handler = async ({ cluster, wish, progress, execution, executions }) => {
  if (executions.at(-1) !== execution) return { ...progress, state: 'queued', queued: true };
  if (wish.fail) throw Object.assign(new Error('n2 must not go down'), { name: 'ROLL-OBSTACLE' });
  if (wish.dryRun) return { state: 'planned', plan: [] };
  const restarted = [...(progress.restarted ?? []), 'step of ' + cluster.nodes[0].name];
  return { ...progress, state: restarted.length < 3 ? 'unfinished' : 'done', restarted };
};`;

interface Execution {
  readonly status: string;
  readonly output?: string;
  readonly cause?: string;
}

describe('the state machine of a roll, by an interpreter of the Amazon States Language', () => {
  let resources: FakeResources;
  let aws: Ministack;
  let machine: string;

  const call = async (
    service: string,
    path: string,
    input: object,
    target?: string,
  ): Promise<Record<string, string>> => {
    const response = await fetch(`${aws.url}${path}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        authorization: `AWS4-HMAC-SHA256 Credential=ministack/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
        ...(target === undefined ? {} : { 'x-amz-target': target }),
      },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${target ?? path}: ${text}`);
    return JSON.parse(text) as Record<string, string>;
  };
  const states = (action: string, input: object): Promise<Record<string, string>> =>
    call('states', '/', input, `AWSStepFunctions.${action}`);
  const start = async (wish: object): Promise<string> =>
    (await states('StartExecution', { stateMachineArn: machine, input: JSON.stringify(wish) })).executionArn!;
  const ended = async (executionArn: string): Promise<Execution> => {
    for (;;) {
      const execution = (await states('DescribeExecution', { executionArn })) as unknown as Execution;
      if (execution.status !== 'RUNNING') return execution;
      await sleep(100);
    }
  };

  beforeAll(async () => {
    resources = await FakeResources.start({});
    aws = await Ministack.start({ region: REGION, resources, env: { SFN_WAIT_SCALE: '0.01' } });
    const folder = mkdtempSync(join(tmpdir(), 'kdk-roll-'));
    writeFileSync(join(folder, 'index.js'), STEP);
    execFileSync('python3', ['-m', 'zipfile', '-c', join(folder, 'code.zip'), join(folder, 'index.js')]);
    const code = readFileSync(join(folder, 'code.zip')).toString('base64');
    rmSync(folder, { recursive: true });
    const role = `arn:aws:iam::${ACCOUNT}:role/roll`;
    const { FunctionArn: functionArn } = await call('lambda', '/2015-03-31/functions', {
      ...{ FunctionName: 'step', Runtime: 'nodejs24.x', Handler: 'index.handler', Role: role, Timeout: 60 },
      Code: { ZipFile: code },
    });
    const definition = rollDefinition({ functionArn: functionArn!, partition: 'aws', cluster: CLUSTER });
    ({ stateMachineArn: machine } = (await states('CreateStateMachine', {
      ...{ name: 'kafka-edge-roll', roleArn: role },
      definition: JSON.stringify(definition),
    })) as { stateMachineArn: string });
  }, 120_000);
  afterAll(async () => {
    await aws.stop();
    await resources.stop();
  });

  test('goes on step by step until nothing is left', async () => {
    const { status, output } = await ended(await start({}));
    expect([status, JSON.parse(output!)]).toEqual([
      'SUCCEEDED',
      { state: 'done', restarted: ['step of brokers-0', 'step of brokers-0', 'step of brokers-0'] },
    ]);
  }, 60_000);

  test('ends after a dry run, with the plan', async () => {
    const { status, output } = await ended(await start({ dryRun: true }));
    expect([status, JSON.parse(output!)]).toEqual(['SUCCEEDED', { state: 'planned', plan: [] }]);
  }, 60_000);

  test('has the newer of two wait for its turn', async () => {
    const older = await start({});
    const newer = await start({});
    const [first, second] = await Promise.all([ended(older), ended(newer)]);
    expect([first.status, second.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(JSON.parse(first.output!)).not.toHaveProperty('queued');
    expect(JSON.parse(second.output!)).toMatchObject({ queued: true, state: 'done' });
  }, 60_000);

  test('fails at a doubt of the function, with its words', async () => {
    const { status, cause } = await ended(await start({ fail: true }));
    expect(status).toBe('FAILED');
    expect(cause).toContain('n2 must not go down');
  }, 60_000);
});
