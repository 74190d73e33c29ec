// MskServerless of the Data Solutions Framework, without bundling its functions.
const { App, Stack } = require('aws-cdk-lib');
const { streaming } = require('@cdklabs/aws-data-solutions-framework');
const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const stack = new Stack(app, 'DsfServerless', { env: { account: '111122223333', region: 'eu-west-1' } });
new streaming.MskServerless(stack, 'Cluster', { clusterName: 'peer' });
app.synth();
