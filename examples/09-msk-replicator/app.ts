import { App, Stack } from 'aws-cdk-lib';
import { KafkaNetwork, MskCluster, MskReplicator, MskReplicatorTopicNaming } from 'kafka-deployment-kit/msk';

const app = new App();
const stack = new Stack(app, 'Copy', { env: { account: '111122223333', region: 'eu-west-1' } });
const network = KafkaNetwork.fromIds('vpc-0a1b2c3d', ['subnet-0a1b2c3d', 'subnet-1a2b3c4d', 'subnet-2a3b4c5d']);
const [shop, reports] = ['shop', 'reports'].map((name, index) =>
  MskCluster.fromClusterAttributes(stack, name, {
    clusterArn: `arn:aws:kafka:eu-west-1:111122223333:cluster/${name}/11111111-2222-3333-4444-55555555555${index}-1`,
    network,
  }),
);

new MskReplicator(stack, 'Orders', {
  source: { cluster: shop! },
  target: { cluster: reports! },
  topics: ['orders', 'public.*'],
  groups: ['billing'],
  topicNaming: MskReplicatorTopicNaming.IDENTICAL,
});
app.synth();
