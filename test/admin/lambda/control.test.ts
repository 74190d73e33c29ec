import { badRequest, FakeError, type FakeCluster } from '../../support/msk-control-plane';
import { ControlBench } from '../../support/control-function';

let bench: ControlBench;
let output: jest.SpyInstance;

beforeEach(async () => {
  output = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  bench = await ControlBench.start();
});
afterEach(async () => {
  output.mockRestore();
  await bench.stop();
});

const strings = (cluster: FakeCluster, names: string[], more: object = {}) =>
  bench.run({
    type: 'Custom::KafkaBootstrapBrokers',
    properties: { ClusterArn: cluster.arn, Strings: names },
    ...more,
  });

describe('bootstrap brokers, by the fake of the control plane', () => {
  test('are every string that the service returns, under the ARN of the cluster', async () => {
    const cluster = bench.msk.addCluster({ name: 'events', authentications: ['iam', 'scram-sha-512'] });
    const answer = await strings(cluster, ['BootstrapBrokerStringSaslIam']);
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: cluster.arn });
    expect(Object.keys(answer.Data ?? {})).toEqual(['BootstrapBrokerStringSaslIam', 'BootstrapBrokerStringSaslScram']);
  });

  test('are read again on an update, also of a serverless cluster', async () => {
    const cluster = bench.msk.addCluster({
      name: 'events',
      type: 'SERVERLESS',
      bootstrap: { BootstrapBrokerStringSaslIam: 'boot:9098' },
    });
    const answer = await strings(cluster, ['BootstrapBrokerStringSaslIam'], {
      request: 'Update',
      old: { ClusterArn: cluster.arn },
    });
    expect(answer).toMatchObject({
      PhysicalResourceId: cluster.arn,
      Data: { BootstrapBrokerStringSaslIam: 'boot:9098' },
    });
  });

  test('fails for a string that is read and not there, and says what to switch on', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    const { Status, Reason } = await strings(cluster, [
      'BootstrapBrokerStringSaslScram',
      'BootstrapBrokerStringVpcConnectivitySaslIam',
    ]);
    expect({ Status, Reason }).toEqual({
      Status: 'FAILED',
      Reason:
        'MSK-BOOTSTRAP-MISSING: the cluster has no BootstrapBrokerStringSaslScram, no BootstrapBrokerStringVpcConnectivitySaslIam, got BootstrapBrokerStringSaslIam; what the template reads must be there. Switch on scram-sha-512 among the client authentications, and multi-VPC connectivity for that authentication (multiVpcAuthentications), or read another string.',
    });
  });

  test('wait for a cluster that is being made', async () => {
    const cluster = bench.msk.addCluster({ name: 'events', state: 'CREATING', pace: { looks: 4 } });
    expect(await strings(cluster, ['BootstrapBrokerStringSaslIam'])).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.pausedMs).toBeGreaterThan(0);
  });

  test('fails for a cluster that failed', async () => {
    const cluster = bench.msk.addCluster({ name: 'events', state: 'FAILED' });
    expect(await strings(cluster, [])).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('got FAILED') as string,
    });
  });

  test.each([
    ['throttling', new FakeError(429, 'TooManyRequestsException', 'slow down')],
    ['an error of the service', new FakeError(503, 'ServiceUnavailableException', 'later')],
    ['rights that are not in force yet', new FakeError(403, 'AccessDeniedException', 'not authorized')],
  ])('outlast %s', async (_title, error) => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    bench.msk.fail('GetBootstrapBrokers', error, 2);
    expect(await strings(cluster, ['BootstrapBrokerStringSaslIam'])).toMatchObject({ Status: 'SUCCESS' });
  });

  test('fails where the right is missing for good', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    bench.msk.fail('GetBootstrapBrokers', new FakeError(403, 'AccessDeniedException', 'not authorized'), 99);
    expect(await strings(cluster, [])).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('not authorized') as string,
    });
  });

  test('leave out what nobody reads where the answer would be longer than CloudFormation takes', async () => {
    const long = (port: number) => `b-1.${'x'.repeat(1200)}:${port}`;
    const names = ['SaslIam', 'SaslScram', 'Tls', 'PublicTls'].map((name) => `BootstrapBrokerString${name}`);
    const cluster = bench.msk.addCluster({
      name: 'events',
      bootstrap: Object.fromEntries(names.map((name, index) => [name, long(index)])),
    });
    const { Data } = await strings(cluster, ['BootstrapBrokerStringPublicTls']);
    expect(Object.keys(Data ?? {})).toHaveLength(2);
    expect(Data).toHaveProperty('BootstrapBrokerStringPublicTls');
  });

  test('have nothing to do on a delete', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    expect(await strings(cluster, [], { request: 'Delete' })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'as-it-was',
    });
    expect(bench.msk.asked).toEqual([]);
  });
});

describe('settings that are for later, by the fake of the control plane', () => {
  const settings = (cluster: FakeCluster, multiVpc: string[], more: object = {}) =>
    bench.run({
      type: 'Custom::KafkaClusterSettings',
      properties: { ClusterArn: cluster.arn, MultiVpc: multiVpc },
      ...more,
    });

  test('are made when the cluster is active, and followed to their end', async () => {
    const cluster = bench.msk.addCluster({ name: 'events', authentications: ['iam', 'mtls'], state: 'CREATING' });
    expect(await settings(cluster, ['iam', 'mtls'])).toMatchObject({
      Status: 'SUCCESS',
      Data: { Changed: 'multi-VPC connectivity' },
    });
    expect(cluster.vpcAuthentications).toEqual(['iam', 'mtls']);
    expect(cluster.bootstrapStrings()).toHaveProperty('BootstrapBrokerStringVpcConnectivityTls');
  });

  test('are left alone where they are so already', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    await settings(cluster, ['iam']);
    expect(await settings(cluster, ['iam'])).toMatchObject({ Status: 'SUCCESS', Data: { Changed: '' } });
    expect(bench.msk.count('UpdateConnectivity')).toBe(1);
  });

  test('are switched off by an empty list, and stay as they are where their resource goes', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    await settings(cluster, ['iam']);
    await settings(cluster, [], { request: 'Delete' });
    expect(cluster.vpcAuthentications).toEqual(['iam']);
    await settings(cluster, [], { request: 'Update' });
    expect(cluster.vpcAuthentications).toEqual([]);
  });

  test('wait for a change of somebody else, and use the version after it', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    cluster.beBusy();
    expect(await settings(cluster, ['iam'])).toMatchObject({ Status: 'SUCCESS' });
    expect(cluster.operations.map(({ type, state }) => `${type} ${state}`)).toEqual([
      'UPDATE_MONITORING UPDATE_COMPLETE',
      'UPDATE_CONNECTIVITY UPDATE_COMPLETE',
    ]);
  });

  test('give way to a change that comes between the look and the request', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    const { update } = cluster;
    let raced = false;
    cluster.update = (...args) => {
      if (!raced) {
        raced = true;
        cluster.beBusy();
      }
      return update.apply(cluster, args);
    };
    expect(await settings(cluster, ['iam'])).toMatchObject({ Status: 'SUCCESS' });
    expect(cluster.vpcAuthentications).toEqual(['iam']);
  });

  test('fails with the words of the service where it refuses', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    bench.msk.fail('UpdateConnectivity', badRequest('not on this cluster'));
    expect(await settings(cluster, ['iam'])).toMatchObject({
      Status: 'FAILED',
      Reason: 'BadRequestException: not on this cluster',
    });
  });

  test('fails with the reason of an operation that failed', async () => {
    const cluster = bench.msk.addCluster({ name: 'events' });
    cluster.failNextOperation = ['INTERNAL', 'no more addresses'];
    const { Status, Reason } = await settings(cluster, ['iam']);
    expect(Status).toBe('FAILED');
    expect(Reason).toContain('could not change multi-VPC connectivity, got INTERNAL: no more addresses');
  });

  test('go on in the next invocation where this one is over', async () => {
    const cluster = bench.msk.addCluster({ name: 'events', pace: { looks: 40 } });
    await expect(settings(cluster, ['iam'], { remainingMs: 60_000 })).rejects.toThrow(
      /still waiting for .*multi-VPC.*next invocation/,
    );
    expect(bench.aws.answers).toEqual([]);
    expect(await settings(cluster, ['iam'])).toMatchObject({ Status: 'SUCCESS' });
    expect(bench.msk.count('UpdateConnectivity')).toBe(1);
  });

  test('fails where CloudFormation would not wait for another invocation', async () => {
    const cluster = bench.msk.addCluster({ name: 'events', pace: { looks: 40 } });
    const { Status, Reason } = await settings(cluster, ['iam'], { remainingMs: 60_000, askedMinutesAgo: 45 });
    expect(Status).toBe('FAILED');
    expect(Reason).toMatch(/^OUT-OF-TIME: .*Deploy again/);
  });

  test('let a rollback through that they cannot follow', async () => {
    const cluster = bench.msk.addCluster({ name: 'events', state: 'FAILED' });
    bench.aws.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    expect(await settings(cluster, [], { request: 'Update' })).toMatchObject({ Status: 'SUCCESS' });
    bench.aws.stackStatus = 'UPDATE_IN_PROGRESS';
    expect(await settings(cluster, [], { request: 'Update' })).toMatchObject({ Status: 'FAILED' });
  });
});
