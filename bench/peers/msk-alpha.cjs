// The cluster of the CDK's own alpha module, in a new VPC.
const { App, Stack } = require('aws-cdk-lib');
const { Vpc } = require('aws-cdk-lib/aws-ec2');
const { ClientAuthentication, Cluster, KafkaVersion } = require('@aws-cdk/aws-msk-alpha');
const app = new App();
const stack = new Stack(app, 'Alpha', { env: { account: '111122223333', region: 'eu-west-1' } });
const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] });
const cluster = new Cluster(stack, 'Cluster', {
  clusterName: 'peer',
  kafkaVersion: KafkaVersion.V3_9_X_KRAFT,
  vpc,
  clientAuthentication: ClientAuthentication.sasl({ iam: true }),
});
// A cluster is of no use without its address, which takes a custom resource there.
void cluster.bootstrapBrokersSaslIam;
app.synth();
