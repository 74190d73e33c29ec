import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import {
  configMapName,
  nodeCertificateName,
  CONTROLLER_LISTENER,
  headlessServiceName,
  listenerCertificateName,
  REPLICATION_LISTENER,
  type EnvironmentModel,
  type NodeModel,
} from '../../lib/core/model';
import { durationMs } from '../../lib/core/units';
import { addImageVolumes, exporterFolders } from './image-folders';
import { objectLabels, poolSelector, roleLabels } from './labels';
import { advertisesNodeIp, nodeFiles } from './node-files';
import { placement, podsOf } from './node-placement';
import { nodeProbes } from './node-probes';
import { nodeSets, type NodeSet } from './node-set';
import { LISTENER_TLS, NODE_CONFIG, TLS } from './paths';
import {
  kafkaVersionVariables,
  nodeIpVariable,
  podNameVariable,
  podSpec,
  rackFromZone,
  zoneVariable,
  type PodFile,
} from './pod';
import { bytesQuantity } from './quantity';

/** Longer than names are cached (30 s) and sessions last: the next node goes down only when all can reach this one. */
const MIN_READY_SECONDS = 35;
/** Without metrics nobody says that replicas are whole: time is all there is. */
const MIN_READY_SECONDS_BLIND = 120;
/** A broker that lost the quorum waits five minutes in its controlled shutdown. */
const BROKER_GRACE_SECONDS = 600;
const CONTROLLER_GRACE_SECONDS = 120;

export function addNodeStatefulSet(scope: Construct, model: EnvironmentModel, set: NodeSet): void {
  const { pool, zone, nodes, name } = set;
  const { namespace, storageClass, images } = model.spec.targets!.kubernetes!;
  const first = nodes[0]!;
  const folders = exporterFolders(model, first.metricsPort);
  const files = nodeFiles(model, set);
  const selector = poolSelector(model, pool, zone);
  const pods = podsOf(model, set);
  const labels = { ...objectLabels(model, 'kafka'), ...selector, ...roleLabels(pool) };
  const config = configMapName(name);

  new k8s.KubeConfigMap(scope, `ConfigMap-${config}`, {
    metadata: { name: config, namespace, labels },
    data: files.data,
  });
  const object = new k8s.KubeStatefulSet(scope, `StatefulSet-${name}`, {
    metadata: { name, namespace, labels },
    spec: {
      serviceName: headlessServiceName(model.name),
      replicas: nodes.length,
      ...(first.id === 0 ? {} : { ordinals: { start: first.id } }),
      // The first quorum needs all controllers at once.
      podManagementPolicy: 'Parallel',
      minReadySeconds: readySeconds(pods.readyFor, first),
      ...(sharesRole(model, set) ? { updateStrategy: { type: 'OnDelete' } } : {}),
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: { ...pods.labels, ...labels },
          annotations: { ...pods.annotations, ...podAnnotations(model, files.hash) },
        },
        spec: podSpec(model, {
          name: 'kafka',
          image: images.kafka,
          command: ['bash', `${NODE_CONFIG}/start-node.sh`],
          env: [
            podNameVariable(),
            ...kafkaVersionVariables(model),
            ...(rackFromZone(model) && first.roles.includes('broker') ? [zoneVariable('RACK_FROM_ZONE')] : []),
            ...(advertisesNodeIp(model) && first.roles.includes('broker') ? [nodeIpVariable()] : []),
          ],
          ports: containerPorts(first),
          memoryMiB: pool.memoryMiB!,
          files: [
            { volume: { name: 'config', configMap: { name: config } }, mountPath: NODE_CONFIG },
            {
              volume: { name: 'tls', secret: { secretName: nodeCertificateName(model), defaultMode: 0o440 } },
              mountPath: TLS,
            },
            ...(first.roles.includes('broker') ? listenerCertificates(model) : []),
          ],
          folders,
          claims: Object.fromEntries(
            pool.volumeBytes.map((_, index) => [`data-${index}`, `/var/lib/kafka/data-${index}`]),
          ),
          probes: nodeProbes(first),
          terminationGracePeriodSeconds: pool.roles.includes('broker')
            ? BROKER_GRACE_SECONDS
            : CONTROLLER_GRACE_SECONDS,
          cpu: { request: `${pool.cpuMillis!}m`, limit: pods.cpu?.limit },
          scheduling: placement(model, set),
        }),
      },
      volumeClaimTemplates: pool.volumeBytes.map((bytes, index) => ({
        metadata: { name: `data-${index}` },
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
          resources: { requests: { storage: bytesQuantity(bytes) } },
        },
      })),
    },
  });
  addImageVolumes(object, folders);
}

/** Another value of one of them is another pod. */
function podAnnotations(model: EnvironmentModel, configHash: string): Record<string, string> {
  const { certificateHash } = model.spec.targets!.kubernetes!;
  return {
    'kafka-deployment-kit/config-hash': configHash,
    ...(certificateHash === undefined ? {} : { 'kafka-deployment-kit/certificate-hash': certificateHash }),
  };
}

/** Of listeners with one of their own. Key and chain only: who clients are is for the authority of the environment to say. */
function listenerCertificates(model: EnvironmentModel): PodFile[] {
  return model.listeners.flatMap((listener) => {
    const secretName = listenerCertificateName(model, listener);
    if (secretName === undefined) return [];
    const items = ['tls.crt', 'tls.key'].map((key) => ({ key, path: key }));
    return [
      {
        volume: { name: `tls-${listener.name}`, secret: { secretName, items, defaultMode: 0o440 } },
        mountPath: `${LISTENER_TLS}/${listener.name}`,
      },
    ];
  });
}

function readySeconds(readyFor: string | undefined, { metricsPort }: NodeModel): number {
  if (readyFor !== undefined) return Math.ceil(durationMs(readyFor) / 1000);
  return metricsPort === undefined ? MIN_READY_SECONDS_BLIND : MIN_READY_SECONDS;
}

/** Ports of a pod by name; clients' are named by number, since the name of a port ends at 15 characters. */
export function containerPorts(node: NodeModel): Record<string, number> {
  return Object.fromEntries([
    ...Object.entries(node.ports).map(([listener, port]) => [portName(listener, port), port]),
    ...(node.metricsPort === undefined ? [] : [['metrics', node.metricsPort]]),
  ]) as Record<string, number>;
}

export function portName(kafkaName: string, port: number): string {
  return kafkaName === CONTROLLER_LISTENER || kafkaName === REPLICATION_LISTENER
    ? kafkaName.toLowerCase()
    : `client-${port}`;
}

/**
 * Kubernetes rolls every StatefulSet by itself: a change to three of them takes down a node of each at once, and with them the quorum or
 * the replicas of a partition. Where several share a role, pods take a change when they are deleted, one by one.
 */
function sharesRole(model: EnvironmentModel, { name, pool }: NodeSet): boolean {
  return nodeSets(model).some(
    (other) => other.name !== name && other.pool.roles.some((role) => pool.roles.includes(role)),
  );
}
