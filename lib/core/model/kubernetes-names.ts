import type { MirrorModel } from './mirror-model';
import { WORKER_GROUPS } from './connect-model';
import type { EnvironmentModel, ListenerModel, NodeModel } from './model';

/** Names of the objects of an environment. Pods, claims and clients hang on them: they never change once released. */
export function bootstrapServiceName(model: EnvironmentModel, listener: ListenerModel): string {
  return `${model.name}-${listener.name}-bootstrap`;
}

/** Service of one broker on a listener that is reached from outside, and its route where there is one. */
export function brokerServiceName(node: NodeModel, listener: ListenerModel): string {
  return `${node.name}-${listener.name}`;
}

/** Files of the pods of a StatefulSet. */
export function configMapName(statefulSet: string): string {
  return `${statefulSet}-config`;
}

/** Of the workers of Connect or, in the model of `mirrorWorkers`, of those that run MirrorMaker: their objects, their group and who they are. */
export function connectName(model: EnvironmentModel): string {
  return `${model.name}-${model.connect?.group ?? 'connect'}`;
}

/** The Secret behind the credentials of a mirror's source: the `id` of its entry in `secrets`, else one of its own. */
export function mirrorSecretName(model: EnvironmentModel, { name, source }: MirrorModel): string {
  const entry = source.secret === undefined ? undefined : model.spec.secrets?.[source.secret];
  return entry?.id ?? `${model.name}-mirror-${name}`;
}

/** Of the objects of an application. */
export function applicationName(model: EnvironmentModel, application: string): string {
  return `${model.name}-app-${application}`;
}

/** Connectors as JSON, one key a connector. */
export function connectorsConfigMapName(model: EnvironmentModel): string {
  return `${connectName(model)}-connectors`;
}

/** Certificate of all nodes: `tls.crt`, `tls.key` (PKCS #8) and `ca.crt`. */
export function nodeCertificateName(model: EnvironmentModel): string {
  return `${model.name}-tls`;
}

/** Certificate of a listener that has one of its own; undefined where it shows that of the nodes. */
export function listenerCertificateName(model: EnvironmentModel, listener: ListenerModel): string | undefined {
  const { certificate, issuer } = listener.external?.settings ?? {};
  return certificate ?? (issuer === undefined ? undefined : `${model.name}-${listener.name}-tls`);
}

/** The authority that signs nodes and clients; its Secret holds its private key, so nothing mounts it. */
export function authorityName(model: EnvironmentModel): string {
  return `${model.name}-ca`;
}

export function adminCertificateName(model: EnvironmentModel): string {
  return `${model.name}-admin-tls`;
}

export function connectCertificateName(model: EnvironmentModel): string {
  return `${connectName(model)}-tls`;
}

/** Certificate of a principal on a listener with mTLS. */
export function userCertificateName(model: EnvironmentModel, principal: string): string {
  return `${model.name}-user-${principal}-tls`;
}

/**
 * The Secret behind a secret of the environment: the `id` of its entry in `secrets`. Without an entry it is the password of a principal or
 * of the Connect workers, which is called after the environment too.
 */
export function secretName(model: EnvironmentModel, secret: string): string {
  const entry = model.spec.secrets?.[secret];
  if (entry !== undefined) return entry.id;
  const ofWorkers = WORKER_GROUPS.some((group) => secret === `${model.name}-${group}`);
  return ofWorkers ? `${secret}-user` : `${model.name}-user-${secret}`;
}
