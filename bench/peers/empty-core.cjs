// The smallest CDK app: one empty stack.
const { App, Stack } = require('aws-cdk-lib/core');
const app = new App();
new Stack(app, 'Empty');
app.synth();
