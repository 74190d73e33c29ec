import { k8s } from 'cdk8s-plus-27';
import { rackSource, type EnvironmentModel } from '../../lib/core/model';
import { MIB } from '../../lib/core/units';
import { copyContainers, copyVolumes, folderMounts, type NamedFolder } from './image-folders';
import { RUN, TMP } from './paths';
import { CONTAINER_SECURITY } from './pod-security';
import { bytesQuantity, cpuQuantity } from './quantity';

/** `apache/kafka` calls its user by name, which the kubelet cannot tell from root; this is its number. */
const USER = 1000;

export interface PodFile {
  readonly volume: k8s.Volume;
  readonly mountPath: string;
}

export interface PodOptions {
  /** Name of the container. */
  readonly name: string;
  readonly image: string;
  readonly command: string[];
  readonly env: k8s.EnvVar[];
  readonly ports: Readonly<Record<string, number>>;
  /** Request and limit. */
  readonly memoryMiB: number;
  /** Without a limit a pod may use what its machine has to spare: one that is held back in the middle of a request stalls its clients. */
  readonly cpu: { readonly request: string; readonly limit?: string | undefined };
  /** Volumes that are mounted read-only: configuration and secrets. */
  readonly files: readonly PodFile[];
  /** Folders that other images bring; what is not copied is added to the object (`addImageVolumes`). @default none */
  readonly folders?: readonly NamedFolder[];
  /** Paths of persistent volumes by the name of their claim template. */
  readonly claims: Readonly<Record<string, string>>;
  readonly probes: Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;
  readonly terminationGracePeriodSeconds: number;
  readonly scheduling: Pick<
    k8s.PodSpec,
    'nodeSelector' | 'tolerations' | 'priorityClassName' | 'topologySpreadConstraints'
  >;
}

/**
 * Every pod of the kit: fit for a namespace that enforces the `restricted` Pod Security Standard, with a read-only root, without a token
 * for the API and without the variables that Services would add.
 */
export function podSpec(model: EnvironmentModel, options: PodOptions): k8s.PodSpec {
  const { folders = [] } = options;
  const { pullSecrets } = model.spec.targets!.kubernetes!.images;
  const copies = copyContainers(folders);
  const memory = bytesQuantity(options.memoryMiB * MIB);
  const ports = Object.entries(options.ports).map(([name, containerPort]) => ({ name, containerPort }));
  return {
    automountServiceAccountToken: false,
    // A Service called kafka would add KAFKA_PORT=tcp://..., which tools of Kafka take for an option.
    enableServiceLinks: false,
    // Kubernetes' own first process buries what a probe that was cut short leaves behind; Java does not, until no process can be made.
    shareProcessNamespace: true,
    terminationGracePeriodSeconds: options.terminationGracePeriodSeconds,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      // Else every start changes the owner of every file of the disk.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(pullSecrets === undefined ? {} : { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
    ...options.scheduling,
    ...(copies.length === 0 ? {} : { initContainers: copies }),
    containers: [
      {
        name: options.name,
        image: options.image,
        command: options.command,
        ...(options.env.length === 0 ? {} : { env: options.env }),
        ...(ports.length === 0 ? {} : { ports }),
        resources: {
          requests: { cpu: cpuQuantity(options.cpu.request), memory },
          limits: { ...(options.cpu.limit === undefined ? {} : { cpu: cpuQuantity(options.cpu.limit) }), memory },
        },
        securityContext: CONTAINER_SECURITY,
        // Why a container ended stands in the status of its pod.
        terminationMessagePolicy: 'FallbackToLogsOnError',
        ...options.probes,
        volumeMounts: [
          ...Object.entries(options.claims).map(([name, mountPath]) => ({ name, mountPath })),
          ...options.files.map(({ volume, mountPath }) => ({ name: volume.name, mountPath, readOnly: true })),
          ...folderMounts(folders),
          { name: 'run', mountPath: RUN },
          { name: 'tmp', mountPath: TMP },
        ],
      },
    ],
    volumes: [
      ...options.files.map(({ volume }) => volume),
      ...copyVolumes(folders),
      { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
      { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') } },
    ],
  };
}

export function podNameVariable(): k8s.EnvVar {
  return { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } };
}

/**
 * What the files of the pod are rendered for, for it to compare with its image. In the pod and not in its files, which change before pods do:
 * one that waits for its turn in an upgrade may start again with the old image.
 */
export function kafkaVersionVariables({ kafka }: EnvironmentModel): k8s.EnvVar[] {
  return [
    { name: 'RENDERED_KAFKA_VERSION', value: kafka.version },
    { name: 'RENDERED_METADATA_LEVEL', value: String(kafka.metadataLevel) },
  ];
}

/** Address of the node that the pod runs on. */
export function nodeIpVariable(): k8s.EnvVar {
  return { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } };
}

/** Kubernetes 1.35 and later copy the label from the node to the pod. */
export function zoneVariable(name: string): k8s.EnvVar {
  return { name, valueFrom: { fieldRef: { fieldPath: "metadata.labels['topology.kubernetes.io/zone']" } } };
}

/** Whether pods learn their rack from the label that Kubernetes copies to them. */
export function rackFromZone(model: EnvironmentModel): boolean {
  return rackSource(model.spec) === 'pod-zone-label';
}
