import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import type { EnvironmentModel } from '../../lib/core/model';

/** What the number of pods goes by, and how fast it may change. */
export interface PodAutoscaler {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> };
  /** Of the workload, which has the name of this object. */
  readonly kind: 'Deployment' | 'StatefulSet';
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Consumer groups whose lag counts, each by itself. */
  readonly groups: readonly string[];
  /** Records that a group may be behind for each pod; needed where there are groups. */
  readonly lag?: number | undefined;
  /** Part of the CPU that pods ask for, percent. @default CPU does not count */
  readonly cpuPercent?: number | undefined;
  readonly behavior: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/** Kubernetes itself sets the number of pods; lag comes from the API of external metrics, under the names that the environment says. */
export function addHorizontalPodAutoscaler(
  scope: Construct,
  model: EnvironmentModel,
  { metadata, kind, minReplicas, maxReplicas, groups, lag, cpuPercent, behavior }: PodAutoscaler,
): void {
  const { lagMetric = 'kafka_consumergroup_lag', groupLabel = 'consumergroup' } =
    model.spec.targets!.kubernetes!.autoscaling ?? {};
  new k8s.KubeHorizontalPodAutoscalerV2(scope, `HorizontalPodAutoscaler-${metadata.name}`, {
    metadata,
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind, name: metadata.name },
      minReplicas,
      maxReplicas,
      metrics: [
        ...groups.map((group) => ({
          type: 'External',
          external: {
            metric: { name: lagMetric, selector: { matchLabels: { [groupLabel]: group } } },
            target: { type: 'AverageValue', averageValue: k8s.Quantity.fromString(String(lag)) },
          },
        })),
        ...(cpuPercent === undefined
          ? []
          : [
              {
                type: 'Resource',
                resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: cpuPercent } },
              },
            ]),
      ],
      behavior,
    },
  });
}
