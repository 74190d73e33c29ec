import { unsupported } from '../../failures';
import type { AccessPort, Acl, AclOperation, AclPattern, AclResourceType } from '../../port';
import { itemResult, kafkaError, refuse } from './errors';
import { createAcls, deleteAcls, describeAcls } from './messages/access';
import { askParts, chunks } from './parts';
import type { Session } from './session';

/** The controller takes 10,000 records a request. */
const CREATED_A_REQUEST = 2000;
/** It compares each ACL to delete with all that there are, and does nothing else meanwhile: 100 among 20,000 take it about a second. */
const DELETED_A_REQUEST = 100;
const ALTER_CLUSTER = 'ALTER on the cluster';
const ANY = 1;

const RESOURCE_TYPES: Readonly<Record<AclResourceType, number>> = {
  topic: 2,
  group: 3,
  cluster: 4,
  'transactional-id': 5,
  'delegation-token': 6,
  user: 7,
};
const PATTERNS: Readonly<Record<AclPattern, number>> = { literal: 3, prefixed: 4 };
const OPERATIONS: Readonly<Record<AclOperation, number>> = {
  all: 2,
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  'cluster-action': 9,
  'describe-configs': 10,
  'alter-configs': 11,
  'idempotent-write': 12,
  'create-tokens': 13,
  'describe-tokens': 14,
  'two-phase-commit': 15,
};
const PERMISSIONS: Readonly<Record<Acl['permission'], number>> = { deny: 2, allow: 3 };

export function aclRequests(session: Session): Pick<AccessPort, 'describeAcls' | 'createAcls' | 'deleteAcls'> {
  return {
    async describeAcls(via) {
      const everything = {
        resourceTypeFilter: ANY,
        resourceNameFilter: null,
        patternTypeFilter: ANY,
        principalFilter: null,
        hostFilter: null,
        operation: ANY,
        permissionType: ANY,
      };
      const answer = await session.send(describeAcls, everything, via);
      refuse(answer, { what: 'list ACLs', right: 'DESCRIBE on the cluster' });
      return answer.resources.flatMap(({ resourceType, resourceName, patternType, acls }) =>
        acls.map(({ principal, host, operation, permissionType }) => ({
          principal,
          host,
          resourceType: word(RESOURCE_TYPES, resourceType, 'resource type'),
          resourceName,
          pattern: word(PATTERNS, patternType, 'pattern type'),
          operation: word(OPERATIONS, operation, 'operation'),
          permission: word(PERMISSIONS, permissionType, 'permission'),
        })),
      );
    },

    createAcls: (acls) =>
      askParts(
        chunks(acls, CREATED_A_REQUEST).map((items) => ({
          items,
          ask: async () => {
            const creations = items.map((acl) => ({ ...subject(acl), ...codes(acl) }));
            const { results } = await session.send(createAcls, { creations });
            return items.map((acl, index) => itemResult(acl, kafkaError(results[index]!, ALTER_CLUSTER)));
          },
        })),
        { failed: itemResult, order: 'one-by-one' },
      ),

    deleteAcls: (acls) =>
      askParts(
        chunks(acls, DELETED_A_REQUEST).map((items) => ({
          items,
          ask: async () => {
            // A filter that names everything matches one ACL at most.
            const filters = items.map((acl) => {
              const { resourceType, resourcePatternType, operation, permissionType } = codes(acl);
              return {
                resourceTypeFilter: resourceType,
                resourceNameFilter: acl.resourceName,
                patternTypeFilter: resourcePatternType,
                principalFilter: acl.principal,
                hostFilter: acl.host,
                operation,
                permissionType,
              };
            });
            const { filterResults } = await session.send(deleteAcls, { filters });
            return items.map((acl, index) => {
              const { matchingAcls, ...verdict } = filterResults[index]!;
              const failed = [verdict, ...matchingAcls].find(({ errorCode }) => errorCode !== 0);
              return itemResult(acl, failed === undefined ? undefined : kafkaError(failed, ALTER_CLUSTER));
            });
          },
        })),
        { failed: itemResult, order: 'one-by-one' },
      ),
  };
}

function subject({ resourceName, principal, host }: Acl) {
  return { resourceName, principal, host };
}

function codes({ resourceType, pattern, operation, permission }: Acl) {
  return {
    resourceType: RESOURCE_TYPES[resourceType],
    resourcePatternType: PATTERNS[pattern],
    operation: OPERATIONS[operation],
    permissionType: PERMISSIONS[permission],
  };
}

/** An ACL of a kind that the kit does not know cannot be shown as another, and is not to be left out. */
function word<Word extends string>(words: Readonly<Record<Word, number>>, code: number, of: string): Word {
  const found = (Object.keys(words) as Word[]).find((each) => words[each] === code);
  if (found === undefined) throw unsupported('this cluster', 'DescribeAcls', `an ACL with ${of} ${code}`);
  return found;
}
