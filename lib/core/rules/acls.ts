import type { AclOperation, AclResourceType } from '../cluster';
import type { AclModel } from '../model';
import { iamAction } from '../msk';
import { overridePath } from './hint';
import { canonicalAddress } from './ip-address';
import { principalListeners } from './principal-facts';
import type { Rule } from './rule';

type Resource = 'topics' | 'groups' | 'transactionalIds' | 'cluster';

const TYPES: Readonly<Record<Resource, AclResourceType>> = {
  topics: 'topic',
  groups: 'group',
  transactionalIds: 'transactional-id',
  cluster: 'cluster',
};

/** AclEntry.supportedOperations of Kafka 4.1.2 and 4.3.1; 3.9.1 has no configs of groups. Beside these, `all` is allowed everywhere. */
const OPERATIONS: Readonly<Record<Resource, readonly AclOperation[]>> = {
  topics: ['read', 'write', 'create', 'delete', 'alter', 'describe', 'describe-configs', 'alter-configs'],
  groups: ['read', 'delete', 'describe', 'describe-configs', 'alter-configs'],
  transactionalIds: ['write', 'describe'],
  cluster: ['create', 'alter', 'describe', 'cluster-action', 'describe-configs', 'alter-configs', 'idempotent-write'],
};

/** ACLs beyond produce and consume. */
export const ACL_RULES: readonly Rule[] = [
  {
    code: 'ACL-RESOURCE',
    level: 'error',
    what: 'An entry of acls names topics, groups, transactional ids or the cluster.',
    why: 'Operations on nothing are no right.',
    source: 'KIP-11',
    check(model, report) {
      for (const { name, acls } of model.principals) {
        for (const [index, acl] of acls.entries()) {
          if (resourcesOf(acl).length > 0) continue;
          report({
            path: ['principals', name, 'acls', index],
            message: `the entry names nothing that it is about, got operations ${acl.operations.join(', ')} only; topics, groups, transactionalIds or cluster are needed.`,
            hint: 'Add one of them.',
          });
        }
      }
    },
  },
  {
    code: 'ACL-OPERATION',
    level: 'error',
    what: 'The operations of an entry of acls exist for everything that it names.',
    why: 'Kafka keeps an ACL with another operation and never looks at it: the client is refused in production.',
    source: 'AclEntry.supportedOperations, Apache Kafka 3.9.1, 4.1.2 and 4.3.1',
    check(model, report) {
      const oldGroups = model.kafka.version.startsWith('3.');
      for (const { name, acls } of model.principals) {
        for (const [index, acl] of acls.entries()) {
          for (const [at, operation] of acl.operations.entries()) {
            if (operation === 'all') continue;
            const resource = resourcesOf(acl).find((one) => !operationsOf(one, oldGroups).includes(operation));
            if (resource === undefined) continue;
            report({
              path: ['principals', name, 'acls', index, 'operations', at],
              message: `there is no such operation on a ${TYPES[resource]}, got ${operation}; ${['all', ...operationsOf(resource, oldGroups)].join(', ')} are allowed.`,
              hint: 'Remove it, or make an entry of its own for what has it.',
            });
          }
        }
      }
    },
  },
  {
    code: 'ACL-HOST',
    level: 'error',
    what: 'The host of an entry of acls is * or one IP address, as Java writes it.',
    why: 'Kafka compares it with the address of the client letter by letter: a name, a network or a shortened IPv6 address never matches.',
    source: 'StandardAuthorizer, Apache Kafka 4.3.1',
    check(model, report) {
      for (const { name, acls } of model.principals) {
        for (const [index, { host }] of acls.entries()) {
          const canonical = canonicalAddress(host);
          if (host === '*' || host === canonical) continue;
          report({
            path: ['principals', name, 'acls', index, 'host'],
            message: `no client has this address, got ${host}; * or one IP address is allowed.`,
            hint: canonical === undefined ? 'Write an address, or remove it.' : `Write ${canonical}.`,
          });
        }
      }
    },
  },
  {
    code: 'ACL-LISTENER',
    level: 'error',
    what: 'Principals with acls are on a listener whose clients Kafka itself tells apart.',
    why: 'Without authentication every client is the same, and with IAM the rights are policies of AWS, which know fewer operations: the ACLs would never be looked at.',
    source: 'Amazon MSK developer guide, IAM access control; Apache Kafka documentation, Authorization and ACLs',
    check(model, report) {
      for (const { name, principal, authentication } of principalListeners(model)) {
        const path = ['principals', name, 'acls'];
        const hint = `Remove them, or write ${overridePath(model, path)}: null.`;
        if (principal.acls.length > 0 && authentication === 'none')
          report({
            path,
            message: `ACLs do nothing on a listener with authentication none, got ${principal.acls.length}; they are for the others.`,
            hint,
          });
        if (authentication !== 'iam') continue;
        const role = model.spec.principals?.[name]?.iamRole ?? '';
        const [, account] = /^arn:[^:]+:iam::(\d{12}):/.exec(role) ?? [];
        if (principal.acls.length > 0 && account !== undefined && account !== model.spec.aws?.account)
          report({
            path,
            message: `the rights of a role of another account are its intent alone, got ${principal.acls.length} beside it; none are allowed.`,
            hint: `Give ${role} a policy in its account.`,
          });
        for (const [index, acl] of principal.acls.entries()) {
          const what = notOfIam(acl);
          if (what === undefined) continue;
          report({
            path: [...path, index],
            message: `no policy of IAM can say this, got ${what}; to allow operations that Amazon MSK has an action for is allowed.`,
            hint,
          });
        }
      }
    },
  },
];

/** What of an entry is in no policy of IAM. */
function notOfIam(acl: AclModel): string | undefined {
  if (acl.permission === 'deny') return 'permission deny';
  if (acl.host !== '*') return `host ${acl.host}`;
  for (const resource of resourcesOf(acl))
    for (const operation of acl.operations)
      if (operation === 'all' || iamAction(TYPES[resource], operation) === undefined)
        return `${operation} on a ${TYPES[resource]}`;
  return undefined;
}

function resourcesOf(acl: AclModel): Resource[] {
  return (Object.keys(TYPES) as Resource[]).filter((resource) => {
    const named = acl[resource];
    return typeof named === 'boolean' ? named : named.length > 0;
  });
}

function operationsOf(resource: Resource, oldGroups: boolean): readonly AclOperation[] {
  const known = OPERATIONS[resource];
  return resource === 'groups' && oldGroups ? known.filter((operation) => !operation.endsWith('-configs')) : known;
}
