// As many objects as an environment renders, with the same content, handed to plain cdk8s: what building and writing them costs by itself.
const { ApiObject, App, Chart, YamlOutputType } = require('cdk8s');
const { readFileSync } = require('node:fs');
const app = new App({ outdir: process.env.CDK8S_OUTDIR, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
const chart = new Chart(app, 'plain');
JSON.parse(readFileSync(process.env.KDK_BENCH_OBJECTS, 'utf8')).forEach(
  (object, index) => new ApiObject(chart, `object-${index}`, object),
);
app.synth();
