import { FakeError, type FakeCluster } from '../../support/msk-control-plane';
import { ControlBench } from '../../support/control-function';

let bench: ControlBench;
let cluster: FakeCluster;
let output: jest.SpyInstance;

const secret = (name: string): string =>
  `arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonMSK_${name}-AbCdEf`;

beforeEach(async () => {
  output = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  bench = await ControlBench.start();
  cluster = bench.msk.addCluster({ name: 'events', authentications: ['iam', 'scram-sha-512'] });
});
afterEach(async () => {
  output.mockRestore();
  await bench.stop();
});

const run = (users: string[], more: object = {}) =>
  bench.run({
    type: 'Custom::KafkaScramSecrets',
    properties: { ClusterArn: cluster.arn, SecretArns: users.map(secret) },
    ...more,
  });
const before = (users: string[]) => ({
  request: 'Update' as const,
  old: { ClusterArn: cluster.arn, SecretArns: users.map(secret) },
});
const associated = (): string[] => [...cluster.secrets].map((arn) => arn.replace(/.*AmazonMSK_|-AbCdEf$/g, '')).sort();

describe('secrets of users, by the fake of the control plane', () => {
  test('are associated ten at a time, and found on the next run', async () => {
    const users = Array.from({ length: 23 }, (_, index) => `user-${index + 1}`);
    expect(await run(users)).toMatchObject({ Status: 'SUCCESS', Data: { Users: '23' } });
    expect(cluster.secrets.size).toBe(23);
    expect(bench.msk.count('BatchAssociateScramSecret')).toBe(3);
    await run(users, before(users));
    expect(bench.msk.count('BatchAssociateScramSecret')).toBe(3);
  });

  test('are let go when they leave the stack; those of others stay', async () => {
    cluster.secrets.add(secret('by-hand'));
    await run(['acme', 'initech']);
    await run(['acme', 'globex'], before(['acme', 'initech']));
    expect(associated()).toEqual(['acme', 'by-hand', 'globex']);
  });

  test('fails with each secret that the service does not take, its code and what to do', async () => {
    cluster.unprocessed.set(secret('acme'), [
      'InvalidSecretArn',
      "Amazon MSK wasn't able to access the provided secret.",
    ]);
    const { Status, Reason } = await run(['acme', 'globex']);
    expect(Status).toBe('FAILED');
    expect(Reason).toBe(
      "MSK-SCRAM-REFUSED: Amazon MSK did not take 1 of 2 secrets, got AmazonMSK_acme: InvalidSecretArn: Amazon MSK wasn't able to access the provided secret.; all are needed. A secret is called AmazonMSK_..., is under a customer key that this role may make a grant on, lies in the account and region of the cluster, and holds username and password.",
    );
  });

  test('are tried again where they cannot be read yet', async () => {
    cluster.unprocessed.set(secret('acme'), ['InvalidSecretArn', 'not yet']);
    const { pausedMs } = bench;
    const get = cluster.unprocessed.get.bind(cluster.unprocessed);
    let asked = 0;
    cluster.unprocessed.get = (arn) => (++asked > 2 ? undefined : get(arn));
    expect(await run(['acme'])).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.pausedMs).toBeGreaterThan(pausedMs);
  });

  test('wait for a cluster that is being updated', async () => {
    cluster.beBusy();
    expect(await run(['acme'])).toMatchObject({ Status: 'SUCCESS' });
    expect(associated()).toEqual(['acme']);
  });

  test('outlast throttling', async () => {
    bench.msk.throttle('BatchAssociateScramSecret', 2);
    expect(await run(['acme'])).toMatchObject({ Status: 'SUCCESS' });
  });

  test('take back what an update made that is rolled back', async () => {
    await run(['acme']);
    cluster.unprocessed.set(secret('broken'), ['InvalidSecretArn', 'no']);
    expect(await run(['acme', 'globex', 'broken'], before(['acme']))).toMatchObject({ Status: 'FAILED' });
    expect(associated()).toEqual(['acme', 'globex']);
    bench.aws.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(await run(['acme'], before(['acme', 'globex', 'broken']))).toMatchObject({ Status: 'SUCCESS' });
    expect(associated()).toEqual(['acme']);
  });

  test('are let go with their resource, and only they', async () => {
    cluster.secrets.add(secret('by-hand'));
    await run(['acme', 'globex']);
    bench.aws.stackStatus = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    expect(await run(['acme', 'globex'], { request: 'Delete' })).toMatchObject({ Status: 'SUCCESS' });
    expect(associated()).toEqual(['by-hand']);
  });

  test('stay with a cluster that outlives its whole stack', async () => {
    await run(['acme']);
    bench.aws.stackStatus = 'DELETE_IN_PROGRESS';
    expect(await run(['acme'], { request: 'Delete' })).toMatchObject({ Status: 'SUCCESS' });
    expect(associated()).toEqual(['acme']);
  });

  test('go without a word where the cluster is gone', async () => {
    bench.msk.fail('DescribeClusterV2', new FakeError(404, 'NotFoundException', 'no such cluster'), 9);
    bench.aws.stackStatus = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';
    expect(await run(['acme'], { request: 'Delete' })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('fails where one does not let go, and passes over one that is gone already', async () => {
    await run(['acme', 'globex']);
    cluster.unprocessed.set(secret('acme'), ['InternalServerError', 'try later']);
    expect(await run(['globex'], before(['acme', 'globex']))).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('AmazonMSK_acme: InternalServerError: try later') as string,
    });
    expect(await run(['globex'], before(['globex', 'long-gone']))).toMatchObject({ Status: 'SUCCESS' });
  });
});
