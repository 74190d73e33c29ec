import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { EnvironmentModel } from '../../core/model';

/** Instance store is no place for a log: data lives on volumes that outlive the instance. 11 letters from f to p. */
const MAX_VOLUMES = 11;

/** What an environment asks for that this target cannot do, beside what the rules say; each by the path where it is written. */
export function unsupported(model: EnvironmentModel): PropertyProblem[] {
  if (model.target !== 'ec2' || model.brokersElsewhere !== undefined) {
    return [
      {
        property: 'environment',
        message: `the environment is for another target, got ${model.brokersElsewhere === undefined ? model.target : 'kubernetes'}; ec2 is allowed.`,
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
  return problems;
}
