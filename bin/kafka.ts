import { App } from 'aws-cdk-lib/core';
import { findEnvironment, listEnvironments } from '../lib/cli/environment-argument';
import { Failure } from '../lib/core/issue';
import { KafkaEnvironment } from '../lib/environment/kafka-environment';
import { EnvironmentStack } from './stacks/environment-stack';

/** The CDK app: `cdk deploy -c environment=NAME`, where NAME is one of environments/ or the path of a file. */
function main(): void {
  const app = new App();
  const wanted: unknown = app.node.tryGetContext('environment');
  if (typeof wanted !== 'string' || wanted === '') {
    const known = listEnvironments().map(({ argument }) => argument);
    throw new Failure(
      'ENVIRONMENT-MISSING',
      `no environment is named, got nothing; one of ${known.join(', ')} or the path of a file is needed.`,
      `Add -c environment=${known.includes('prod') ? 'prod' : 'environments/prod.yaml'}.`,
      2,
    );
  }
  new EnvironmentStack(app, KafkaEnvironment.fromFile(findEnvironment(wanted).path));
  app.synth();
}

try {
  main();
} catch (error) {
  const { message } = error as Error;
  const hint = error instanceof Failure && !message.endsWith(error.hint) ? ` ${error.hint}` : '';
  process.stderr.write(`${message}${hint}\n`);
  process.exitCode = error instanceof Failure ? error.status : 1;
}
