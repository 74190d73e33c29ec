import { authoritySecret, podBootstrap, type EnvironmentModel, type ListenerModel, type MirrorModel } from '../model';
import type { ClientFiles } from './client-security';

/** Where the pods of Connect's workers find what they must keep to themselves; the Kubernetes target mounts it there. */
export const WORKER_SECRETS = '/etc/kafka/connect-secrets';
/** Folder of the certificate of the authority. */
export const WORKER_CA = '/etc/kafka/tls/ca';
const WORKER_TLS = '/etc/kafka/tls';
/** Bootstrap servers of brokers elsewhere, a file a listener. */
export const POD_BOOTSTRAP = '/etc/kafka/bootstrap';
/** In memory: the start script puts a private key beside its chain there, as Kafka reads it. */
const KEYSTORES = '/run/kafka';

/** Folder of the certificate of the workers themselves, or of a connector's principal. */
export function workerFolder(principal?: string): string {
  return principal === undefined ? 'worker' : `user-${principal}`;
}

/** The files of the workers themselves, or of a connector that logs in as its principal. */
export function workerFiles(model: EnvironmentModel, principal?: string): ClientFiles {
  return {
    secretsDir: WORKER_SECRETS,
    keystore: `${KEYSTORES}/${workerFolder(principal)}.pem`,
    ...(authoritySecret(model) === undefined ? {} : { truststore: `${WORKER_CA}/ca.crt` }),
    ...(bootstrapConfigMap(model) === undefined ? {} : { bootstrapDir: POD_BOOTSTRAP }),
  };
}

/** Name of the folders of what a mirror shows to its source, and trusts it by. */
export function mirrorFolder(mirror: string): string {
  return `source-${mirror}`;
}

/** Folder of the bootstrap servers of a mirror's source; among the secrets, since that is where the workers may read. */
export function sourceBootstrapFolder(mirror: string): string {
  return `${WORKER_SECRETS}/bootstrap-${mirror}`;
}

/** The bootstrap servers of a mirror's source, as its connectors are told. */
export function sourceServers({ name, source }: MirrorModel): string {
  const { bootstrap, bootstrapServers } = source;
  return bootstrap === undefined ? bootstrapServers : `\${dir:${sourceBootstrapFolder(name)}:${bootstrap.key}}`;
}

/** Files of a mirror for its source: `/etc/kafka/tls/source-NAME`, and a folder of secrets of the same name. */
export function sourceFiles(mirror: string, ownAuthority: boolean): ClientFiles {
  return {
    secretsDir: WORKER_SECRETS,
    keystore: `${KEYSTORES}/${mirrorFolder(mirror)}.pem`,
    ...(ownAuthority ? { truststore: `${WORKER_TLS}/${mirrorFolder(mirror)}/ca.crt` } : {}),
  };
}

/** The ConfigMap that pods read bootstrap servers from; undefined where all are known. */
export function bootstrapConfigMap(model: EnvironmentModel): string | undefined {
  for (const listener of model.listeners) {
    const bootstrap = podBootstrap(model, listener);
    if ('configMap' in bootstrap) return bootstrap.configMap;
  }
  return undefined;
}

/** The bootstrap servers of a listener for a program with Kafka's directory provider, as all in pods are that the kit configures. */
export function bootstrapPlaceholder(model: EnvironmentModel, listener: ListenerModel): string {
  const bootstrap = podBootstrap(model, listener);
  return 'value' in bootstrap ? bootstrap.value : `\${dir:${POD_BOOTSTRAP}:${bootstrap.key}}`;
}
