// The same cluster as the peers make, with the kit: run from the compiled package, as users have it.
const { App, Size, Stack } = require('aws-cdk-lib/core');
const { Vpc } = require('aws-cdk-lib/aws-ec2');
const { KafkaVersion, MskBrokers, MskCluster } = require('../../dist/lib/msk');
const app = new App();
const stack = new Stack(app, 'Kit', { env: { account: '111122223333', region: 'eu-west-1' } });
const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] });
new MskCluster(stack, 'Cluster', {
  clusterName: 'peer',
  kafkaVersion: KafkaVersion.V3_9,
  vpc,
  brokers: MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 3, storage: Size.gibibytes(1000) }),
});
app.synth();
