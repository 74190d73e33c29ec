import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import {
  ClientAuthentication,
  KafkaNetwork,
  MskServerlessCluster,
  MskTopic,
  Retention,
} from 'kafka-deployment-kit/msk';

const app = new App();
const stack = new Stack(app, 'Clickstream', { env: { account: '111122223333', region: 'eu-west-1' } });

const network = new KafkaNetwork(stack, 'Network', {
  availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  // For the function that makes the topics.
  endpoints: ['s3', 'cloudformation'],
});
const cluster = new MskServerlessCluster(stack, 'Events', { network });

// Serverless has no topics in CloudFormation: one custom resource makes all of them.
new MskTopic(stack, 'Clicks', { cluster, topicName: 'clicks', partitions: 12, retention: Retention.days(1) });
new MskTopic(stack, 'Sessions', {
  cluster,
  topicName: 'sessions',
  partitions: 6,
  config: { 'compression.type': 'zstd' },
});

const sessions = new Role(stack, 'SessionsRole', { assumedBy: new AccountPrincipal(stack.account) });
cluster.grants.consume(sessions, { topics: ['clicks'], groups: ['sessions'] });
cluster.grants.produce(sessions, 'sessions');
new CfnOutput(stack, 'BootstrapServers', { value: cluster.bootstrapServers(ClientAuthentication.IAM) });
app.synth();
