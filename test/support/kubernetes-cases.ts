import type { EnvironmentModel } from '../../lib/core/model';
import { modelOfFile, modelOfText } from './environments';
import { kubernetesText } from './manifests';

/** Every environment on Kubernetes, and variants that render otherwise: schemas, kube-score and the policy of pods look at all of them. */
export const KUBERNETES_CASES: readonly [title: string, model: EnvironmentModel][] = [
  ['staging', modelOfFile('staging')],
  [
    'combined nodes with several disks and the zone of their pod',
    modelOfText(
      kubernetesText({
        version: '1.35',
        pools: '{ nodes: { roles: [broker, controller], replicas: 3, volumes: [{ size: 1GiB }, { size: 1GiB }] } }',
        settings: 'rackSource: pod-zone-label',
        more: 'connect: {}',
      }),
    ),
  ],
  [
    'no metrics and certificates of others',
    modelOfText(kubernetesText({ settings: 'certificates: secret', more: 'monitoring: { metrics: false }' })),
  ],
];
