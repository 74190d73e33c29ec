/** Words as in Kafka's own tools, in lower case with dashes. */
export const ACL_RESOURCE_TYPES = [
  'topic',
  'group',
  'transactional-id',
  'cluster',
  'delegation-token',
  'user',
] as const;
export type AclResourceType = (typeof ACL_RESOURCE_TYPES)[number];
export type AclPattern = 'literal' | 'prefixed';
/** Operations that an environment may name; the others are about delegation tokens and two-phase commit. */
export const DECLARED_ACL_OPERATIONS = [
  'all',
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'cluster-action',
  'describe-configs',
  'alter-configs',
  'idempotent-write',
] as const;
export const ACL_OPERATIONS = [
  ...DECLARED_ACL_OPERATIONS,
  'create-tokens',
  'describe-tokens',
  'two-phase-commit',
] as const;
export type AclOperation = (typeof ACL_OPERATIONS)[number];

/** One ACL binding; all of it together is its identity. */
export interface Acl {
  /** With its type: `User:checkout`. */
  readonly principal: string;
  /** Address that it holds for, `*` for all. */
  readonly host: string;
  readonly resourceType: AclResourceType;
  /** `kafka-cluster` for the cluster; `*` with pattern literal for all. */
  readonly resourceName: string;
  readonly pattern: AclPattern;
  readonly operation: AclOperation;
  readonly permission: 'allow' | 'deny';
}

/** The name of the one resource of type cluster. */
export const CLUSTER_RESOURCE = 'kafka-cluster';

/** The identity of an ACL as one text, to compare and to look up by. */
export function aclKey(acl: Acl): string {
  const { principal, host, resourceType, resourceName, pattern, operation, permission } = acl;
  return JSON.stringify([principal, resourceType, resourceName, pattern, operation, permission, host]);
}

export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

/** What Kafka tells of a SCRAM credential: never the password, the salt or a key. */
export interface ScramCredential {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  readonly iterations: number;
}

/** Who a quota is for. A null name is the default of all that have no quota of their own. Kafka allows user, client-id, both, or ip. */
export interface QuotaEntity {
  readonly user?: string | null;
  readonly clientId?: string | null;
  readonly ip?: string | null;
}

export const QUOTA_KEYS = [
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
  'connection_creation_rate',
] as const;
export type QuotaKey = (typeof QUOTA_KEYS)[number];

export interface QuotaDescription {
  readonly entity: QuotaEntity;
  readonly values: Readonly<Partial<Record<QuotaKey, number>>>;
}

/** The identity of a quota entity as one text. */
export function quotaEntityKey({ user, clientId, ip }: QuotaEntity): string {
  return JSON.stringify([user, clientId, ip].map((name) => (name === undefined ? [] : [name])));
}
