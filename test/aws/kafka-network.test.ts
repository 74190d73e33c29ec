import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ClientAuthentication, KafkaNetwork, MskCluster, MskServerlessCluster, MskTopic } from '../../lib/msk';
import { census, resourcesOf, testStack } from '../support/cdk';
import { clusterIn } from '../support/msk';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const PROVISIONED = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/0a1b2c3d-4e5f-6789-abcd-ef0123456789-5';
const SERVERLESS = PROVISIONED.replace(/-5$/, '-s2');

describe('a network of the kit', () => {
  test('lets HTTPS from the VPC into its endpoints, by a group of their own, and nothing out of them', () => {
    const stack = testStack();
    new KafkaNetwork(stack, 'Network', {
      availabilityZones: ZONES,
      cidr: '10.1.0.0/16',
      endpoints: ['s3', 'ssm', 'cloudformation'],
    });
    const [group, ...others] = resourcesOf(stack, 'AWS::EC2::SecurityGroup');
    expect(others).toEqual([]);
    expect(group!.Properties).toMatchObject({
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.1.0.0/16' }],
      SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32' }],
    });
    const endpoints = resourcesOf(stack, 'AWS::EC2::VPCEndpoint').map(({ Properties }) => Properties);
    expect(endpoints.filter(({ VpcEndpointType: type }) => type === 'Gateway')).toHaveLength(1);
    const byInterface = endpoints.filter(({ VpcEndpointType: type }) => type === 'Interface');
    expect(byInterface).toHaveLength(2);
    for (const { SecurityGroupIds: ids } of byInterface)
      expect(ids).toEqual([{ 'Fn::GetAtt': [expect.stringContaining('EndpointsSecurityGroup'), 'GroupId'] }]);
  });

  test('has no group where a gateway is all', () => {
    const stack = testStack();
    new KafkaNetwork(stack, 'Network', { availabilityZones: ZONES, endpoints: ['s3'] });
    expect(census(stack)['AWS::EC2::SecurityGroup']).toBeUndefined();
  });

  test.each<[title: string, props: Partial<ConstructorParameters<typeof KafkaNetwork>[2]>, message: string]>([
    ['no zones', { availabilityZones: [] }, 'availabilityZones: not a number of zones, got 0; 1 to 16 are allowed.'],
    [
      'a zone twice',
      { availabilityZones: ['eu-west-1a', 'eu-west-1a'] },
      'availabilityZones[1]: the zone is named twice, got eu-west-1a;',
    ],
    [
      'a region',
      { availabilityZones: ['eu-west-1'] },
      'availabilityZones[0]: not the name of a zone, got "eu-west-1";',
    ],
    ['a small range', { cidr: '10.0.0.0/28' }, 'cidr: not the address range of a VPC for brokers, got "10.0.0.0/28";'],
    ['a large range', { cidr: '10.0.0.0/8' }, 'cidr: not the address range of a VPC for brokers, got "10.0.0.0/8";'],
    ['no range', { cidr: '10.0.0.300/16' }, 'cidr: not the address range of a VPC for brokers, got "10.0.0.300/16";'],
    ['a whole name of a service', { endpoints: ['com.amazonaws.eu-west-1.ssm'] }, 'endpoints[0]: not a service, got'],
    ['a service twice', { endpoints: ['ssm', 'ssm'] }, 'endpoints[1]: the service is named twice, got ssm;'],
  ])('fails for %s', (_title, props, message) => {
    expect(() => new KafkaNetwork(testStack(), 'Network', { availabilityZones: ZONES, ...props })).toThrow(
      `Test/Network: ${message}`,
    );
  });

  test('fails for zones that are known only while deploying', () => {
    const stack = testStack();
    expect(() => new KafkaNetwork(stack, 'Network', { availabilityZones: [stack.stackId] })).toThrow(
      'availabilityZones[0]: not the name of a zone, got a token;',
    );
  });
});

test('subnets of a VPC of the CDK fail to be two in one zone', () => {
  const stack = testStack();
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ZONES });
  const subnets = ['subnet-1', 'subnet-2'].map((subnetId) =>
    Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, availabilityZone: 'eu-west-1a' }),
  );
  expect(() => KafkaNetwork.fromVpc(vpc, { subnets, onePerAz: false })).toThrow(
    'vpcSubnets: two of the subnets are in one zone, got 2 subnets and eu-west-1a twice;',
  );
});

describe('ports', () => {
  test('are opened by authentication, and for collectors of metrics', () => {
    const stack = testStack();
    const { IAM, SCRAM_SHA_512 } = ClientAuthentication;
    const cluster = clusterIn(stack, { clientAuthentications: [IAM, SCRAM_SHA_512] });
    cluster.allowClientsFrom(SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client'), SCRAM_SHA_512);
    cluster.allowMonitoringFrom(SecurityGroup.fromSecurityGroupId(stack, 'Prometheus', 'sg-prometheus'));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 9096,
      SourceSecurityGroupId: 'sg-client',
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 11001,
      ToPort: 11002,
      SourceSecurityGroupId: 'sg-prometheus',
    });
  });

  test('fail to open for an authentication that is off', () => {
    const stack = testStack();
    const client = SecurityGroup.fromSecurityGroupId(stack, 'Client', 'sg-client');
    expect(() => clusterIn(stack).allowClientsFrom(client, ClientAuthentication.MTLS)).toThrow(
      'Test/Events: allowClientsFrom: the cluster has no listener with this authentication, got mtls; it has iam.',
    );
  });
});

describe('a cluster that is there already', () => {
  test('may be Serverless, with grants and bootstrap servers', () => {
    const stack = testStack();
    const cluster = MskServerlessCluster.fromClusterAttributes(stack, 'Events', { clusterArn: SERVERLESS });
    expect(JSON.stringify(stack.resolve(cluster.bootstrapServers(ClientAuthentication.IAM)))).toContain(
      'BootstrapBrokerStringSaslIam',
    );
    expect(
      () => new MskTopic(stack, 'Topic', { cluster, topicName: 'orders', partitions: 1, replicationFactor: 3 }),
    ).toThrow(
      'cluster: topics of a Serverless cluster are made by the stack that makes the cluster, got an imported one',
    );
  });

  test.each<[title: string, make: () => unknown, message: string]>([
    [
      'an ARN of another service',
      () => MskCluster.fromClusterAttributes(testStack(), 'E', { clusterArn: 'arn:aws:sqs:eu-west-1:111122223333:q' }),
      'Test/E: clusterArn: not the ARN of a cluster, got "arn:aws:sqs:eu-west-1:111122223333:q";',
    ],
    [
      'a Serverless one as provisioned',
      () => MskCluster.fromClusterAttributes(testStack(), 'E', { clusterArn: SERVERLESS }),
      'clusterArn: not the ARN of a provisioned cluster, got',
    ],
    [
      'a provisioned one as Serverless',
      () => MskServerlessCluster.fromClusterAttributes(testStack(), 'E', { clusterArn: PROVISIONED }),
      'clusterArn: not the ARN of a serverless cluster, got',
    ],
    [
      'no authentication',
      () => MskCluster.fromClusterAttributes(testStack(), 'E', { clusterArn: PROVISIONED, clientAuthentications: [] }),
      'clientAuthentications: nobody could log in, got none of them;',
    ],
    [
      'multi-VPC connectivity for an authentication that it has not',
      () =>
        MskCluster.fromClusterAttributes(testStack(), 'E', {
          clusterArn: PROVISIONED,
          multiVpcAuthentications: [ClientAuthentication.MTLS],
        }),
      'multiVpcAuthentications[0]: the cluster has no such authentication, got mtls; it has iam.',
    ],
  ])('fails to be %s', (_title, make, message) => {
    expect(make).toThrow(message);
  });
});
