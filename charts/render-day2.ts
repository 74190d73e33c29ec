import type { FileArtifact } from '../lib/core/artifact';
import type { TargetLock } from '../lib/core/lock';
import type { EnvironmentModel } from '../lib/core/model';
import { differenceOf } from './private/day2/difference';
import { claimSteps, grownSteps } from './private/day2/disk-steps';
import { addedSteps, goneSteps } from './private/day2/node-steps';
import { listenerStepsOfPods, rackSteps, standingSteps, upgradeSteps } from './private/day2/roll-steps';
import { runbookFiles } from './private/day2/runbook';
import { restoreQuorumFiles } from './private/day2/restore-quorum';
import type { Situation } from './private/day2/step';
import { sourceSteps } from './private/day2/worker-steps';
import { requireKubernetes } from './private/environment-model';
import { script } from './private/scripts';

export interface RenderDay2Options {
  /** What runs: an entry of a lock, or one made of a former file. */
  readonly before: TargetLock;
  /** Its name, for the heading. */
  readonly since: string;
}

/** How a running cluster becomes what its file says now, where an apply is not enough: a runbook, its Jobs, a script that rolls pods, and one that restores a lost quorum. */
export function renderDay2(model: EnvironmentModel, { before, since }: RenderDay2Options): FileArtifact[] {
  requireKubernetes(model);
  const { namespace } = model.spec.targets!.kubernetes!;
  const situation: Situation = {
    model,
    before,
    difference: differenceOf(before, model),
    kubectl: `kubectl -n ${namespace}`,
  };
  const roll = script('roll.sh')
    .replace('@namespace@', namespace)
    .replace('@name@', model.name)
    .replace('@metrics-port@', String(model.nodes[0]?.metricsPort ?? ''));
  return [
    ...runbookFiles({
      model,
      since,
      steps: [
        ...grownSteps(situation),
        ...claimSteps(situation),
        ...upgradeSteps(situation),
        ...listenerStepsOfPods(situation),
        ...sourceSteps(situation),
        ...rackSteps(situation),
        ...addedSteps(situation),
        ...goneSteps(situation),
      ],
      standing: standingSteps(situation),
    }),
    { path: 'roll.sh', content: roll, executable: true },
    ...restoreQuorumFiles(model),
  ];
}
