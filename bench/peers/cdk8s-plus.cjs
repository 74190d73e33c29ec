// A StatefulSet and a Service through cdk8s-plus.
const { App, Chart } = require('cdk8s');
const { Service, StatefulSet } = require('cdk8s-plus-27');
const app = new App({ outdir: process.env.CDK8S_OUTDIR });
const chart = new Chart(app, 'plus');
const service = new Service(chart, 'Service', { ports: [{ port: 9092 }] });
new StatefulSet(chart, 'Set', {
  service,
  replicas: 3,
  containers: [{ image: 'apache/kafka:4.3.1', portNumber: 9092 }],
});
app.synth();
