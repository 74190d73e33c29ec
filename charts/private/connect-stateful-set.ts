import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-27';
import { connectListener } from '../../lib/core/config';
import { configMapName, connectName, connectorsConfigMapName, type EnvironmentModel } from '../../lib/core/model';
import { addConnectScaling, connectScalingVariables } from './connect-scaling';
import { connectFiles, connectorFiles, connectSecrets, filesHash } from './connect-files';
import { addServiceAccount } from './broker-access';
import { addImageVolumes, exporterFolders, pluginFolders } from './image-folders';
import { clientLabels, objectLabels, selectorLabels, sourceLabel, workerWorkload, type Labels } from './labels';
import { hasIamSource } from './mirror-secrets';
import { WORKER_CONFIG } from './paths';
import { kafkaVersionVariables, podNameVariable, podSpec, rackFromZone, zoneVariable } from './pod';

/** Tasks flush their offsets and leave the group. */
const GRACE_SECONDS = 60;

/** Workers with names that stay: logs, metrics and the other workers know them by these. Their state is in topics, so they need no disk. */
export function addConnectWorkers(scope: Construct, model: EnvironmentModel): void {
  const connect = model.connect!;
  const { namespace, images, connect: settings } = model.spec.targets!.kubernetes!;
  const scaling = settings?.autoscaling;
  const identity = hasIdentity(model);
  const name = connectName(model);
  const config = configMapName(name);
  const selector = selectorLabels(model, workerWorkload(model));
  const labels = objectLabels(model, workerWorkload(model));
  const data = connectFiles(model);
  const folders = [
    ...exporterFolders(model, connect.metricsPort),
    ...pluginFolders(
      model,
      connect.plugins.map((plugin) => plugin.name),
    ),
  ];
  const ports = {
    rest: connect.restPort,
    ...(connect.metricsPort === undefined ? {} : { metrics: connect.metricsPort }),
  };

  new k8s.KubeConfigMap(scope, `ConfigMap-${config}`, { metadata: { name: config, namespace, labels }, data });
  if (connect.connectors.length > 0) {
    const connectors = connectorsConfigMapName(model);
    new k8s.KubeConfigMap(scope, `ConfigMap-${connectors}`, {
      metadata: { name: connectors, namespace, labels },
      data: connectorFiles(model),
    });
  }
  new k8s.KubeService(scope, `Service-${name}`, {
    metadata: { name, namespace, labels },
    spec: {
      clusterIp: 'None',
      // Workers of one group speak to each other while they start.
      publishNotReadyAddresses: true,
      selector,
      ports: Object.entries(ports).map(([port, number]) => ({ name: port, port: number })),
    },
  });
  new k8s.KubePodDisruptionBudget(scope, `PodDisruptionBudget-${name}`, {
    metadata: { name, namespace, labels },
    spec: {
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selector },
    },
  });
  if (identity) {
    const { iamRole } = model.spec.connect!;
    addServiceAccount(scope, model, {
      name,
      workload: workerWorkload(model),
      ...(iamRole === undefined ? {} : { iamRole }),
    });
  }
  addConnectScaling(scope, model);
  const object = new k8s.KubeStatefulSet(scope, `StatefulSet-${name}`, {
    metadata: { name, namespace, labels },
    spec: {
      serviceName: name,
      // Else every apply would undo what the autoscaler did.
      ...(scaling === undefined ? { replicas: connect.replicas } : {}),
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: { ...labels, ...clientLabels(model), ...sourceLabels(model) },
          annotations: { 'kafka-deployment-kit/config-hash': filesHash(data) },
        },
        spec: {
          ...podSpec(model, {
            name: 'connect',
            image: images.kafka,
            command: ['bash', `${WORKER_CONFIG}/start-worker.sh`],
            env: [
              podNameVariable(),
              ...connectScalingVariables(model),
              // Workers of brokers elsewhere may be newer than those.
              ...(model.brokersElsewhere === undefined ? kafkaVersionVariables(model) : []),
              ...(rackFromZone(model) ? [zoneVariable('ZONE')] : []),
            ],
            ports,
            memoryMiB: connect.memoryMiB,
            files: [
              { volume: { name: 'config', configMap: { name: config } }, mountPath: WORKER_CONFIG },
              ...connectSecrets(model),
            ],
            folders,
            claims: {},
            probes: probes(),
            terminationGracePeriodSeconds: GRACE_SECONDS,
            cpu: { request: settings?.cpu ?? '500m' },
            scheduling: { topologySpreadConstraints: spread(model) },
          }),
          ...(identity ? { serviceAccountName: name } : {}),
        },
      },
    },
  });
  addImageVolumes(object, folders);
}

/** Whether the workers are somebody to AWS: to their brokers, to the source of a mirror, or to what their connectors work with. */
function hasIdentity(model: EnvironmentModel): boolean {
  return (
    connectListener(model).authentication === 'iam' || model.spec.connect?.iamRole !== undefined || hasIamSource(model)
  );
}

/** Brokers beside these let in those that copy from them. */
function sourceLabels(model: EnvironmentModel): Labels {
  if (model.connect?.group !== 'mirror') return {};
  const sources = model.mirrorMaker!.mirrors.map(({ alias }) => alias);
  return Object.fromEntries([...new Set(sources)].sort().map((name) => [sourceLabel(name), 'true']));
}

/** `/health` (KIP-1017) answers once the worker has joined its group and read its connectors. */
function probes(): Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const port = k8s.IntOrString.fromString('rest');
  return {
    startupProbe: { httpGet: { path: '/health', port }, periodSeconds: 5, timeoutSeconds: 10, failureThreshold: 120 },
    readinessProbe: { httpGet: { path: '/health', port }, periodSeconds: 10, timeoutSeconds: 10 },
    livenessProbe: { tcpSocket: { port }, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 10 },
  };
}

/** A worker elsewhere is better than none. */
function spread(model: EnvironmentModel): k8s.TopologySpreadConstraint[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(model, workerWorkload(model)) },
  }));
}
