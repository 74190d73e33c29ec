import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { EnvironmentModel } from '../../core/model';

/** Instance store is no place for a log: data lives on volumes that outlive the instance. 11 letters from f to p. */
const MAX_VOLUMES = 11;

/** What an environment asks for that this target cannot do, beside what the rules say; each by the path where it is written. */
export function unsupported(model: EnvironmentModel): PropertyProblem[] {
  if (model.target !== 'ec2') {
    return [
      {
        property: 'environment',
        message: `the environment is for another target, got ${model.target}; ec2 is allowed.`,
        hint: 'Read it with target: ec2, or use the construct of its target.',
      },
    ];
  }
  const problems: PropertyProblem[] = [];
  for (const pool of model.pools) {
    const volumes = pool.volumeBytes.length;
    if (volumes <= MAX_VOLUMES) continue;
    problems.push({
      property: `nodePools.${pool.name}.volumes`,
      message: `too many volumes for an instance, got ${volumes}; ${MAX_VOLUMES} are allowed.`,
      hint: 'Use fewer and larger ones.',
    });
  }
  if (model.spec.targets?.ec2?.packages === undefined) {
    problems.push({
      property: 'targets.ec2.packages',
      message: 'instances do not know where Kafka is, got nothing; a folder in S3 is needed.',
      hint: `Put kafka_2.13-${model.kafka.patch}.tgz${model.metrics.enabled ? ' and jmx_prometheus_javaagent.jar' : ''} there and name it, for example s3://my-packages/kafka.`,
    });
  }
  if (model.spec.mirrors !== undefined && Object.keys(model.spec.mirrors).length > 0) {
    problems.push({
      property: 'mirrors',
      message: `mirrors on EC2 are not built yet, got ${Object.keys(model.spec.mirrors).join(', ')}; none are allowed.`,
      hint: 'Set mirrors: null under targets.ec2.override.',
    });
  }
  return problems;
}
