import { App } from 'aws-cdk-lib';
import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface SynthesisedExample {
  readonly app: App;
  readonly stacks: readonly CloudFormationStackArtifact[];
}

/** Names of the examples that are apps of the CDK. */
export function awsExamples(): string[] {
  return readdirSync('examples')
    .filter((name) => existsSync(`examples/${name}/app.ts`))
    .filter((name) => readFileSync(`examples/${name}/app.ts`, 'utf8').includes("from 'aws-cdk-lib"))
    .sort();
}

/** Runs an example as it stands, once in a test file, and gives what it synthesised. */
export function synthesised(example: string): SynthesisedExample {
  const apps: App[] = [];
  const stacks: CloudFormationStackArtifact[] = [];
  const synth = App.prototype.synth;
  const spy = jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App, options) {
    const assembly = synth.call(this, options);
    apps.push(this);
    stacks.push(...assembly.stacks);
    return assembly;
  });
  try {
    require(`../../examples/${example}/app`);
  } finally {
    spy.mockRestore();
  }
  return { app: apps[0]!, stacks };
}
