import type { PropertyProblem } from '../../aws/private/construct-failure';
import type { EnvironmentModel } from '../../core/model';

/** Whether the environment is one for Amazon MSK; what it may then hold is decided by the rules, before any construct sees it. */
export function unsupported(model: EnvironmentModel): PropertyProblem[] {
  const { target, brokersElsewhere } = model;
  if (brokersElsewhere === undefined && (target === 'msk' || target === 'msk-serverless')) return [];
  return [
    {
      property: 'environment',
      message: `the environment is for another target, got ${brokersElsewhere === undefined ? target : 'kubernetes'}; msk and msk-serverless are allowed.`,
      hint: 'Read it with target: msk, or use the construct of its target.',
    },
  ];
}
