// MskProvisioned of the Data Solutions Framework, which makes a VPC of its own. Bundling its functions (npm ci and esbuild at every first
// synth, with the network) is left out, so that this is the work of synth alone.
const { App, Stack } = require('aws-cdk-lib');
const { streaming } = require('@cdklabs/aws-data-solutions-framework');
const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const stack = new Stack(app, 'Dsf', { env: { account: '111122223333', region: 'eu-west-1' } });
new streaming.MskProvisioned(stack, 'Cluster', { clusterName: 'peer' });
app.synth();
