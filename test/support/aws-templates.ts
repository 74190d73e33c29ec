import { App } from 'aws-cdk-lib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentStack } from '../../bin/stacks/environment-stack';
import { KafkaEnvironment } from '../../lib/environment';
import { awsExamples, synthesised } from './examples';
import { mirroredStack } from './mirrored-environment';

/** The environments of the repository that CloudFormation deploys. */
export const AWS_ENVIRONMENTS: readonly string[] = ['dev', 'prod', 'prod-ec2'];

export interface NamedTemplate {
  readonly name: string;
  readonly file: string;
}

/** Writes the template of every environment and example, nested stacks too, and says where they are. */
export function writeAwsTemplates(folder: string): NamedTemplate[] {
  const stacks = AWS_ENVIRONMENTS.map((name) => {
    const app = new App();
    new EnvironmentStack(app, KafkaEnvironment.fromFile(`environments/${name}.yaml`));
    return { name, stacks: app.synth().stacks };
  });
  const mirrored = App.of(mirroredStack())!.synth().stacks;
  mkdirSync(folder, { recursive: true });
  return [
    ...stacks,
    { name: 'mirrors', stacks: mirrored },
    ...awsExamples().map((name) => ({ name, stacks: synthesised(name).stacks })),
  ].flatMap((one) =>
    one.stacks.map(({ stackName, template }) => {
      const file = join(folder, `${one.name}-${stackName}.json`);
      writeFileSync(file, JSON.stringify(template));
      return { name: `${one.name} (${stackName})`, file };
    }),
  );
}
