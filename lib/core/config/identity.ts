import type { EnvironmentModel } from '../model';

/**
 * Common name that the certificates of all nodes share; they differ by their subject alternative name, which is `node.host`. Shared, so that
 * a new node changes no file of the others; not the address, because a common name ends at 64 characters and the DNS name of a pod
 * does not. The colon keeps it apart from every client: no principal of an environment can be called that.
 */
export function nodeCommonName(model: EnvironmentModel): string {
  return `node:${model.name}`;
}

/**
 * Common name of the administrator's certificate, good on the replication listener: it makes the first topics, ACLs and SCRAM users, which
 * nobody else could, since no client has rights before that. On a laptop, which has no certificates, both are names of users with a
 * password.
 */
export function adminCommonName(model: EnvironmentModel): string {
  return `admin:${model.name}`;
}

/** The principal that Kafka makes of a certificate with this common name. */
export function certificatePrincipal(commonName: string): string {
  return `User:${commonName}`;
}

/** Takes the first common name out of a distinguished name; a certificate without one keeps its distinguished name. */
export const PRINCIPAL_MAPPING_RULES = 'RULE:^(?:.*?,)?CN=([^,]+)(?:,.*)?$/$1/,DEFAULT';
