import { App, Size, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ClientAuthentication,
  KafkaNetwork,
  KafkaVersion,
  MskBrokers,
  MskCluster,
  MskScramUser,
  MskScramUsers,
} from 'kafka-deployment-kit/msk';

const app = new App();
const stack = new Stack(app, 'Vendors', { env: { account: '111122223333', region: 'eu-west-1' } });

const cluster = new MskCluster(stack, 'Events', {
  network: new KafkaNetwork(stack, 'Network', { availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] }),
  kafkaVersion: KafkaVersion.V4_1,
  brokers: MskBrokers.standard({ instanceType: 'kafka.m7g.large', count: 3, storage: Size.gibibytes(100) }),
  clientAuthentications: [ClientAuthentication.IAM, ClientAuthentication.SCRAM_SHA_512],
  multiVpcAuthentications: [ClientAuthentication.IAM],
});

const users = new MskScramUsers(stack, 'Users', {
  cluster,
  users: [MskScramUser.generated('acme'), MskScramUser.generated('globex')],
});
users.grantRead('acme', iam.Role.fromRoleName(stack, 'Acme', 'acme-sync'));

stack.exportValue(cluster.bootstrapServers(ClientAuthentication.SCRAM_SHA_512), { name: 'vendors-bootstrap-servers' });
stack.exportValue(cluster.multiVpcBootstrapServers(ClientAuthentication.IAM), { name: 'other-vpcs-bootstrap-servers' });
app.synth();
