import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Stack } from 'aws-cdk-lib/core';
import { ClientAuthentication, KafkaVersion, MskCluster } from '../../lib/msk';
import { census, resourcesOf, testStack } from '../support/cdk';
import { BROKERS, clusterIn, NETWORK } from '../support/msk';

describe('bootstrap servers', () => {
  test('are read from one resource whose id does not depend on who reads what', () => {
    const ids = (read: (cluster: MskCluster) => void): string[] => {
      const stack = testStack();
      read(clusterIn(stack, { clientAuthentications: [ClientAuthentication.IAM, ClientAuthentication.SCRAM_SHA_512] }));
      const template = Template.fromStack(stack).toJSON() as { Resources: Record<string, unknown> };
      return Object.keys(template.Resources).sort();
    };
    const none = ids(() => undefined);
    expect(ids((cluster) => cluster.bootstrapServers(ClientAuthentication.SCRAM_SHA_512))).toEqual(none);
    expect(ids((cluster) => cluster.bootstrapServers(ClientAuthentication.IAM))).toEqual(none);
  });

  test('are read again when the cluster changes', () => {
    const stack = testStack();
    clusterIn(stack);
    Template.fromStack(stack).hasResourceProperties('Custom::KafkaBootstrapBrokers', {
      ClusterArn: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] },
      ClusterVersion: { 'Fn::GetAtt': [Match.anyValue(), 'CurrentVersion'] },
    });
  });

  test('of two clusters in a stack are read by one function', () => {
    const stack = testStack();
    clusterIn(stack);
    new MskCluster(stack, 'Other', { network: NETWORK, kafkaVersion: KafkaVersion.V4_1, brokers: BROKERS });
    expect(census(stack)).toMatchObject({ 'AWS::Lambda::Function': 1, 'Custom::KafkaBootstrapBrokers': 2 });
  });

  test('come from the string of their authentication', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, {
      clientAuthentications: [ClientAuthentication.IAM, ClientAuthentication.SCRAM_SHA_512],
    });
    const attribute = (via: ClientAuthentication): unknown =>
      (stack.resolve(cluster.bootstrapServers(via)) as { 'Fn::GetAtt': unknown[] })['Fn::GetAtt'][1];
    expect(attribute(ClientAuthentication.IAM)).toBe('BootstrapBrokerStringSaslIam');
    expect(attribute(ClientAuthentication.SCRAM_SHA_512)).toBe('BootstrapBrokerStringSaslScram');
  });

  test('fails for an authentication that is off, and says what to switch on', () => {
    const cluster = clusterIn(testStack());
    expect(() => cluster.bootstrapServers(ClientAuthentication.SCRAM_SHA_512)).toThrow(
      'Test/Events: bootstrapServers: the cluster has no listener with this authentication, got scram-sha-512; it has iam. Add scram-sha-512 to clientAuthentications.',
    );
  });
});

describe('connections and grants', () => {
  const grantee = (stack: Stack): Role =>
    new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const statements = (stack: Stack): { Action: string | string[]; Resource: unknown }[] =>
    resourcesOf(stack, 'AWS::IAM::Policy').flatMap(
      ({ Properties: { PolicyDocument } }) =>
        (PolicyDocument as { Statement: { Action: string[]; Resource: unknown }[] }).Statement,
    );

  test('let in who is allowed, on the port of the first authentication', () => {
    const stack = testStack();
    const client = SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client');
    clusterIn(stack).connections.allowDefaultPortFrom(client);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 9098,
      ToPort: 9098,
      SourceSecurityGroupId: 'sg-client',
    });
  });

  test('name exactly the topics, groups and transactional ids', () => {
    const stack = testStack();
    const role = grantee(stack);
    const cluster = MskCluster.fromClusterAttributes(stack, 'Imported', {
      clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/0a1b-2',
    });
    cluster.grants.produce(role, 'orders');
    cluster.grants.produceTransactionally(role, { topics: ['payments'], transactionalIds: ['pay-*'] });
    cluster.grants.consume(role, { topics: ['clicks'], groups: ['billing'] });
    const text = JSON.stringify(stack.resolve(statements(stack)));
    for (const arn of [
      'topic/events/0a1b-2/orders',
      'topic/events/0a1b-2/payments',
      'transactional-id/events/0a1b-2/pay-*',
      'topic/events/0a1b-2/clicks',
      'group/events/0a1b-2/billing',
    ]) {
      expect(text).toContain(arn);
    }
    expect(text).not.toMatch(/kafka-cluster:\*|topic\/[^"]*\/\*"|group\/[^"]*\/\*"/);
    for (const { Resource } of statements(stack)) expect(Resource).not.toBe('*');
  });

  test('fails to grant on a cluster without IAM authentication', () => {
    const stack = testStack();
    const cluster = clusterIn(stack, { clientAuthentications: [ClientAuthentication.SCRAM_SHA_512] });
    expect(() => cluster.grants.produce(grantee(stack), 'orders')).toThrow(
      /grants: rights of AWS identities need IAM authentication, got a cluster with scram-sha-512/,
    );
  });
});
