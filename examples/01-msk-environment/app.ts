import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { ClientAuthentication, KafkaEnvironment, MskEnvironment } from 'kafka-deployment-kit';
import { join } from 'node:path';

const app = new App();
const stack = new Stack(app, 'Webshop', { env: { account: '111122223333', region: 'eu-west-1' } });

const kafka = new MskEnvironment(stack, 'Kafka', {
  environment: KafkaEnvironment.fromFile(join(__dirname, 'environment.yaml')),
});

new CfnOutput(stack, 'Bootstrap', { value: kafka.cluster.bootstrapServers(ClientAuthentication.IAM) });
app.synth();
