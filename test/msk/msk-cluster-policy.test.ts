import { type App, type Stack } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, ArnPrincipal, Role, ServicePrincipal, type IGrantable } from 'aws-cdk-lib/aws-iam';
import {
  KafkaEnvironment,
  MskCluster,
  MskClusterPolicy,
  MskEnvironment,
  type MskClusterPolicyProps,
} from '../../lib/msk';
import { census, PLACE, resourcesOf, testStack } from '../support/cdk';
import { modelOfText } from '../support/environments';
import { clusterIn } from '../support/msk';

const ARN = 'arn:aws:kafka:eu-west-1:444455556666:cluster/events/0a1b2c3d-4e5f-6789-abcd-ef0123456789-5';
const THEIRS = 'arn:aws:iam::444455556666:role/analytics';

interface Statement {
  readonly Action: string | string[];
  readonly Principal: unknown;
  readonly Resource: unknown;
}
const statementsOf = (stack: Stack): Statement[] =>
  resourcesOf(stack, 'AWS::MSK::ClusterPolicy').flatMap(
    ({ Properties }) => (Properties['Policy'] as { Statement: Statement[] }).Statement,
  );
const synth = (stack: Stack): unknown => (stack.node.root as App).synth();
const policyIn = (stack: Stack, props: Partial<MskClusterPolicyProps> = {}): MskClusterPolicy =>
  new MskClusterPolicy(stack, 'Policy', { cluster: clusterIn(stack), accounts: ['444455556666'], ...props });

describe('the policy of a cluster', () => {
  test('lets accounts, roles and replicators connect to that cluster, and nothing more', () => {
    const stack = testStack();
    policyIn(stack, { principalArns: [THEIRS], replicators: true });
    const [theirs, replicators] = statementsOf(stack);
    expect(theirs).toMatchObject({
      Principal: {
        AWS: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:root']] }, THEIRS],
      },
      Action: [
        'kafka:CreateVpcConnection',
        'kafka:GetBootstrapBrokers',
        'kafka:DescribeCluster',
        'kafka:DescribeClusterV2',
      ],
    });
    expect(replicators).toMatchObject({ Principal: { Service: 'kafka.amazonaws.com' } });
    expect(JSON.stringify(statementsOf(stack))).not.toMatch(/"\*"|kafka:\*|kafka-cluster/);
    for (const { Resource } of statementsOf(stack))
      expect(Resource).toEqual({ 'Fn::GetAtt': [expect.any(String), 'Arn'] });
  });

  test('has the rights of principals of other accounts, by its own grants and by those of the cluster, with exact names', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    cluster.grants.consume(Role.fromRoleArn(stack, 'Theirs', THEIRS), { topics: ['clicks'], groups: ['analytics'] });
    const policy = new MskClusterPolicy(stack, 'Policy', { cluster });
    policy.grants.produce(new ArnPrincipal('arn:aws:iam::777788889999:role/partner'), 'orders');
    const text = JSON.stringify(statementsOf(stack));
    expect(text).toContain(THEIRS);
    expect(text).toContain('777788889999:role/partner');
    for (const name of ['/clicks"', '/analytics"', '/orders"']) expect(text).toContain(name);
    expect(text).not.toMatch(/kafka-cluster:\*|\/\*"/);
    expect(census(stack)['AWS::IAM::Policy']).toBeUndefined();
    expect(() => synth(stack)).not.toThrow();
  });

  test('is not needed for roles of its own account, which get policies', () => {
    const stack = testStack();
    clusterIn(stack).grants.produce(Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own'), 'orders');
    expect(census(stack)).toMatchObject({ 'AWS::IAM::Policy': 1 });
    expect(() => synth(stack)).not.toThrow();
  });

  test('is that of the owner: a role here gets its policy for an imported cluster of another account', () => {
    const stack = testStack();
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    MskCluster.fromClusterAttributes(stack, 'Events', { clusterArn: ARN }).grants.produce(role, 'orders');
    expect(census(stack)).toMatchObject({ 'AWS::IAM::Policy': 1 });
    expect(() => synth(stack)).not.toThrow();
  });

  test('fails to be missing where a grantee is of another account', () => {
    const stack = testStack();
    clusterIn(stack).grants.produce(Role.fromRoleArn(stack, 'Theirs', THEIRS), 'orders');
    expect(() => synth(stack)).toThrow(
      /grants: the grantee is of another account, whom only the policy of the cluster lets in, got arn:aws:iam::444455556666:role\/analytics and no policy/,
    );
  });

  test('fails to let nobody in', () => {
    const stack = testStack();
    policyIn(stack, { accounts: [] });
    expect(() => synth(stack)).toThrow(/accounts: the policy lets nobody in/);
  });

  test('fails to be the second one, also of a cluster that was imported twice', () => {
    const stack = testStack();
    const policy = policyIn(stack);
    const again = (cluster: MskClusterPolicyProps['cluster'], id: string) => () =>
      new MskClusterPolicy(stack, id, { cluster, accounts: ['777788889999'] });
    expect(again(stack.node.findChild('Events') as MskCluster, 'Second')).toThrow(
      `Test/Second: cluster: the cluster has a policy already, got a second one beside ${policy.node.path};`,
    );
    const own = ARN.replace('444455556666', PLACE.account);
    again(MskCluster.fromClusterAttributes(stack, 'A', { clusterArn: own }), 'Third')();
    expect(again(MskCluster.fromClusterAttributes(stack, 'B', { clusterArn: own }), 'Fourth')).toThrow(
      /policy already/,
    );
  });

  test.each<[title: string, props: Partial<MskClusterPolicyProps>, message: string]>([
    ['everybody', { accounts: ['*'] }, 'accounts[0]: not an account of AWS, got "*"; 12 digits are allowed.'],
    ['a short account', { accounts: ['4444'] }, 'accounts[0]: not an account of AWS, got "4444"'],
    ['its own account', { accounts: [PLACE.account] }, 'accounts[0]: the account owns the cluster, got 111122223333'],
    ['an account twice', { accounts: ['444455556666', '444455556666'] }, 'accounts[1]: the account is named twice'],
    ['a role by name', { principalArns: ['analytics'] }, 'principalArns[0]: not a role or user, got "analytics"'],
    ['any role', { principalArns: ['arn:aws:iam::444455556666:role/*'] }, 'principalArns[0]: not a role or user'],
  ])('fails to name %s', (_title, props, message) => {
    expect(() => policyIn(testStack(), props)).toThrow(message);
  });

  test('fails for a cluster of another account', () => {
    const stack = testStack();
    const cluster = MskCluster.fromClusterAttributes(stack, 'Events', { clusterArn: ARN });
    expect(() => new MskClusterPolicy(stack, 'Policy', { cluster, accounts: ['777788889999'] })).toThrow(
      'Test/Policy: cluster: the cluster is of another account than the stack, got a cluster of 444455556666 in a stack of 111122223333;',
    );
  });

  test.each<[title: string, grantee: () => IGrantable]>([
    [
      'a principal of this account without a role of ours',
      () => new ArnPrincipal('arn:aws:iam::111122223333:user/ann'),
    ],
    ['the account itself', () => new AccountPrincipal(PLACE.account)],
    ['a service', () => new ServicePrincipal('lambda.amazonaws.com')],
  ])('fails to grant to %s instead of doing nothing', (_title, grantee) => {
    expect(() => clusterIn(testStack()).grants.produce(grantee(), 'orders')).toThrow(
      /grants: nothing gives the grantee a policy, so it would have no rights, got /,
    );
  });
});

describe('an environment that is shared with other accounts', () => {
  const stackOf = (msk: string): Stack => {
    const stack = testStack();
    const model = modelOfText(`name: mini
target: msk
kafka: { version: '4.1' }
nodePools: { brokers: { roles: [broker], replicas: 3, volumes: [{ size: 10GiB }] } }
racks: [eu-west-1a, eu-west-1b, eu-west-1c]
listeners: { internal: { authentication: iam } }
aws: { account: '${PLACE.account}', region: eu-west-1 }
topics: { orders: {} }
principals:
  own: { listener: internal, iamRole: own, produce: { topics: [orders] } }
  theirs: { listener: internal, iamRole: '${THEIRS}', consume: { topics: [orders], groups: [analytics] } }
${msk}`);
    new MskEnvironment(stack, 'Kafka', { environment: KafkaEnvironment._of(model) });
    return stack;
  };

  test('lets accounts connect, and roles of theirs do what the file says', () => {
    const stack = stackOf("targets: { msk: { sharedWith: ['777788889999'] } }");
    const statements = statementsOf(stack);
    expect(JSON.stringify(statements[0])).toContain('777788889999:root');
    expect(statements.slice(1).map(({ Principal }) => Principal)).toEqual(
      statements.slice(1).map(() => ({ AWS: THEIRS })),
    );
    expect(JSON.stringify(statements)).toMatch(/kafka-cluster:ReadData.*\/orders/);
    expect(resourcesOf(stack, 'AWS::IAM::ManagedPolicy')).toHaveLength(1);
  });

  test('says which policy the other account has to give its role', () => {
    const [output] = Object.values(Template.fromStack(stackOf('')).findOutputs('*')).filter(({ Description }) =>
      String(Description).startsWith(`Policy that the account of ${THEIRS}`),
    );
    expect(JSON.stringify(output!['Value'])).toMatch(/kafka-cluster:ReadData/);
  });
});
