import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { Size, type Stack } from 'aws-cdk-lib/core';
import { ClientAuthentication, MskBrokers, MskCluster, MskServerlessCluster } from '../../lib/msk';
import { census, resourcesOf, testStack } from '../support/cdk';
import { clusterIn, NETWORK } from '../support/msk';

const { IAM, SCRAM_SHA_512: SCRAM, MTLS, NONE } = ClientAuthentication;
const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/theirs/0a1b-2';

interface Statement {
  readonly Action: string[];
  readonly Resource: unknown[];
}

function rights(stack: Stack): Record<string, unknown[]> {
  const [role] = resourcesOf(stack, 'AWS::IAM::Role');
  const [{ PolicyDocument: document }] = role!.Properties['Policies'] as [
    { PolicyDocument: { Statement: Statement[] } },
  ];
  return Object.fromEntries(document.Statement.map(({ Action, Resource }) => [Action.join(' '), Resource]));
}

const arns = (name: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:kafka:eu-west-1:111122223333:cluster/${name}/*`]],
});

describe('the control function', () => {
  test('is one for all clusters of a stack, and has the rights that they need', () => {
    const stack = testStack();
    clusterIn(stack, { clusterName: 'events', multiVpcAuthentications: [IAM] });
    new MskServerlessCluster(stack, 'Clicks', { network: NETWORK, clusterName: 'clicks' });
    MskCluster.fromClusterAttributes(stack, 'Theirs', { clusterArn: ARN });
    expect(census(stack)).toMatchObject({
      'AWS::Lambda::Function': 1,
      'AWS::IAM::Role': 1,
      'Custom::KafkaBootstrapBrokers': 3,
      'Custom::KafkaClusterSettings': 1,
    });
    expect(rights(stack)).toEqual({
      'logs:CreateLogStream logs:PutLogEvents': [{ 'Fn::GetAtt': [expect.stringMatching(/^KafkaControlLogs/), 'Arn'] }],
      'cloudformation:DescribeStacks': [{ Ref: 'AWS::StackId' }],
      'kafka:DescribeClusterV2': [arns('events'), arns('clicks'), ARN],
      'kafka:UpdateConnectivity': [arns('events')],
      'kafka:DescribeClusterOperationV2': ['*'],
      'kafka:GetBootstrapBrokers': ['*'],
    });
  });

  test('has its rights before the cluster is made, and is not used before it has them', () => {
    const stack = testStack();
    clusterIn(stack, { multiVpcAuthentications: [IAM] });
    const { Resources: all } = Template.fromStack(stack).toJSON() as {
      Resources: Record<string, { Type: string; DependsOn?: string[] }>;
    };
    const [role] = Object.entries(all).find(([, { Type }]) => Type === 'AWS::IAM::Role')!;
    expect(JSON.stringify(all[role])).not.toContain('EventsResource');
    for (const { Type, DependsOn } of Object.values(all)) {
      if (Type.startsWith('Custom::')) expect(DependsOn).toContain(role);
    }
  });

  test('costs a function, a role, a log group and a resource a cluster', () => {
    const stack = testStack();
    MskCluster.fromClusterAttributes(stack, 'Theirs', { clusterArn: ARN });
    expect(census(stack)).toEqual({
      'AWS::Lambda::Function': 1,
      'AWS::IAM::Role': 1,
      'AWS::Logs::LogGroup': 1,
      'Custom::KafkaBootstrapBrokers': 1,
    });
  });

  test('is one small file that loads by itself and within the blink of an eye', () => {
    const file = 'dist/lib/admin/lambda/control/asset/index.js';
    expect(statSync(file).size).toBeLessThan(320_000);
    // Loaded where no package can be found.
    const script = `const from = performance.now(); const { handler } = require(process.argv[1]); process.stdout.write(typeof handler + handler.length + ' ' + (performance.now() - from))`;
    const [kind, ms] = execFileSync(process.execPath, ['-e', script, `${process.cwd()}/${file}`], {
      cwd: '/',
      encoding: 'utf8',
    }).split(' ');
    expect(kind).toBe('function2');
    // 0.15 s on an idle machine.
    expect(Number(ms)).toBeLessThan(3_000);
  });
});

describe('bootstrap servers', () => {
  const stackReading = (...reads: ((cluster: MskCluster) => string)[]): Stack => {
    const stack = testStack();
    const cluster = clusterIn(stack, { clientAuthentications: [IAM, SCRAM] });
    reads.forEach((read) => read(cluster));
    return stack;
  };
  const iam = (cluster: MskCluster) => cluster.bootstrapServers(IAM);
  const scram = (cluster: MskCluster) => cluster.bootstrapServers(SCRAM);

  test('are the same template in whatever order they are read', () => {
    const template = (stack: Stack) => Template.fromStack(stack).toJSON();
    expect(template(stackReading(iam, scram))).toEqual(template(stackReading(scram, iam, scram)));
  });

  test('must be there where the template reads them, and are read again where the cluster changes', () => {
    const [resource] = resourcesOf(stackReading(scram), 'Custom::KafkaBootstrapBrokers');
    expect(resource!.Properties).toMatchObject({
      Strings: ['BootstrapBrokerStringSaslScram'],
      Authentications: 'iam,scram-sha-512',
      ClusterVersion: { 'Fn::GetAtt': [expect.stringMatching(/^EventsResource|^Events/), 'CurrentVersion'] },
    });
    expect(resourcesOf(stackReading(), 'Custom::KafkaBootstrapBrokers')[0]!.Properties['Strings']).toEqual([]);
  });

  test('of clients in other VPCs are read after multi-VPC connectivity is on', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { multiVpcAuthentications: [IAM] });
    expect(stack.resolve(cluster.multiVpcBootstrapServers(IAM))).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/Bootstrap/), 'BootstrapBrokerStringVpcConnectivitySaslIam'],
    });
    const [resource] = resourcesOf(stack, 'Custom::KafkaBootstrapBrokers') as unknown as {
      DependsOn: string[];
      Properties: object;
    }[];
    expect(resource!.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/Settings/)]));
    expect(resource!.Properties).toMatchObject({ MultiVpc: ['iam'] });
  });

  test('fails for clients in other VPCs where the cluster has none', () => {
    expect(() => clusterIn(testStack()).multiVpcBootstrapServers(IAM)).toThrow(
      'multiVpcBootstrapServers: clients in other VPCs cannot log in with it, got iam; none, since multi-VPC connectivity is off, is allowed. Add iam to multiVpcAuthentications.',
    );
  });
});

describe('multi-VPC connectivity', () => {
  test('is no property of the cluster, which could not be made with it', () => {
    const stack = testStack();
    clusterIn(stack, { multiVpcAuthentications: [IAM] });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::MSK::Cluster'))).not.toMatch(/VpcConnectivity/);
    expect(resourcesOf(stack, 'Custom::KafkaClusterSettings')[0]!.Properties).toMatchObject({
      MultiVpc: ['iam'],
      ServiceTimeout: 3600,
    });
  });

  test('is switched off by an empty list, and not asked about where it is left out', () => {
    const stack = testStack();
    clusterIn(stack, { multiVpcAuthentications: [] });
    expect(resourcesOf(stack, 'Custom::KafkaClusterSettings')[0]!.Properties['MultiVpc']).toEqual([]);
    const other = testStack();
    clusterIn(other);
    expect(census(other)).not.toHaveProperty('Custom::KafkaClusterSettings');
  });

  test.each([
    [
      'an authentication that the cluster lacks',
      { multiVpcAuthentications: [MTLS] },
      'multiVpcAuthentications[0]: clients in other VPCs cannot log in with it, got mtls; iam is allowed.',
    ],
    ['no authentication at all', { multiVpcAuthentications: [NONE] }, 'got none; iam is allowed. Leave it out.'],
    [
      'a cluster that is open to everybody',
      { multiVpcAuthentications: [IAM], clientAuthentications: [IAM, NONE] },
      'a cluster that lets clients in without authentication has no multi-VPC connectivity',
    ],
    [
      'users without ACLs',
      { multiVpcAuthentications: [SCRAM], clientAuthentications: [IAM, SCRAM] },
      'got allow.everyone.if.no.acl.found=true (its default); false is needed.',
    ],
    [
      'brokers that are too small',
      {
        multiVpcAuthentications: [IAM],
        brokers: MskBrokers.standard({ instanceType: 'kafka.t3.small', count: 3, storage: Size.gibibytes(10) }),
      },
      'brokers of this size have no multi-VPC connectivity, got kafka.t3.small',
    ],
  ])('fails for %s', (_title, props, message) => {
    expect(() => clusterIn(testStack(), props)).toThrow(message);
  });

  test('is there for users with ACLs', () => {
    const stack = testStack();
    clusterIn(stack, {
      multiVpcAuthentications: [IAM, SCRAM],
      clientAuthentications: [IAM, SCRAM],
      configuration: { 'allow.everyone.if.no.acl.found': 'false' },
    });
    expect(resourcesOf(stack, 'Custom::KafkaClusterSettings')[0]!.Properties['MultiVpc']).toEqual([
      'iam',
      'scram-sha-512',
    ]);
  });
});
