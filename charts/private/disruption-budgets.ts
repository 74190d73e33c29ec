import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { EnvironmentModel } from '../../lib/core/model';
import { BROKER_LABEL, CONTROLLER_LABEL, objectLabels, selectorLabels, type Labels } from './labels';

/**
 * One budget over the brokers of all pools, so that drains never take two at once, and one over the controllers. Kubernetes refuses to evict
 * a pod that two budgets cover: with combined nodes there is one over all.
 */
export function addDisruptionBudgets(scope: Construct, model: EnvironmentModel): void {
  const combined = model.pools.some(({ roles }) => roles.length === 2);
  const budgets: Record<string, Labels> = combined
    ? { nodes: {} }
    : { controllers: { [CONTROLLER_LABEL]: 'true' }, brokers: { [BROKER_LABEL]: 'true' } };
  for (const [suffix, labels] of Object.entries(budgets)) {
    const name = `${model.name}-${suffix}`;
    new k8s.KubePodDisruptionBudget(scope, `PodDisruptionBudget-${name}`, {
      metadata: {
        name,
        namespace: model.spec.targets!.kubernetes!.namespace,
        labels: objectLabels(model, 'kafka'),
      },
      spec: {
        maxUnavailable: k8s.IntOrString.fromNumber(1),
        // A pod that never became ready does not hold up a drain.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: { ...selectorLabels(model, 'kafka'), ...labels } },
      },
    });
  }
}
