import { App, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  ClientAuthentication,
  KafkaVersion,
  MskBrokers,
  MskCluster,
  MskTopic,
  Retention,
} from 'kafka-deployment-kit/msk';

const app = new App();
const stack = new Stack(app, 'Billing');
const vpc = new ec2.Vpc(stack, 'Vpc', {
  maxAzs: 2,
  flowLogs: { Rejected: { trafficType: ec2.FlowLogTrafficType.REJECT } },
});

const events = new MskCluster(stack, 'Events', {
  vpc,
  kafkaVersion: KafkaVersion.V4_1,
  brokers: MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 2, storage: Size.gibibytes(100) }),
});
new MskTopic(stack, 'Orders', {
  cluster: events,
  topicName: 'orders',
  partitions: 12,
  replicationFactor: 2,
  retention: Retention.days(30),
});

const billing = new lambda.Function(stack, 'Billing', {
  vpc,
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
  environment: { BOOTSTRAP_SERVERS: events.bootstrapServers(ClientAuthentication.IAM) },
});
events.grants.consume(billing, { topics: ['orders'], groups: ['billing'] });
events.connections.allowDefaultPortFrom(billing);
app.synth();
