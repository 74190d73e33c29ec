import { CLUSTER_RESOURCE, DECLARED_ACL_OPERATIONS, type Acl, type AclOperation } from '../../core/cluster';
import { compact, type Section } from './document';

/** What the ACLs of one principal say in the words of an environment, or why they cannot. */
export type ImportedRights = { readonly rights: Section } | { readonly problem: string };

/** Operations that intent stands for; see `lib/core/plan/desire/access.ts`. */
const WRITE: readonly AclOperation[] = ['write', 'describe'];
const READ: readonly AclOperation[] = ['read', 'describe'];
const RESOURCES = { topic: 'topics', group: 'groups', 'transactional-id': 'transactionalIds' } as const;

const OPERATIONS: readonly AclOperation[] = DECLARED_ACL_OPERATIONS;

type Resource = keyof typeof RESOURCES;

/**
 * ACLs back to intent: a topic that may be written and described is produced to, and so on; what is left over stands as ACLs. Compiled
 * again this gives exactly the same ACLs, or the principal is not taken in: a file owns all of a principal or nothing.
 */
export function importRights(acls: readonly Acl[], isDeclared: (topicPattern: string) => boolean): ImportedRights {
  const problem = acls.map(unsayable).find((found) => found !== undefined);
  if (problem !== undefined) return { problem };
  const plain = new Map<string, Set<AclOperation>>();
  const rest: Acl[] = [];
  for (const acl of acls) {
    if (acl.permission !== 'allow' || acl.host !== '*' || acl.resourceType === 'cluster') rest.push(acl);
    else operationsAt(plain, acl).add(acl.operation);
  }
  const used = new Map<string, Set<AclOperation>>();
  const take = (resource: Resource, operations: readonly AclOperation[]): string[] =>
    [...plain].flatMap(([key, present]) => {
      const [type, name] = splitKey(key);
      if (type !== resource || !operations.every((operation) => present.has(operation))) return [];
      // Intent names declared topics alone; ACLs may name what is not there.
      if (resource === 'topic' && !isDeclared(name)) return [];
      const taken = used.get(key) ?? new Set();
      used.set(key, taken);
      for (const operation of operations) taken.add(operation);
      return [name];
    });
  const produce = { topics: take('topic', WRITE), transactionalIds: take('transactional-id', WRITE) };
  const consume = { topics: take('topic', READ), groups: take('group', READ) };
  // Intent needs topics; without them rights on groups and transactional ids are ACLs.
  const given = {
    produce: produce.topics.length > 0 ? lists(produce) : release(used, 'transactional-id'),
    consume: consume.topics.length > 0 ? lists(consume) : release(used, 'group'),
  };
  for (const [key, operations] of plain) {
    const left = [...operations].filter((operation) => used.get(key)?.has(operation) !== true);
    const [type, name] = splitKey(key);
    for (const operation of left) rest.push(aclAt(type, name, operation));
  }
  const others = remaining(rest);
  return { rights: compact({ ...given, acls: others.length === 0 ? undefined : others }) };
}

function release(used: Map<string, Set<AclOperation>>, type: Resource): undefined {
  for (const key of [...used.keys()]) if (splitKey(key)[0] === type) used.delete(key);
  return undefined;
}

function lists(named: Readonly<Record<string, readonly string[]>>): Section {
  return Object.fromEntries(
    Object.entries(named).flatMap(([key, names]) => (names.length === 0 ? [] : [[key, [...names].sort()]])),
  );
}

/** ACLs one by one, those that differ only in what they are about or in the operation together. */
function remaining(acls: readonly Acl[]): Section[] {
  const byResource = new Map<string, { readonly acl: Acl; readonly operations: Set<AclOperation> }>();
  for (const acl of acls) {
    const key = JSON.stringify([acl.resourceType, patternOf(acl), acl.permission, acl.host]);
    const known = byResource.get(key) ?? { acl, operations: new Set<AclOperation>() };
    known.operations.add(acl.operation);
    byResource.set(key, known);
  }
  const entries = new Map<string, { readonly acl: Acl; readonly operations: string[]; readonly names: string[] }>();
  for (const { acl, operations } of byResource.values()) {
    const sorted = [...operations].sort();
    const key = JSON.stringify([acl.resourceType, sorted, acl.permission, acl.host]);
    const entry = entries.get(key) ?? { acl, operations: sorted, names: [] };
    entry.names.push(patternOf(acl));
    entries.set(key, entry);
  }
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { acl, operations, names }]) =>
      compact({
        ...(acl.resourceType === 'cluster'
          ? { cluster: true }
          : { [RESOURCES[acl.resourceType as Resource]]: names.sort() }),
        operations,
        permission: acl.permission === 'allow' ? undefined : acl.permission,
        host: acl.host === '*' ? undefined : acl.host,
      }),
    );
}

function unsayable({ resourceType, resourceName, pattern, operation, host }: Acl): string | undefined {
  const what = `${operation} on ${resourceType} ${resourceName}`;
  if (resourceType !== 'cluster' && !(resourceType in RESOURCES)) return `an ACL on ${resourceType}`;
  if (resourceType === 'cluster' && resourceName !== CLUSTER_RESOURCE) return `an ACL for ${what}`;
  if (!OPERATIONS.includes(operation)) return `an ACL for ${what}`;
  if (/[\n\r]/.test(host) || host.length > 255) return `an ACL for the host ${host}`;
  if (resourceName === '*' && pattern === 'literal') return undefined;
  return /^[^*\n\r]{1,249}$/.test(resourceName) ? undefined : `an ACL for ${what}`;
}

/** `orders`, `shop.*`, `*` */
function patternOf({ resourceName, pattern }: Acl): string {
  return pattern === 'prefixed' ? `${resourceName}*` : resourceName;
}

function operationsAt(plain: Map<string, Set<AclOperation>>, acl: Acl): Set<AclOperation> {
  const key = JSON.stringify([acl.resourceType, patternOf(acl)]);
  const found = plain.get(key) ?? new Set<AclOperation>();
  plain.set(key, found);
  return found;
}

function splitKey(key: string): [Resource, string] {
  return JSON.parse(key) as [Resource, string];
}

function aclAt(type: Resource, name: string, operation: AclOperation): Acl {
  const prefixed = name.endsWith('*') && name !== '*';
  return {
    principal: '',
    host: '*',
    resourceType: type,
    resourceName: prefixed ? name.slice(0, -1) : name,
    pattern: prefixed ? 'prefixed' : 'literal',
    operation,
    permission: 'allow',
  };
}
