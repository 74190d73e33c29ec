import type { Acl } from '../../cluster';

/** Whether there is anything that both are about: a deny takes it from whoever the other allows it. */
export function overlaps(allow: Acl, deny: Acl): boolean {
  return (
    (allow.principal === deny.principal || allow.principal === 'User:*') &&
    allow.resourceType === deny.resourceType &&
    (allow.host === '*' || deny.host === '*' || allow.host === deny.host) &&
    sharesOperation(allow, deny) &&
    sharesNames(allow, deny)
  );
}

/** What an allow brings along counts too: who may read may describe. */
function sharesOperation(allow: Acl, deny: Acl): boolean {
  if (allow.operation === 'all' || deny.operation === 'all' || allow.operation === deny.operation) return true;
  return deny.operation === 'describe' || deny.operation === 'describe-configs';
}

function sharesNames(a: Acl, b: Acl): boolean {
  if (isAll(a) || isAll(b)) return true;
  if (a.pattern === 'prefixed' && b.pattern === 'prefixed')
    return a.resourceName.startsWith(b.resourceName) || b.resourceName.startsWith(a.resourceName);
  if (a.pattern === 'prefixed') return b.resourceName.startsWith(a.resourceName);
  if (b.pattern === 'prefixed') return a.resourceName.startsWith(b.resourceName);
  return a.resourceName === b.resourceName;
}

function isAll({ pattern, resourceName }: Acl): boolean {
  return pattern === 'literal' && resourceName === '*';
}
