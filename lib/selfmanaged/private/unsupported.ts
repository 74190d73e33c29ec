import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { EnvironmentModel } from '../../core/model';

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
  return [];
}
