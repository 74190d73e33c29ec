import { groupBy } from '../../group-by';
import { ACL_RESOURCE_TYPES, type Acl, type AclOperation, type AclResourceType } from '../../cluster';

/** `billing may read topic orders from any address` */
export function describeAcl(acl: Acl): string {
  return `${principalWords(acl.principal)} ${rightWords([acl])}`;
}

/**
 * What ACLs about the same names say of whoever they are for: `may read and describe topic orders from any address`, `may not write
 * topics beginning with shop. from 10.0.0.7`.
 */
export function rightWords(acls: readonly Acl[]): string {
  const { permission, host } = acls[0]!;
  return `${permission === 'allow' ? 'may' : 'may not'} ${actionWords(acls)} from ${host === '*' ? 'any address' : host}`;
}

/** `read and describe topic orders` */
export function actionWords(acls: readonly Acl[]): string {
  const first = acls[0]!;
  const verbs = [...new Set(acls.map(({ operation }) => operation))]
    .sort((a, b) => OPERATIONS.indexOf(a) - OPERATIONS.indexOf(b))
    .map((operation) => verb(first.resourceType, operation));
  return `${enumerate(verbs)} ${resourceWords(first)}`;
}

/** `User:billing` as `billing`; other types keep theirs. */
export function principalWords(principal: string): string {
  if (principal === 'User:*') return 'everybody';
  if (principal === 'User:ANONYMOUS') return 'whoever does not log in';
  return principal.startsWith('User:') ? principal.slice('User:'.length) : principal;
}

/**
 * Who may do what, a line for each principal and below it, indented, what it may and may not do: operations on the same resource are one
 * line. In the order of names; what is forbidden comes last, since it wins.
 */
export function whoCanDoWhat(acls: readonly Acl[]): string[] {
  const byPrincipal = new Map<string, Acl[]>();
  for (const acl of acls) {
    const own = byPrincipal.get(acl.principal);
    if (own === undefined) byPrincipal.set(acl.principal, [acl]);
    else own.push(acl);
  }
  return [...byPrincipal.keys()]
    .sort()
    .flatMap((principal) => [
      principalWords(principal),
      ...rightsOf(byPrincipal.get(principal)!).map((right) => `  ${right}`),
    ]);
}

function rightsOf(acls: readonly Acl[]): string[] {
  const together = groupBy(acls, ({ permission, resourceType, pattern, resourceName, host }) =>
    JSON.stringify([permission, ACL_RESOURCE_TYPES.indexOf(resourceType), resourceName, pattern, host]),
  );
  return [...together.keys()].sort().map((key) => rightWords(together.get(key)!));
}

/** In the order in which they are told. */
const OPERATIONS: readonly AclOperation[] = [
  'all',
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'describe-configs',
  'alter-configs',
  'idempotent-write',
  'cluster-action',
  'create-tokens',
  'describe-tokens',
  'two-phase-commit',
];

const VERBS: Readonly<Record<AclOperation, string>> = {
  all: 'do everything with',
  read: 'read',
  write: 'write',
  create: 'create',
  delete: 'delete',
  alter: 'alter',
  describe: 'describe',
  'cluster-action': 'act as a broker of',
  'describe-configs': 'see the options of',
  'alter-configs': 'change the options of',
  'idempotent-write': 'write idempotently to',
  'create-tokens': 'create tokens of',
  'describe-tokens': 'see tokens of',
  'two-phase-commit': 'commit in two phases with',
};

/** Where Kafka's word says something else than it seems to. */
const SPECIAL: Readonly<Partial<Record<`${AclResourceType} ${AclOperation}`, string>>> = {
  'group read': 'join',
  'transactional-id write': 'use',
  'cluster create': 'create topics in',
};

function verb(type: AclResourceType, operation: AclOperation): string {
  return SPECIAL[`${type} ${operation}`] ?? VERBS[operation];
}

const NOUNS: Readonly<Record<AclResourceType, string>> = {
  topic: 'topic',
  group: 'group',
  'transactional-id': 'transactional id',
  cluster: 'cluster',
  'delegation-token': 'delegation token',
  user: 'user',
};

/** `topic orders`, `topics beginning with shop.`, `every topic`, `the cluster` */
function resourceWords({ resourceType, resourceName, pattern }: Acl): string {
  if (resourceType === 'cluster') return 'the cluster';
  const noun = NOUNS[resourceType];
  if (pattern === 'prefixed') return `${noun}s beginning with ${resourceName}`;
  return resourceName === '*' ? `every ${noun}` : `${noun} ${resourceName}`;
}

/** `a`, `a and b`, `a, b and c` */
function enumerate(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
