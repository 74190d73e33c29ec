import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Stack } from 'aws-cdk-lib/core';
import {
  ClientAuthentication,
  KafkaNetwork,
  MskCluster,
  MskServerlessCluster,
  MskVpcConnection,
  type MskVpcConnectionProps,
} from '../../lib/msk';
import { resourcesOf, testStack } from '../support/cdk';
import { clusterIn, NETWORK } from '../support/msk';

const ARN = 'arn:aws:kafka:eu-west-1:444455556666:cluster/events/0a1b2c3d-4e5f-6789-abcd-ef0123456789-5';
const { IAM, SCRAM_SHA_512, MTLS, NONE, OAUTHBEARER } = ClientAuthentication;

const connectionIn = (stack: Stack, props: Partial<MskVpcConnectionProps> = {}, id = 'Connection'): MskVpcConnection =>
  new MskVpcConnection(stack, id, { clusterArn: ARN, network: NETWORK, ...props });

describe('the connection of a VPC to a cluster', () => {
  test('has a closed group of its own, opened on the ports of brokers, and reads its bootstrap servers when it is there', () => {
    const stack = testStack();
    const connection = connectionIn(stack);
    connection.connections.allowDefaultPortFrom(SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client'));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::MSK::VpcConnection', {
      TargetClusterArn: ARN,
      Authentication: 'SASL_IAM',
      VpcId: 'vpc-1',
      ClientSubnets: NETWORK.subnetIds,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 14001,
      ToPort: 14100,
      SourceSecurityGroupId: 'sg-client',
    });
    const [id] = Object.keys(template.findResources('AWS::MSK::VpcConnection'));
    expect(JSON.stringify(template.findResources('Custom::KafkaBootstrapBrokers'))).toContain(`"${id}"`);
    expect(stack.resolve(connection.bootstrapServers)).toEqual({
      'Fn::GetAtt': [expect.any(String), 'BootstrapBrokerStringVpcConnectivitySaslIam'],
    });
  });

  test.each([
    [SCRAM_SHA_512, 'SASL_SCRAM', 'BootstrapBrokerStringVpcConnectivitySaslScram'],
    [MTLS, 'TLS', 'BootstrapBrokerStringVpcConnectivityTls'],
  ])('is for one authentication: %s', (authentication, word, name) => {
    const stack = testStack();
    const { bootstrapServers } = connectionIn(stack, { authentication });
    expect(resourcesOf(stack, 'AWS::MSK::VpcConnection')).toMatchObject([{ Properties: { Authentication: word } }]);
    expect(JSON.stringify(stack.resolve(bootstrapServers))).toContain(name);
  });

  type Loose = { [Key in keyof MskVpcConnectionProps]?: MskVpcConnectionProps[Key] | undefined };
  const two = KafkaNetwork.fromIds('vpc-1', ['subnet-1', 'subnet-2']);
  test.each<[title: string, props: (stack: Stack) => Loose, message: string]>([
    [
      'a cluster that did not switch it on',
      (stack) => ({ clusterArn: undefined, cluster: clusterIn(stack) }),
      'authentication: the cluster does not let clients of other VPCs in with it, got iam; none is switched on. Add iam to multiVpcAuthentications of the cluster.',
    ],
    [
      'an authentication that the cluster has not',
      (stack) => ({
        clusterArn: undefined,
        cluster: MskCluster.fromClusterAttributes(stack, 'E', { clusterArn: ARN }),
        authentication: MTLS,
      }),
      'authentication: the cluster has no such authentication, got mtls; it has iam.',
    ],
    [
      'no authentication',
      () => ({ authentication: NONE }),
      'authentication: a connection is for clients that prove who they are, got none;',
    ],
    [
      'tokens',
      () => ({ authentication: OAUTHBEARER }),
      'authentication: a connection is for clients that prove who they are, got oauthbearer;',
    ],
    [
      'a Serverless cluster',
      (stack) => ({ clusterArn: undefined, cluster: new MskServerlessCluster(stack, 'Less', { network: two }) }),
      'cluster: a Serverless cluster has no multi-VPC connectivity, got Test/Less;',
    ],
    [
      'the ARN of a Serverless cluster',
      () => ({ clusterArn: ARN.replace(/-5$/, '-s2') }),
      'clusterArn: a Serverless cluster has no multi-VPC',
    ],
    [
      'an ARN of another service',
      () => ({ clusterArn: 'arn:aws:sqs:eu-west-1:444455556666:events' }),
      'clusterArn: not the ARN of a cluster, got',
    ],
    [
      'another region',
      () => ({ clusterArn: ARN.replace('eu-west-1', 'eu-west-2') }),
      'clusterArn: the cluster is in another region, got a cluster in eu-west-2 and a stack in eu-west-1;',
    ],
    [
      'one subnet',
      () => ({ network: KafkaNetwork.fromIds('vpc-1', ['subnet-1']) }),
      'network: not as many subnets as the brokers have, got 1; 2 or 3,',
    ],
    [
      'a subnet twice',
      () => ({ network: KafkaNetwork.fromIds('vpc-1', ['subnet-1', 'subnet-1']) }),
      'network: a subnet is named twice, got subnet-1;',
    ],
    [
      'fewer subnets than the brokers have',
      (stack) => ({
        clusterArn: undefined,
        cluster: MskCluster.fromClusterAttributes(stack, 'E', { clusterArn: ARN, network: NETWORK }),
        network: two,
      }),
      'network: not as many subnets as the brokers have, got 2; 3,',
    ],
    [
      'no cluster',
      () => ({ clusterArn: undefined }),
      'cluster: the cluster is not clear, got neither cluster nor clusterArn;',
    ],
    [
      'two clusters',
      (stack) => ({ cluster: MskCluster.fromClusterAttributes(stack, 'E', { clusterArn: ARN }) }),
      'cluster: the cluster is not clear, got both cluster and clusterArn;',
    ],
    [
      'no network',
      () => ({ network: undefined }),
      'vpc: where the brokers live is not clear, got neither vpc nor network;',
    ],
  ])('fails for %s', (_title, props, message) => {
    const stack = testStack();
    const given = { clusterArn: ARN, network: NETWORK, ...props(stack) };
    const all = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    expect(() => new MskVpcConnection(stack, 'Connection', all)).toThrow(`Test/Connection: ${message}`);
  });

  test('fails to be the second one for the same authentication', () => {
    const stack = testStack();
    connectionIn(stack);
    connectionIn(stack, { authentication: SCRAM_SHA_512 }, 'Scram');
    expect(() => connectionIn(stack, { authentication: IAM }, 'Again')).toThrow(
      /Test\/Again: authentication: the VPC has a connection to the cluster for this authentication already, got a second one beside Test\/Connection;/,
    );
  });
});
