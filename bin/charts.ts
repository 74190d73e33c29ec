import { parseArgs } from 'node:util';
import { App, YamlOutputType } from 'cdk8s';
import { KafkaEnvironmentChart } from '../charts/kafka-environment-chart';
import { findEnvironment } from '../lib/cli/environment-argument';
import { Failure } from '../lib/core/issue';
import { KafkaEnvironment } from '../lib/environment/kafka-environment';

/** The cdk8s app: `node dist/bin/charts.js NAME [--out DIR]`, where NAME is one of environments/ or the path of a file. */
function main(): void {
  const { values, positionals } = readArguments();
  const [name = process.env.KDK_ENVIRONMENT] = positionals;
  if (name === undefined || name === '' || positionals.length > 1) {
    throw usage(`one environment is needed, got ${positionals.length === 0 ? 'none' : positionals.join(' ')}`);
  }
  const environment = KafkaEnvironment.fromFile(findEnvironment(name).path);
  const app = new App({
    ...(values.out === undefined ? {} : { outdir: values.out }),
    yamlOutputType: YamlOutputType.FILE_PER_RESOURCE,
  });
  new KafkaEnvironmentChart(app, environment.environmentName, { environment });
  app.synth();
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { out: { type: 'string' } } });
  } catch (error) {
    throw usage((error as Error).message.split('. ')[0]!);
  }
}

function usage(what: string): Failure {
  return new Failure(
    'USAGE',
    `${what}; the name or path of one environment, and --out with a folder, are allowed.`,
    'Try node dist/bin/charts.js staging --out dist/staging.',
    2,
  );
}

try {
  main();
} catch (error) {
  const { message } = error as Error;
  const hint = error instanceof Failure ? ` ${error.hint}` : '';
  process.stderr.write(`${message}${hint}\n`);
  process.exitCode = error instanceof Failure ? error.status : 1;
}
