import type { EnvironmentModel } from '../../../lib/core/model';
import type { Labels } from '../labels';
import { present } from './object';

export interface PodTemplateOptions {
  readonly model: EnvironmentModel;
  readonly labels?: Labels;
  readonly terminationGracePeriodSeconds: number;
  readonly topologySpreadConstraints: readonly unknown[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** Labels of the machines that its pods run on. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Tolerations and priority. */
  readonly placed?: Readonly<Record<string, unknown>>;
  /** It has disks of its own. */
  readonly disks?: true;
  /** Secrets by the name of their volume. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** The group of the user of Strimzi's images; without it the disk belongs to root alone. */
const DISK_GROUP = { fsGroup: 0, fsGroupChangePolicy: 'OnRootMismatch' } as const;

/** What a pod of Strimzi's has of the kit's own: fit for the `restricted` Pod Security Standard, without the variables of Services. */
export function podTemplate(options: PodTemplateOptions): Record<string, unknown> {
  const { labels, annotations, nodeSelector, secrets = {} } = options;
  const metadata = present({ labels, annotations });
  const { pullSecrets } = options.model.spec.targets!.kubernetes!.images;
  return {
    ...(metadata === undefined ? {} : { metadata }),
    enableServiceLinks: false,
    ...(pullSecrets === undefined ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
    terminationGracePeriodSeconds: options.terminationGracePeriodSeconds,
    securityContext: {
      runAsNonRoot: true,
      ...(options.disks ? DISK_GROUP : {}),
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(nodeSelector === undefined ? {} : { affinity: { nodeAffinity: onMachines(nodeSelector) } }),
    ...options.placed,
    topologySpreadConstraints: options.topologySpreadConstraints,
    ...(Object.keys(secrets).length === 0
      ? {}
      : { volumes: Object.entries(secrets).map(([name, secretName]) => ({ name, secret: { secretName } })) }),
  };
}

/** The part of the same that stands with each container. */
export const CONTAINER_SECURITY = {
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
} as const;

/** Strimzi's templates have no node selector. */
function onMachines(labels: Readonly<Record<string, string>>): unknown {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] })) },
      ],
    },
  };
}
