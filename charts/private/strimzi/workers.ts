import {
  clientSecurity,
  connectGroupId,
  connectJvmOptions,
  connectListener,
  connectPrincipal,
} from '../../../lib/core/config';
import { rackSource, secretName, type EnvironmentModel } from '../../../lib/core/model';
import { MIB } from '../../../lib/core/units';
import { CLIENT_LABEL } from '../labels';
import { podJvmOptions } from '../node-files';
import { WORKER_CONFIG } from '../paths';
import { bytesQuantity, cpuQuantity } from '../quantity';
import { connectSecrets, secretFiles } from './connect-secrets';
import { strimziJvmOptions } from './jvm';
import { metricsConfig } from './kafka';
import { clusterAuthoritySecret, userSecret } from './names';
import { CLUSTER_LABEL, type StrimziKind } from './object';
import { CONTAINER_SECURITY, podTemplate } from './pods';
import { workerOptions } from './worker-options';

const GRACE_SECONDS = 60;

/** What workers of either kind have: those of connectors, and those of mirrors. */
export function workerFields(model: EnvironmentModel, kind: StrimziKind): Record<string, unknown> {
  const { replicas, memoryMiB, heapMiB, metricsPort } = model.connect!;
  const memory = bytesQuantity(memoryMiB * MIB).value;
  const cpu = cpuQuantity(model.spec.targets!.kubernetes!.connect?.cpu ?? '500m').value;
  return {
    version: model.kafka.patch,
    replicas,
    resources: { requests: { cpu, memory }, limits: { memory } },
    jvmOptions: strimziJvmOptions([...connectJvmOptions(model, heapMiB), ...podJvmOptions(undefined, WORKER_CONFIG)]),
    rack: rackSource(model.spec) === 'pod-zone-label' ? { topologyKey: 'topology.kubernetes.io/zone' } : undefined,
    metricsConfig: metricsPort === undefined ? undefined : metricsConfig(model),
    template: template(model, kind),
  };
}

/** What the workers of a group share: its name, and the topics that it keeps its state in. */
export function internalTopics(model: EnvironmentModel): Record<string, unknown> {
  const group = connectGroupId(model);
  return {
    groupId: group,
    configStorageTopic: `${group}-configs`,
    offsetStorageTopic: `${group}-offsets`,
    statusStorageTopic: `${group}-status`,
    config: workerOptions(model),
  };
}

/** How the workers themselves log in. */
export function connection(model: EnvironmentModel): Record<string, unknown> {
  const listener = connectListener(model);
  const username = connectPrincipal(model);
  const tls = listener.protocol.endsWith('SSL')
    ? { tls: { trustedCertificates: [{ secretName: clusterAuthoritySecret(model), pattern: '*.crt' }] } }
    : {};
  switch (listener.authentication) {
    case 'scram-sha-512': {
      const passwordSecret = { secretName: secretName(model, username), password: 'password' };
      return { ...tls, authentication: { type: 'scram-sha-512', username, passwordSecret } };
    }
    case 'mtls': {
      const secret = userSecret(model, username);
      const certificateAndKey = { secretName: secret, certificate: 'user.crt', key: 'user.key' };
      return { ...tls, authentication: { type: 'tls', certificateAndKey } };
    }
    case 'oauthbearer': {
      const identity = { username, secret: { secret: username, key: 'password' } };
      const config = clientSecurity(model, listener, identity, secretFiles()).filter(([name]) =>
        name.startsWith('sasl.'),
      );
      return { ...tls, authentication: { type: 'custom', sasl: true, config: Object.fromEntries(config) } };
    }
    default:
      return tls;
  }
}

function template(model: EnvironmentModel, kind: StrimziKind): unknown {
  const { volumes, mounts } = connectSecrets(model);
  return {
    pod: podTemplate({
      model,
      labels: { [CLIENT_LABEL]: model.name },
      terminationGracePeriodSeconds: GRACE_SECONDS,
      topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
        topologyKey,
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { [CLUSTER_LABEL]: model.name, 'strimzi.io/kind': kind } },
      })),
      secrets: volumes,
    }),
    connectContainer: { ...(mounts.length === 0 ? {} : { volumeMounts: mounts }), ...CONTAINER_SECURITY },
    podDisruptionBudget: { maxUnavailable: 1 },
  };
}
