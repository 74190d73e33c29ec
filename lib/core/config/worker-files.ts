import type { ClientFiles } from './client-security';

/** Where the pods of Connect's workers find what they must keep to themselves; the Kubernetes target mounts it there. */
export const WORKER_SECRETS = '/etc/kafka/connect-secrets';
/** Folder of the certificate of the authority. */
export const WORKER_CA = '/etc/kafka/tls/ca';
/** In memory: the start script puts a private key beside its chain there, as Kafka reads it. */
const KEYSTORES = '/run/kafka';

/** Folder of the certificate of the workers themselves, or of a connector's principal. */
export function workerFolder(principal?: string): string {
  return principal === undefined ? 'worker' : `user-${principal}`;
}

/** The files of the workers themselves, or of a connector that logs in as its principal. */
export function workerFiles(principal?: string): ClientFiles {
  return {
    secretsDir: WORKER_SECRETS,
    truststore: `${WORKER_CA}/ca.crt`,
    keystore: `${KEYSTORES}/${workerFolder(principal)}.pem`,
  };
}
