// What anybody would write by hand: a VPC and a raw cluster.
const { App, Stack } = require('aws-cdk-lib/core');
const { Vpc, SecurityGroup } = require('aws-cdk-lib/aws-ec2');
const { CfnCluster } = require('aws-cdk-lib/aws-msk');
const app = new App();
const stack = new Stack(app, 'Raw');
const vpc = new Vpc(stack, 'Vpc', { maxAzs: 3 });
const group = new SecurityGroup(stack, 'Group', { vpc });
new CfnCluster(stack, 'Cluster', {
  clusterName: 'raw',
  kafkaVersion: '4.1.x.kraft',
  numberOfBrokerNodes: 3,
  brokerNodeGroupInfo: {
    instanceType: 'kafka.m7g.large',
    clientSubnets: vpc.privateSubnets.map((subnet) => subnet.subnetId),
    securityGroups: [group.securityGroupId],
  },
});
app.synth();
