import type { Acl } from '../../cluster';

/** Groups that each principal may join: names, prefixes with a trailing *, or * for all. */
export function groupsOf(acls: readonly Acl[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { principal, resourceType, resourceName, pattern, operation, permission } of acls) {
    if (resourceType !== 'group' || permission !== 'allow' || (operation !== 'read' && operation !== 'all')) continue;
    const name = pattern === 'prefixed' ? `${resourceName}*` : resourceName;
    groups.set(principal, [...(groups.get(principal) ?? []), name]);
  }
  return groups;
}
