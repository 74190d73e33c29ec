import type { Acl, AclOperation, AclResourceType } from '../../../core/cluster';

/** What an operation that is allowed brings along (Kafka's StandardAuthorizer). A deny brings nothing along. */
const IMPLIED_BY: Readonly<Partial<Record<AclOperation, readonly AclOperation[]>>> = {
  describe: ['read', 'write', 'delete', 'alter'],
  'describe-configs': ['alter-configs'],
};

/** Operations that Kafka tells of each kind of resource. */
export const TOLD = {
  topic: ['read', 'write', 'create', 'delete', 'alter', 'describe', 'describe-configs', 'alter-configs'],
  group: ['read', 'describe', 'delete'],
  cluster: ['create', 'cluster-action', 'describe-configs', 'alter-configs', 'idempotent-write', 'alter', 'describe'],
} as const satisfies Partial<Record<AclResourceType, readonly AclOperation[]>>;

export type ToldType = keyof typeof TOLD;

export interface Resource {
  readonly type: AclResourceType;
  readonly name: string;
}

/** What the ACLs allow on a resource, from an address that no ACL names. */
export function allowedOperations(
  acls: readonly Acl[],
  { type, name }: Resource & { readonly type: ToldType },
): Set<AclOperation> {
  const own = acls.filter((acl) => acl.resourceType === type && acl.host === '*' && covers(acl, name));
  return new Set(TOLD[type].filter((operation) => isAllowed(own, operation)));
}

/** ACLs on the resource that hold for single addresses: from here they cannot be judged. */
export function dependsOnAddress(acls: readonly Acl[], { type, name }: Resource): boolean {
  return acls.some((acl) => acl.resourceType === type && acl.host !== '*' && covers(acl, name));
}

export function isAllowed(acls: readonly Acl[], operation: AclOperation): boolean {
  const has = (permission: Acl['permission'], wanted: readonly AclOperation[]): boolean =>
    acls.some((acl) => acl.permission === permission && (acl.operation === 'all' || wanted.includes(acl.operation)));
  return !has('deny', [operation]) && has('allow', [operation, ...(IMPLIED_BY[operation] ?? [])]);
}

function covers({ pattern, resourceName }: Acl, name: string): boolean {
  if (pattern === 'prefixed') return name.startsWith(resourceName);
  return resourceName === '*' || resourceName === name;
}
