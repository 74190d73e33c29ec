import type { Acl, AclOperation } from '../../cluster';

/** What an operation brings along when it is allowed (Kafka's AclAuthorizer and StandardAuthorizer). */
const IMPLIED: Readonly<Partial<Record<AclOperation, readonly AclOperation[]>>> = {
  describe: ['read', 'write', 'delete', 'alter'],
  'describe-configs': ['alter-configs'],
};

/** Whether `wide`, which allows, allows all that `narrow` does, so that `narrow` can go without anybody losing a right. */
export function covers(wide: Acl, narrow: Acl): boolean {
  return (
    wide.permission === 'allow' &&
    wide.principal === narrow.principal &&
    wide.resourceType === narrow.resourceType &&
    (wide.host === '*' || wide.host === narrow.host) &&
    (wide.operation === 'all' ||
      wide.operation === narrow.operation ||
      IMPLIED[narrow.operation]?.includes(wide.operation) === true) &&
    coversNames(wide, narrow)
  );
}

function coversNames(wide: Acl, narrow: Acl): boolean {
  if (wide.pattern === 'prefixed') return narrow.resourceName.startsWith(wide.resourceName);
  if (wide.resourceName === '*') return true;
  return narrow.pattern === 'literal' && wide.resourceName === narrow.resourceName;
}
