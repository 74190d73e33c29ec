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
import { bytesQuantity } from '../quantity';
import { connectSecrets, secretFiles } from './connect-secrets';
import { metricsConfig } from './kafka';
import { strimziJvmOptions } from './jvm';
import { clusterAuthoritySecret, strimziBootstrapServers, userSecret } from './names';
import { CLUSTER_LABEL, present, strimziObject, type StrimziObject } from './object';
import { CONTAINER_SECURITY, podTemplate } from './pods';
import { workerOptions } from './worker-options';

const GRACE_SECONDS = 60;

/** The workers; connectors are objects of their own. */
export function connect(model: EnvironmentModel): StrimziObject[] {
  if (model.connect === undefined) return [];
  const { replicas, memoryMiB, heapMiB, metricsPort } = model.connect;
  const group = connectGroupId(model);
  const memory = bytesQuantity(memoryMiB * MIB).value;
  const { strimzi } = model.spec.targets!.kubernetes!;
  return [
    strimziObject(
      model,
      'KafkaConnect',
      model.name,
      present({
        version: model.kafka.patch,
        replicas,
        image: strimzi?.connectImage,
        bootstrapServers: strimziBootstrapServers(model, connectListener(model)),
        groupId: group,
        configStorageTopic: `${group}-configs`,
        offsetStorageTopic: `${group}-offsets`,
        statusStorageTopic: `${group}-status`,
        ...connection(model),
        config: workerOptions(model),
        resources: { requests: { memory }, limits: { memory } },
        jvmOptions: strimziJvmOptions([
          ...connectJvmOptions(model, heapMiB),
          ...podJvmOptions(undefined, WORKER_CONFIG),
        ]),
        rack: rackSource(model.spec) === 'pod-zone-label' ? { topologyKey: 'topology.kubernetes.io/zone' } : undefined,
        metricsConfig: metricsPort === undefined ? undefined : metricsConfig(model),
        build: strimzi?.connectImage === undefined ? build(model) : undefined,
        plugins: imagePlugins(model),
        template: template(model),
      })!,
      // Without it the operator leaves objects of kind KafkaConnector alone.
      { annotations: { 'strimzi.io/use-connector-resources': 'true' } },
    ),
  ];
}

/** How the workers themselves log in. */
function connection(model: EnvironmentModel): Record<string, unknown> {
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

function build(model: EnvironmentModel): unknown {
  const output = model.spec.targets!.kubernetes!.strimzi?.connectBuild;
  const plugins = model.connect!.plugins;
  if (output === undefined || plugins.length === 0) return undefined;
  return {
    output: { type: 'docker', ...output },
    plugins: plugins.map(({ name, maven }) => {
      const [group, artifact, version] = maven.split(':');
      return { name, artifacts: [{ type: 'maven', group, artifact, version }] };
    }),
  };
}

/** Plugins whose images are mounted as they are, where nothing else brings them. */
function imagePlugins(model: EnvironmentModel): unknown {
  const { strimzi, images } = model.spec.targets!.kubernetes!;
  if (strimzi?.connectImage !== undefined || strimzi?.connectBuild !== undefined) return undefined;
  const plugins = model.connect!.plugins.flatMap(({ name }) => {
    const reference = images.plugins?.[name]?.image;
    return reference === undefined ? [] : [{ name, artifacts: [{ type: 'image', reference }] }];
  });
  return plugins.length === 0 ? undefined : plugins;
}

function template(model: EnvironmentModel): unknown {
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
        labelSelector: { matchLabels: { [CLUSTER_LABEL]: model.name, 'strimzi.io/kind': 'KafkaConnect' } },
      })),
      secrets: volumes,
    }),
    connectContainer: { ...(mounts.length === 0 ? {} : { volumeMounts: mounts }), ...CONTAINER_SECURITY },
    podDisruptionBudget: { maxUnavailable: 1 },
  };
}
