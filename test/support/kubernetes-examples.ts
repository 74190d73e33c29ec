import { App, Chart } from 'cdk8s';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Manifest } from './manifests';

/** Names of the examples that make objects of Kubernetes, on whatever way they are deployed. */
export function kubernetesExamples(): string[] {
  return readdirSync('examples')
    .filter((name) => existsSync(`examples/${name}/app.ts`))
    .filter((name) => readFileSync(`examples/${name}/app.ts`, 'utf8').includes("from 'kafka-deployment-kit/charts'"))
    .sort();
}

/** Runs an example as it stands, once in a test file, and gives the objects that it would write or deploy. */
export function exampleObjects(example: string): Manifest[] {
  const charts = new Map<Chart, Manifest[]>();
  const toJson = Chart.prototype.toJson;
  const spies = [
    // Whoever deploys a chart by the CDK asks it for its objects.
    jest.spyOn(Chart.prototype, 'toJson').mockImplementation(function (this: Chart) {
      const objects = toJson.call(this) as Manifest[];
      charts.set(this, objects);
      return objects;
    }),
    jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
      for (const chart of this.charts) chart.toJson();
    }),
  ];
  try {
    require(`../../examples/${example}/app`);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return [...charts.values()].flat();
}
