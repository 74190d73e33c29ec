import { CfnSecurityGroup, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Size, type Stack } from 'aws-cdk-lib/core';
import {
  ClientAuthentication,
  Ec2Environment,
  Ec2KafkaCluster,
  KafkaEnvironment,
  KafkaVersion,
  MskBrokers,
  MskCluster,
  MskEnvironment,
  type IKafkaCluster,
} from '../../lib';
import { resourcesOf, testStack } from '../support/cdk';
import { vpcOf } from '../support/ec2';
import { modelOfFile } from '../support/environments';

interface Kind {
  readonly name: string;
  readonly via: ClientAuthentication;
  readonly port: number;
  make(stack: Stack): IKafkaCluster;
}

const KINDS: readonly Kind[] = [
  {
    name: 'MskCluster',
    via: ClientAuthentication.IAM,
    port: 9098,
    make: (stack) =>
      new MskCluster(stack, 'Events', {
        vpc: vpcOf(stack),
        kafkaVersion: KafkaVersion.V4_1,
        brokers: MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 3, storage: Size.gibibytes(100) }),
      }),
  },
  {
    name: 'MskEnvironment',
    via: ClientAuthentication.IAM,
    port: 9098,
    make: (stack) =>
      new MskEnvironment(stack, 'Events', { environment: KafkaEnvironment._of(modelOfFile('prod')) }).cluster,
  },
  {
    name: 'Ec2KafkaCluster',
    via: ClientAuthentication.SCRAM_SHA_512,
    port: 9092,
    make: (stack) =>
      new Ec2KafkaCluster(stack, 'Events', {
        vpc: vpcOf(stack),
        kafkaVersion: KafkaVersion.V4_1,
        controllers: { count: 3, storage: Size.gibibytes(20) },
        brokers: [{ count: 3, storage: Size.gibibytes(100) }],
        packages: 's3://packages/kafka',
      }),
  },
  {
    name: 'Ec2Environment',
    via: ClientAuthentication.SCRAM_SHA_512,
    port: 9092,
    make: (stack) =>
      new Ec2Environment(stack, 'Events', { environment: KafkaEnvironment._of(modelOfFile('prod-ec2')) }).cluster,
  },
];

/** What a stack does with any cluster of Kafka on AWS. */
function connect(stack: Stack, cluster: IKafkaCluster, via: ClientAuthentication): { servers: string; client: Role } {
  const group = new CfnSecurityGroup(stack, 'Group', { groupDescription: 'A client' });
  const client = new Role(stack, 'Client', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  cluster.grants.produce(client, 'orders');
  cluster.grants.consume(client, { topics: ['orders'], groups: ['billing'] });
  cluster.connections.allowDefaultPortFrom(SecurityGroup.fromSecurityGroupId(stack, 'Reference', group.attrGroupId));
  return { servers: cluster.bootstrapServers(via), client };
}

describe.each(KINDS)('a cluster of $name', ({ via, port, make }) => {
  const stack = testStack();
  const cluster = make(stack);
  const { servers } = connect(stack, cluster, via);

  test('says how clients log in, and where they begin', () => {
    expect(cluster.clientAuthentications).toContain(via);
    expect(JSON.stringify(stack.resolve(servers))).not.toBe('""');
  });

  test('lets clients in on its port, and on no other', () => {
    const [rule, ...others] = resourcesOf(stack, 'AWS::EC2::SecurityGroupIngress').filter(({ Properties }) =>
      JSON.stringify(Properties.SourceSecurityGroupId).includes('"Group"'),
    );
    expect(others).toEqual([]);
    expect([rule!.Properties.FromPort, rule!.Properties.ToPort]).toEqual([port, port]);
    expect(cluster.connections.defaultPort!.toString()).toBe(Port.tcp(port).toString());
  });

  test('gives a role what it needs to log in and to use what was granted', () => {
    const policies = JSON.stringify(
      resourcesOf(stack, 'AWS::IAM::Policy').filter(({ Properties }) =>
        JSON.stringify(Properties.Roles).includes('"Client'),
      ),
    );
    expect(policies).toMatch(via === 'iam' ? /kafka-cluster:WriteData/ : /secretsmanager:GetSecretValue/);
  });

  test('fails to name bootstrap servers of a log-in that it has not', () => {
    expect(() => cluster.bootstrapServers(ClientAuthentication.NONE)).toThrow(
      'the cluster has no listener with this authentication, got none; it has ',
    );
  });
});
