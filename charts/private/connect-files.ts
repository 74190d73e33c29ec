import {
  bootstrapPlaceholder,
  connectJvmOptions,
  connectListener,
  connectPrincipal,
  connectorConfig,
  connectWorkerProperties,
  jmxExporterRules,
  log4j2Configuration,
  POD_BOOTSTRAP,
  principalSecret,
  WORKER_CA,
  WORKER_SECRETS,
  workerFiles,
  workerFolder,
} from '../../lib/core/config';
import {
  connectCertificateName,
  connectName,
  secretName,
  userCertificateName,
  podBootstrap,
  podDomain,
  shortHash,
  type EnvironmentModel,
  type PrincipalModel,
  type SecretReference,
} from '../../lib/core/model';
import { authorityFiles, bootstrapFiles } from './broker-access';
import { hasIamSource, mirrorBootstraps, mirrorNeededFiles, mirrorSecrets } from './mirror-secrets';
import { directMemoryOption, lines, podJvmOptions } from './node-files';
import { PLUGINS, TLS, WORKER_CONFIG } from './paths';
import type { PodFile } from './pod';
import { script } from './scripts';

/** Kafka does not start where the folder that secrets are read from is missing. */
const NO_SECRETS: PodFile = { volume: { name: 'no-secrets', emptyDir: {} }, mountPath: WORKER_SECRETS };

/** Content of the ConfigMap of the workers, by file name. */
export function connectFiles(model: EnvironmentModel): Record<string, string> {
  const connect = model.connect!;
  return {
    'worker.properties': connectWorkerProperties(model, {
      bootstrapServers: bootstrapPlaceholder(model, connectListener(model)),
      // The start script puts the name of the pod there.
      advertisedHost: `{pod}.${podDomain(model.spec, connectName(model))}`,
      restPort: connect.restPort,
      files: workerFiles(model),
      ...(connect.plugins.length === 0 ? {} : { pluginPath: PLUGINS }),
    }),
    'jvm.options': lines([
      ...connectJvmOptions(model, connect.heapMiB),
      directMemoryOption(connect.memoryMiB, connect.heapMiB),
      ...podJvmOptions(connect.metricsPort, WORKER_CONFIG),
    ]),
    'plugin-folders': lines(connect.plugins.map(({ name }) => `${PLUGINS}/${name}`)),
    'needed-files': lines(neededFiles(model)),
    ...(hasIamSource(model) ? { 'needed-log-ins': lines(['AWS_MSK_IAM']) } : {}),
    'log4j2.yaml': log4j2Configuration(),
    'start-worker.sh': script('start-worker.sh'),
    'restart-in-turn.sh': script('restart-in-turn.sh'),
    ...(connect.metricsPort === undefined ? {} : { 'jmx-exporter.yaml': jmxExporterRules() }),
  };
}

/** What Kubernetes mounts a folder for without looking for the single key: the path, and what should hold it. */
function neededFiles(model: EnvironmentModel): string[] {
  const secrets = connectSecretKeys(model).map(
    ({ secret, key }) => `${WORKER_SECRETS}/${secret}/${key} Secret ${secretName(model, secret)}`,
  );
  const listener = podBootstrap(model, connectListener(model));
  const bootstrap = 'value' in listener ? [] : [`${POD_BOOTSTRAP}/${listener.key} ConfigMap ${listener.configMap}`];
  return [...new Set([...bootstrap, ...secrets, ...mirrorNeededFiles(model)])].sort();
}

/** What the REST interface of Connect takes to make each connector, by file name. */
export function connectorFiles(model: EnvironmentModel): Record<string, string> {
  return Object.fromEntries(
    model.connect!.connectors.map((connector): [string, string] => [
      `${connector.name}.json`,
      `${JSON.stringify(
        {
          name: connector.name,
          config: connectorConfig(model, connector, workerFiles(model, connector.principal)),
          initial_state: connector.state.toUpperCase(),
        },
        undefined,
        2,
      )}\n`,
    ]),
  );
}

export function filesHash(data: Record<string, string>): string {
  return shortHash(JSON.stringify(data), 16);
}

function authenticationOf(model: EnvironmentModel, listener: string): string | undefined {
  return model.listeners.find(({ name }) => name === listener)?.authentication;
}

/** The principals that connectors log in as. */
function connectorUsers(model: EnvironmentModel): PrincipalModel[] {
  return model.principals.filter(({ name }) => model.connect!.connectors.some(({ principal }) => principal === name));
}

/** Every value that the workers read from a Secret, for a log-in or a connector. */
function connectSecretKeys(model: EnvironmentModel): SecretReference[] {
  const listener = connectListener(model);
  const withSecret = (name: string): boolean =>
    ['scram-sha-512', 'oauthbearer'].includes(authenticationOf(model, name) ?? '');
  return [
    ...(withSecret(listener.name) ? [{ secret: connectPrincipal(model), key: 'password' }] : []),
    ...connectorUsers(model)
      .filter((user) => withSecret(user.listener))
      .map((user) => principalSecret(model, user.name)),
    ...model.connect!.connectors.flatMap(({ secretConfig }) => Object.values(secretConfig)),
  ];
}

/** What is mounted into the workers beside their ConfigMap: certificates, and each secret that a connector or a login needs. */
export function connectSecrets(model: EnvironmentModel): PodFile[] {
  const listener = connectListener(model);
  const users = connectorUsers(model);
  const names = connectSecretKeys(model).map(({ secret }) => secret);
  const ofMirrors = [...mirrorSecrets(model), ...mirrorBootstraps(model)];
  return [
    ...authorityFiles(model, WORKER_CA),
    ...bootstrapFiles(model),
    ...(listener.authentication === 'mtls' ? [certificate('tls', connectCertificateName(model), workerFolder())] : []),
    ...users
      .filter((user) => authenticationOf(model, user.listener) === 'mtls')
      .map(({ name }, index) => certificate(`tls-${index}`, userCertificateName(model, name), workerFolder(name))),
    ...ofMirrors,
    ...(names.length === 0 && !ofMirrors.some(({ mountPath }) => mountPath.startsWith(WORKER_SECRETS))
      ? [NO_SECRETS]
      : []),
    ...[...new Set(names)].sort().map((name, index): PodFile => ({
      volume: { name: `secret-${index}`, secret: { secretName: secretName(model, name), defaultMode: 0o440 } },
      mountPath: `${WORKER_SECRETS}/${name}`,
    })),
  ];
}

function certificate(name: string, secret: string, folder: string): PodFile {
  return { volume: { name, secret: { secretName: secret, defaultMode: 0o440 } }, mountPath: `${TLS}/${folder}` };
}
