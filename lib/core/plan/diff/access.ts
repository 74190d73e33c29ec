import { groupBy } from '../../group-by';
import { aclKey, type Acl } from '../../cluster';
import type { Change } from '../change';
import type { DesiredState, OwnedPrincipal } from '../desired';
import type { Evidence, ObservedState } from '../observed';
import { actionWords, describeAcl, principalWords, rightWords } from '../report/access-words';
import { closingChanges } from './closing';
import { covers } from './acl-covers';
import { overlaps } from './acl-overlap';
import { byTombstone, finding, proposed, unread, type Differences } from './differences';
import { groupsOf } from './groups';
import { matches } from './name-pattern';
import type { Issue } from '../../issue';

/** ACLs of the file's own principals: what is missing is made, what is not declared goes. Those of others are never looked at. */
export function accessDifferences(desired: DesiredState, observed: ObservedState, evidence: Evidence): Differences {
  const { access } = desired;
  if (access === undefined) return { changes: [], findings: [] };
  if (observed.acls === undefined) return unread('the ACLs', 'principals');
  const owned = new Map(access.principals.map((principal) => [principal.principal, principal]));
  const wanted = new Set(access.acls.map(({ acl }) => aclKey(acl)));
  const present = new Set(observed.acls.map(aclKey));
  const allowed = new Map<string, Acl[]>();
  for (const { acl } of access.acls) {
    const same = allowed.get(acl.principal);
    if (same === undefined) allowed.set(acl.principal, [acl]);
    else same.push(acl);
  }
  const created = access.acls
    .filter(({ acl }) => !present.has(aclKey(acl)))
    .map(({ acl, path }) => creation(acl, path, (deny) => takesNothing(desired, observed.acls!, deny)));
  const members = activeMembers(observed.acls, evidence);
  const gone: Acl[] = [];
  const seen = new Set<string>();
  for (const acl of observed.acls) {
    const key = aclKey(acl);
    if (!owned.has(acl.principal) || wanted.has(key) || seen.has(key)) continue;
    seen.add(key);
    gone.push(acl);
  }
  const isCovered = (acl: Acl): Acl | undefined => allowed.get(acl.principal)?.find((wide) => covers(wide, acl));
  const deleted = together(gone).flatMap((acls) => {
    const { principal, permission } = acls[0]!;
    const owner = owned.get(principal)!;
    if (permission === 'deny') return acls.map((acl) => deniedNoMore(acl, owner));
    const lost = acls.filter((acl) => isCovered(acl) === undefined);
    return acls.map((acl) => {
      const wide = isCovered(acl);
      return wide === undefined
        ? deletion(acl, owner, { lost, members: members.get(principal) })
        : harmlessDeletion(acl, owner, wide);
    });
  });
  const closed = closingChanges(desired, observed, evidence);
  return { changes: [...created, ...closed, ...deleted], findings: undeclared(desired, observed.acls, owned) };
}

/**
 * Nobody has yet what is denied, so nobody loses it: most often a principal is new, and its rights come together with their limits. On
 * Amazon MSK a resource without ACLs is open to all.
 */
function takesNothing({ target }: DesiredState, present: readonly Acl[], deny: Acl): boolean {
  return target !== 'msk' && !present.some((acl) => acl.permission === 'allow' && overlaps(acl, deny));
}

function creation(acl: Acl, path: string, isHarmless: (deny: Acl) => boolean): Change {
  const deny = acl.permission === 'deny';
  const safe = !deny || isHarmless(acl);
  return proposed({
    id: aclId('create-acl', acl),
    code: deny ? 'ACL-DENY' : 'ACL-CREATE',
    path,
    subject: acl.principal,
    summary: describeAcl(acl),
    from: 'none',
    to: rightWords([acl]),
    grade: safe ? 'safe' : 'availability',
    reason: !deny
      ? 'A right more; nobody loses one.'
      : safe
        ? 'Nobody has what it denies.'
        : `${principalWords(acl.principal)} is refused from now on: a deny wins over every allow.`,
    operation: { kind: 'create-acl', acl },
  });
}

/** ACLs of one principal about the same names and address, which say what it may do with them. */
function together(acls: readonly Acl[]): Acl[][] {
  return [...groupBy(acls, (acl) => aclKey({ ...acl, operation: 'all' })).values()];
}

interface Loss {
  /** All that the principal loses of the same names: acknowledged together. */
  readonly lost: readonly Acl[];
  /** Members that its groups have now, in words. */
  readonly members: string | undefined;
}

function deletion(acl: Acl, owner: OwnedPrincipal, { lost, members }: Loss): Change {
  const who = principalWords(acl.principal);
  const why = owner.deleted === undefined ? ', since no file says so' : `: ${owner.deleted}`;
  return (owner.deleted === undefined ? proposed : byTombstone)({
    ...deletionOf(acl, owner),
    code: 'ACL-DELETE',
    summary: `${who} may no longer ${actionWords([acl])}`,
    from: rightWords(lost),
    grade: 'availability',
    reason: `${who} may no longer ${actionWords(lost)}${why}${members === undefined ? '' : `; ${members}`}.`,
  });
}

function harmlessDeletion(acl: Acl, owner: OwnedPrincipal, wide: Acl): Change {
  return proposed({
    ...deletionOf(acl, owner),
    code: 'ACL-DELETE',
    summary: `${principalWords(acl.principal)} no longer needs to be told that it may ${actionWords([acl])}`,
    from: rightWords([acl]),
    grade: 'safe',
    reason: `Nothing is lost: ${describeAcl(wide)}.`,
  });
}

function deniedNoMore(acl: Acl, owner: OwnedPrincipal): Change {
  return proposed({
    ...deletionOf(acl, owner),
    code: 'ACL-DENY-DELETE',
    summary: `no longer: ${describeAcl(acl)}`,
    from: rightWords([acl]),
    grade: 'safe',
    reason: `The rights of ${principalWords(acl.principal)} grow: it may ${actionWords([acl])} wherever an ACL allows it.`,
  });
}

function deletionOf(acl: Acl, { path }: OwnedPrincipal) {
  const operation = { kind: 'delete-acl' as const, acl };
  return { id: aclId('delete-acl', acl), path, subject: acl.principal, to: 'none', operation };
}

/** For each principal that may join groups: those with members now, in words. */
function activeMembers(acls: readonly Acl[], { activeGroups }: Evidence): Map<string, string> {
  const words = new Map<string, string>();
  if (activeGroups.size === 0) return words;
  for (const [principal, patterns] of groupsOf(acls)) {
    const active = [...new Set(patterns)].sort().flatMap((pattern) => {
      const members = activeGroups.get(pattern) ?? 0;
      return members === 0 ? [] : [`${groupWords(pattern)} ${members} ${members === 1 ? 'member' : 'members'}`];
    });
    if (active.length > 0) words.set(principal, `${active.join(', ')} now, which may be its clients`);
  }
  return words;
}

function groupWords(pattern: string): string {
  if (pattern === '*') return 'all groups together have';
  return pattern.endsWith('*') ? `groups beginning with ${pattern.slice(0, -1)} have` : `group ${pattern} has`;
}

/** Principals in the file's own scope that it does not name: left alone, and told. */
function undeclared({ owns }: DesiredState, acls: readonly Acl[], owned: ReadonlyMap<string, OwnedPrincipal>): Issue[] {
  if (owns.principals === undefined) return [];
  const counts = new Map<string, number>();
  for (const { principal } of acls) {
    if (owned.has(principal) || !principal.startsWith('User:')) continue;
    const name = principal.slice('User:'.length);
    if (owns.principals.some((pattern) => matches(pattern, name)))
      counts.set(principal, (counts.get(principal) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([principal, count]) =>
      finding(
        'PRINCIPAL-UNDECLARED',
        'owns.principals',
        `a principal in the scope of this file is not in it, got ${principal} with ${count} ${count === 1 ? 'ACL' : 'ACLs'}; it is left alone.`,
        `Declare it under principals, or delete it with a tombstone: ${principalWords(principal)}: { deleted: { reason: ... } }.`,
      ),
    );
}

function aclId(kind: string, acl: Acl): string {
  const { principal, permission, operation, resourceType, pattern, resourceName, host } = acl;
  return [kind, principal, permission, operation, resourceType, pattern, resourceName, host]
    .map((word) => (/\s/.test(word) ? JSON.stringify(word) : word))
    .join(' ');
}

/** Groups that principals may be in that are to lose rights: names, or prefixes with a trailing *. */
export function accessGroups({ access }: DesiredState, { acls }: ObservedState): string[] {
  if (access === undefined || acls === undefined) return [];
  const owned = new Set(access.principals.map(({ principal }) => principal));
  const wanted = new Set(access.acls.map(({ acl }) => aclKey(acl)));
  const losing = new Set(
    acls.filter((acl) => owned.has(acl.principal) && !wanted.has(aclKey(acl))).map(({ principal }) => principal),
  );
  const groups = [...groupsOf(acls)].filter(([principal]) => losing.has(principal)).flatMap(([, names]) => names);
  return [...new Set(groups)].sort();
}
