import { App, Size, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as msk from 'kafka-deployment-kit/msk';

const app = new App();
const stack = new Stack(app, 'Events', { env: { account: '111122223333', region: 'eu-west-1' } });
const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const network = new msk.KafkaNetwork(stack, 'Network', { availabilityZones: zones });
const authority = 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';
const logs = s3.Bucket.fromBucketName(stack, 'Logs', 'events-logs');
const sharedConfiguration = new msk.MskConfiguration(stack, 'Options', {
  kafkaVersion: msk.KafkaVersion.V4_1,
  options: { 'log.retention.hours': '72', 'num.replica.fetchers': '4' },
});

for (const clusterName of ['events', 'events-replay']) {
  const cluster = new msk.MskCluster(stack, clusterName, {
    clusterName,
    network,
    kafkaVersion: msk.KafkaVersion.V4_1,
    brokers: msk.MskBrokers.standard({
      instanceType: 'kafka.m7g.4xlarge',
      count: 3,
      storage: Size.tebibytes(1),
      storageAutoscaling: { maxStorage: Size.tebibytes(4) },
      provisionedThroughputMiBps: 500,
      storageMode: msk.MskStorageMode.TIERED,
    }),
    sharedConfiguration,
    clientAuthentications: [msk.ClientAuthentication.IAM, msk.ClientAuthentication.MTLS],
    certificateAuthorityArns: [authority],
    brokerLogs: msk.MskLogs.to({ bucket: logs, prefix: `${clusterName}/` }),
  });
  new msk.MskTopic(stack, `${clusterName}-archive`, {
    cluster,
    topicName: 'archive',
    partitions: 48,
    retention: msk.Retention.days(365),
    config: { 'remote.storage.enable': 'true', 'local.retention.ms': '3600000' },
  });
}
app.synth();
