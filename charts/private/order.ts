import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

const WAVE = 'argocd.argoproj.io/sync-wave';
const WORKLOAD = 'app.kubernetes.io/name';

/**
 * In which order Argo CD applies objects, each wave once the one before is healthy: nodes, what is made inside the cluster, what runs beside
 * it, connectors, what happens from time to time. Objects without a wave are of the first one. Hooks are not used: Argo CD would delete
 * and make their Jobs again at every sync. Flux applies all at once, and there the Jobs wait for what they need by themselves.
 */
export function annotateOrder(scope: Construct): void {
  for (const object of scope.node.findAll()) {
    if (!(object instanceof ApiObject)) continue;
    const wave = waveOf(object);
    if (wave !== undefined) object.metadata.addAnnotation(WAVE, wave);
  }
}

function waveOf(object: ApiObject): string | undefined {
  const nodes = object.metadata.getLabel(WORKLOAD) === 'kafka';
  switch (object.kind) {
    case 'StatefulSet':
    case 'Deployment':
      return nodes ? '1' : '3';
    case 'Job':
      return /-reconcile-[^-]+$/.test(object.metadata.name ?? '') ? '2' : '4';
    case 'CronJob':
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject':
      return '5';
    default:
      return undefined;
  }
}
