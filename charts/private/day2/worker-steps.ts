import { connectName, type EnvironmentModel } from '../../../lib/core/model';
import type { Step } from '../../../lib/core/day2';
import { APPLY, type Situation } from './step';

/**
 * Exactly-once sources are prepared by one roll of all workers and enabled by another (KIP-618): a worker that does not know of it may lead
 * the group meanwhile, and write to the topic of configurations without a transaction.
 */
export function sourceSteps({ model, kubectl, difference: { sourceSupport: changes } }: Situation): Step[] {
  return changes.map(({ group, change: { from, to } }): Step => {
    const set = `statefulset/${workersName(model, group)}`;
    const wait = `${kubectl} rollout status ${set} --timeout=30m`;
    if (from === 'disabled' && to === 'enabled') {
      const { replicas } = group === 'mirror' ? model.mirrorMaker!.workers : model.connect!;
      return {
        title: `Enable exactly-once sources of ${set} at once`,
        text: 'All workers stop before the first starts again: one that has it disabled must not run beside one that has it enabled. Connectors stand still meanwhile. To spare them that, render `preparing` first, and `enabled` when that was rolled out.',
        commands: [
          `${kubectl} scale ${set} --replicas=0`,
          `${kubectl} wait --for=jsonpath='{.status.replicas}'=0 ${set} --timeout=10m`,
          APPLY,
          `${kubectl} scale ${set} --replicas=${replicas}`,
          wait,
        ],
      };
    }
    if (to === 'preparing' && from === 'disabled')
      return {
        title: `First roll: prepare exactly-once sources of ${set}`,
        text: 'Workers are replaced one by one. When all have it, kdk lock, write `enabled` (or nothing, which is the same), and make the second roll.',
        commands: [APPLY, wait],
      };
    if (to === 'enabled')
      return {
        title: `Second roll: enable exactly-once sources of ${set}`,
        text: 'Every worker has prepared it by the first roll: see first that it is done.',
        commands: [`${kubectl} rollout status ${set} --timeout=5m`, APPLY, wait],
      };
    return {
      title: `Exactly-once sources of ${set} become ${to}`,
      text: 'Connectors that require exactly-once fail from then on: set exactly.once.support: requested for them first.',
      commands: [APPLY, wait],
    };
  });
}

function workersName(model: EnvironmentModel, group: 'connect' | 'mirror'): string {
  return group === 'mirror' ? `${model.name}-mirror` : connectName(model);
}
