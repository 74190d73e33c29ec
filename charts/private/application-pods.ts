import { k8s } from 'cdk8s-plus-27';
import {
  APPLICATION_CONFIG,
  APPLICATION_SECRETS,
  APPLICATION_STATE,
  APPLICATION_TLS,
  applicationFiles,
  applicationVariables,
  bootstrapPlaceholder,
  POD_NAME_VARIABLE,
  principalIdentity,
  RACK_VARIABLE,
} from '../../lib/core/config';
import {
  applicationName,
  authoritySecret,
  configMapName,
  secretName,
  userCertificateName,
  type ApplicationModel,
  type ApplicationProbe,
  type EnvironmentModel,
  type ListenerModel,
} from '../../lib/core/model';
import { authorityFiles, bootstrapFiles, bootstrapVariable } from './broker-access';
import { podNameVariable, podSpec, rackFromZone, zoneVariable, type PodFile } from './pod';

/** Name of the claim template of stores. */
export const STATE_CLAIM = 'state';

/** The listener of an application; rules see to it that there is one. */
export function applicationListener(model: EnvironmentModel, { listener }: ApplicationModel): ListenerModel {
  return model.listeners.find(({ name }) => name === listener)!;
}

/** Content of the ConfigMap of an application, by file name. */
export function applicationConfig(model: EnvironmentModel, application: ApplicationModel): Record<string, string> {
  const listener = applicationListener(model, application);
  return applicationFiles(model, application, {
    bootstrapServers: bootstrapPlaceholder(model, listener),
    folders: bootstrapFiles(model).map(({ mountPath }) => mountPath),
    rackFromZone: rackFromZone(model),
    ...(listener.protocol.endsWith('SSL') && hasAuthority(model, listener)
      ? { truststore: `${APPLICATION_TLS}/ca.crt` }
      : {}),
  });
}

/** The pod of an application: as every pod of the kit, with the entrypoint and the user of the application's own image. */
export function applicationPod(
  model: EnvironmentModel,
  application: ApplicationModel,
  scheduling: Pick<k8s.PodSpec, 'topologySpreadConstraints'>,
): k8s.PodSpec {
  const { image, command, args, user, cpuMillis, streams, ports, memoryMiB, stopSeconds } = application;
  const withState = streams?.stateBytes !== undefined;
  const spec = podSpec(model, {
    name: 'application',
    image,
    command: [],
    env: variables(model, application),
    ports,
    memoryMiB,
    cpu: { request: `${cpuMillis}m` },
    files: files(model, application),
    claims: withState ? { [STATE_CLAIM]: APPLICATION_STATE } : {},
    probes: probes(application),
    terminationGracePeriodSeconds: stopSeconds,
    scheduling,
  });
  const { command: _none, ...container } = spec.containers[0]!;
  return {
    ...spec,
    ...(applicationListener(model, application).authentication === 'iam'
      ? { serviceAccountName: applicationName(model, application.name) }
      : {}),
    securityContext: { ...spec.securityContext, runAsUser: user, runAsGroup: user, fsGroup: user },
    containers: [
      {
        ...container,
        ...(command === undefined ? {} : { command: [...command] }),
        ...(args === undefined ? {} : { args: [...args] }),
        volumeMounts: [
          ...container.volumeMounts!.filter(({ name }) => name !== 'run'),
          ...(streams !== undefined && !withState ? [{ name: STATE_CLAIM, mountPath: APPLICATION_STATE }] : []),
        ],
      },
    ],
    volumes: [
      ...spec.volumes!.filter(({ name }) => name !== 'run'),
      ...(streams !== undefined && !withState ? [{ name: STATE_CLAIM, emptyDir: {} }] : []),
    ],
  };
}

function variables(model: EnvironmentModel, application: ApplicationModel): k8s.EnvVar[] {
  const { env, secretEnv, produce } = application;
  const listener = applicationListener(model, application);
  const prefix = produce?.transactionalIdPrefix;
  return [
    podNameVariable(),
    ...(rackFromZone(model) ? [zoneVariable(RACK_VARIABLE)] : []),
    bootstrapVariable('KAFKA_BOOTSTRAP_SERVERS', model, listener),
    ...applicationVariables(model, application).map(([name, value]) => ({ name, value })),
    // Kubernetes puts the name of the pod there.
    ...(prefix === undefined ? [] : [{ name: 'KAFKA_TRANSACTIONAL_ID', value: `${prefix}$(${POD_NAME_VARIABLE})` }]),
    ...Object.entries(env).map(([name, value]) => ({ name, value })),
    ...Object.entries(secretEnv).map(([name, { secret, key }]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secretName(model, secret), key } },
    })),
  ];
}

function files(model: EnvironmentModel, application: ApplicationModel): PodFile[] {
  const listener = applicationListener(model, application);
  const principal = model.principals.find(({ name }) => name === application.principal);
  const { secret, key } = principal === undefined ? { secret: '', key: '' } : principalIdentity(principal).secret;
  const withPassword = ['scram-sha-512', 'oauthbearer'].includes(listener.authentication);
  const tls: PodFile[] =
    listener.authentication === 'mtls' && principal !== undefined
      ? [mounted('tls', userCertificateName(model, principal.name), APPLICATION_TLS)]
      : listener.protocol.endsWith('SSL')
        ? authorityFiles(model, APPLICATION_TLS)
        : [];
  return [
    {
      volume: { name: 'config', configMap: { name: configMapName(applicationName(model, application.name)) } },
      mountPath: APPLICATION_CONFIG,
    },
    ...bootstrapFiles(model),
    ...tls,
    ...(withPassword && principal !== undefined
      ? [
          mounted('secret', secretName(model, secret), `${APPLICATION_SECRETS}/${secret}`, [
            key,
            ...(listener.authentication === 'oauthbearer' && !hasTokenEndpoint(model) ? ['token-endpoint-url'] : []),
          ]),
        ]
      : []),
  ];
}

/** A certificate of a client comes with that of its authority. */
function hasAuthority(model: EnvironmentModel, { authentication }: ListenerModel): boolean {
  return authentication === 'mtls' || authoritySecret(model) !== undefined;
}

function hasTokenEndpoint(model: EnvironmentModel): boolean {
  return model.brokerConfig.has('sasl.oauthbearer.token.endpoint.url');
}

function mounted(name: string, secret: string, mountPath: string, keys?: readonly string[]): PodFile {
  return {
    volume: {
      name,
      secret: {
        secretName: secret,
        defaultMode: 0o440,
        ...(keys === undefined ? {} : { items: keys.map((key) => ({ key, path: key })) }),
      },
    },
    mountPath,
  };
}

function probes({ probes: { startup, readiness, liveness } }: ApplicationModel) {
  return {
    ...(startup === undefined ? {} : { startupProbe: probe(startup) }),
    ...(readiness === undefined ? {} : { readinessProbe: probe(readiness) }),
    ...(liveness === undefined ? {} : { livenessProbe: probe(liveness) }),
  };
}

function probe({ path, port, command, periodSeconds, failures }: ApplicationProbe): k8s.Probe {
  const at = port === undefined ? undefined : k8s.IntOrString.fromNumber(port);
  return {
    ...(command !== undefined
      ? { exec: { command: [...command] } }
      : path === undefined
        ? { tcpSocket: { port: at! } }
        : { httpGet: { path, port: at! } }),
    periodSeconds,
    timeoutSeconds: Math.min(5, periodSeconds),
    failureThreshold: failures,
  };
}
