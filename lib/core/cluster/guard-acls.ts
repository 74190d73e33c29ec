import { CLUSTER_RESOURCE, type Acl } from './access';

/** Whom the guards are about: a name that no client has, and that gains nothing if one had it. */
export const GUARD_PRINCIPAL = 'User:kdk-closed';

/**
 * ACLs that close a cluster with `allow.everyone.if.no.acl.found=true`, which is what Amazon MSK runs with: the option opens what has no
 * ACL, and these give every topic, group and transactional id, there or to come, and the cluster one. They allow nothing. Who has ACLs of
 * their own goes on as before, without a restart of brokers: StandardAuthorizer looks at the ACLs of a name, its prefixes and `*` together.
 */
export const GUARD_ACLS: readonly Acl[] = (
  [
    ['topic', '*'],
    ['group', '*'],
    ['transactional-id', '*'],
    ['cluster', CLUSTER_RESOURCE],
  ] as const
).map(([resourceType, resourceName]) => ({
  principal: GUARD_PRINCIPAL,
  host: '*',
  resourceType,
  resourceName,
  pattern: 'literal',
  operation: 'all',
  permission: 'deny',
}));
