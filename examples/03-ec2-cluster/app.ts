import { App, Size, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ClientAuthentication, Ec2KafkaCluster, Ec2KafkaTopic, KafkaVersion } from 'kafka-deployment-kit/selfmanaged';

const app = new App();
const stack = new Stack(app, 'Edge', { env: { account: '111122223333', region: 'eu-west-1' } });

const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0a1b2c3d',
  availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
  privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-1a2b3c4d', 'subnet-2a3b4c5d'],
});
const edge = new Ec2KafkaCluster(stack, 'Kafka', {
  vpc,
  clusterName: 'edge',
  kafkaVersion: KafkaVersion.V4_1,
  controllers: { count: 3, storage: Size.gibibytes(20) },
  brokers: [{ count: 3, storage: Size.gibibytes(500), instanceType: 'm7g.xlarge' }],
  packages: 's3://my-packages/kafka',
});
new Ec2KafkaTopic(stack, 'Orders', { cluster: edge, topicName: 'orders', partitions: 12 });

const shop = new lambda.Function(stack, 'Shop', {
  vpc,
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline('exports.handler = async () => {};'),
});
edge.grants.produce(shop, 'orders');
edge.connections.allowDefaultPortFrom(shop);
shop.addEnvironment('BOOTSTRAP_SERVERS', edge.bootstrapServers(ClientAuthentication.SCRAM_SHA_512));
shop.addEnvironment('KAFKA_SECRET', edge.clientSecretArn(shop));
shop.addEnvironment('KAFKA_CA', edge.certificateAuthority!);
app.synth();
