import { App, Stack } from 'aws-cdk-lib';
import { KafkaNetwork, MskCluster, MskConnectCapacity, MskConnectPlugin, MskConnector } from 'kafka-deployment-kit/msk';
import { Bucket } from 'aws-cdk-lib/aws-s3';

const app = new App();
const stack = new Stack(app, 'Archive', { env: { account: '111122223333', region: 'eu-west-1' } });
const cluster = MskCluster.fromClusterAttributes(stack, 'Events', {
  clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1',
  network: KafkaNetwork.fromIds('vpc-0a1b2c3d', ['subnet-0a1b2c3d', 'subnet-1a2b3c4d', 'subnet-2a3b4c5d']),
});
const bucket = Bucket.fromBucketName(stack, 'Bucket', 'webshop-archive');

// Or MskConnectPlugin.fromFile, or fromMaven together with `kdk plugins`.
const plugin = MskConnectPlugin.fromS3(stack, 'S3Sink', { bucket, key: 'plugins/s3-sink-10.5.zip' });
const sink = new MskConnector(stack, 'Sink', {
  cluster,
  plugin,
  connectorClass: 'io.confluent.connect.s3.S3SinkConnector',
  connectorName: 'orders-archive',
  consume: ['orders'],
  configuration: {
    topics: 'orders',
    's3.bucket.name': bucket.bucketName,
    's3.region': stack.region,
    'flush.size': '1000',
  },
  capacity: MskConnectCapacity.autoscaled({ maxWorkers: 4 }),
});
bucket.grantReadWrite(sink, 'topics/*');
app.synth();
