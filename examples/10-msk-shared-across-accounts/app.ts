import { App, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as kafka from 'kafka-deployment-kit/msk';

const app = new App();
const [owner, client, region] = ['111122223333', '444455556666', 'eu-west-1'];
const via = kafka.ClientAuthentication.IAM;

const platform = new Stack(app, 'Platform', { env: { account: owner, region } });
const events = new kafka.MskCluster(platform, 'Events', {
  network: kafka.KafkaNetwork.fromIds('vpc-0a1b2c3d', ['subnet-0a1b2c3d', 'subnet-1a2b3c4d', 'subnet-2a3b4c5d']),
  kafkaVersion: kafka.KafkaVersion.V4_1,
  brokers: kafka.MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 3, storage: Size.gibibytes(100) }),
  multiVpcAuthentications: [via],
});
const policy = new kafka.MskClusterPolicy(platform, 'Policy', { cluster: events, accounts: [client] });
const theirs = new iam.ArnPrincipal(`arn:aws:iam::${client}:role/analytics`);
policy.grants.consume(theirs, { topics: ['orders'], groups: ['analytics'] });

// In the app of the other account; the ARN is an output of the platform.
const analytics = new Stack(app, 'Analytics', { env: { account: client, region } });
const clusterArn = `arn:aws:kafka:${region}:${owner}:cluster/events/0a1b2c3d-4e5f-6789-abcd-ef0123456789-5`;
const vpc = ec2.Vpc.fromVpcAttributes(analytics, 'Vpc', {
  vpcId: 'vpc-3a4b5c6d',
  availabilityZones: ['a', 'b', 'c'].map((zone) => region + zone),
  privateSubnetIds: ['subnet-3a4b5c6d', 'subnet-4a5b6c7d', 'subnet-5a6b7c8d'],
});
const connection = new kafka.MskVpcConnection(analytics, 'Connection', { clusterArn, vpc, authentication: via });
const reader = new lambda.Function(analytics, 'Reader', {
  vpc,
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
  role: iam.Role.fromRoleArn(analytics, 'Role', theirs.arn),
  environment: { BOOTSTRAP_SERVERS: connection.bootstrapServers },
});
connection.connections.allowDefaultPortFrom(reader);
const imported = kafka.MskCluster.fromClusterAttributes(analytics, 'Events', { clusterArn });
imported.grants.consume(reader, { topics: ['orders'], groups: ['analytics'] });
app.synth();
