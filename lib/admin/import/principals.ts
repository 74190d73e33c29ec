import { formatPath, type Issue } from '../../core/issue';
import type { Acl } from '../../core/cluster';
import { compact, type Section } from './document';
import type { ImportedQuotas } from './quotas';
import { importRights } from './rights';

/** Listeners that principals are on, by how they say who they are; absent where the target cannot serve it. */
export interface PrincipalListeners {
  readonly scram?: string;
  readonly certificates?: string;
}

export interface PrincipalFacts {
  readonly acls: readonly Acl[];
  /** Users with a credential of SCRAM-SHA-512. */
  readonly users: ReadonlySet<string>;
  readonly quotas: ImportedQuotas['users'];
  readonly listeners: PrincipalListeners;
  /** Topics that are in the file. */
  readonly topics: ReadonlySet<string>;
  /** Whether its principals belong to the file. */
  readonly isWanted: (acls: readonly Acl[]) => boolean;
  /** Principals that no file may say, by their names there. */
  readonly without: ReadonlySet<string>;
  /** A service keeps distinguished names as they are. */
  readonly names: 'common' | 'distinguished';
}

export interface ImportedPrincipals {
  readonly principals: Section;
  readonly findings: readonly Issue[];
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** Certificates of nodes and of the administrator, who are no clients. */
const OF_THE_KIT = /^(node|admin):/;

/** Every user that has a credential, an ACL or a quota, with all that it may do. */
export function importPrincipals(facts: PrincipalFacts): ImportedPrincipals {
  const acls = byUser(facts.acls);
  const findings: Issue[] = [];
  const principals = new Map<string, Section>();
  for (const other of new Set(facts.acls.map(({ principal }) => principal).filter((name) => !isUser(name))))
    findings.push(untouched(other, 'it is of another type than User, or means everybody'));
  const users = [...new Set([...facts.users, ...acls.keys(), ...facts.quotas.keys()])].sort();
  // Whose name an environment allows keeps it; names that are made up come after.
  for (const user of [...users.filter((one) => NAME.test(one)), ...users.filter((one) => !NAME.test(one))]) {
    const own = acls.get(user) ?? [];
    if (OF_THE_KIT.test(user) || !facts.isWanted(own)) continue;
    const name = unusedName(user, principals);
    const outcome = principalOf({ user, name, acls: own }, facts);
    if ('problem' in outcome) findings.push(untouched(`User:${user}`, outcome.problem));
    else if (!facts.without.has(name)) principals.set(name, outcome.section);
  }
  return { principals: Object.fromEntries([...principals].sort(([a], [b]) => (a < b ? -1 : 1))), findings };
}

function principalOf(
  { user, name, acls }: { readonly user: string; readonly name: string; readonly acls: readonly Acl[] },
  { users, quotas, listeners, topics, names }: PrincipalFacts,
): { readonly section: Section } | { readonly problem: string } {
  const rights = importRights(acls, (pattern) => isDeclared(topics, pattern));
  if ('problem' in rights) return { problem: `it has ${rights.problem}` };
  const quota = quotas.get(user);
  const more = { ...rights.rights, ...(quota === undefined ? {} : { quota }) };
  if (users.has(user)) {
    if (listeners.scram === undefined)
      return { problem: 'it logs in with SCRAM, which this target has no listener for' };
    if (!NAME.test(user)) return { problem: 'its name has characters that users of an environment do not have' };
    return { section: { listener: listeners.scram, ...more } };
  }
  if (listeners.certificates === undefined)
    return { problem: 'it has no SCRAM-SHA-512 credential, so how it logs in is not known' };
  const commonName = names === 'distinguished' ? /^CN=(.+)$/.exec(user)?.[1] : user;
  if (commonName === undefined || !/^[^\n\r]{1,255}$/.test(commonName))
    return { problem: 'its name cannot be that of a certificate here' };
  return {
    section: compact({
      listener: listeners.certificates,
      commonName: commonName === name ? undefined : commonName,
      ...more,
    }),
  };
}

/** A pattern that ends in * is fine where any declared topic has the prefix. */
function isDeclared(topics: ReadonlySet<string>, pattern: string): boolean {
  if (!pattern.endsWith('*')) return topics.has(pattern);
  const prefix = pattern.slice(0, -1);
  return prefix === '' || [...topics].some((topic) => topic.startsWith(prefix));
}

function byUser(acls: readonly Acl[]): Map<string, Acl[]> {
  const found = new Map<string, Acl[]>();
  for (const acl of acls) {
    if (!isUser(acl.principal)) continue;
    const user = acl.principal.slice('User:'.length);
    found.set(user, [...(found.get(user) ?? []), acl]);
  }
  return found;
}

function isUser(principal: string): boolean {
  return principal.startsWith('User:') && principal !== 'User:*';
}

/** A name that an environment allows, made of the user's; numbered where two would have the same. */
function unusedName(user: string, taken: ReadonlyMap<string, unknown>): string {
  const plain = NAME.test(user)
    ? user
    : user
        .replace(/^CN=([^,]+).*$/, '$1')
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '')
        .slice(0, 90) || 'client';
  if (!taken.has(plain)) return plain;
  for (let number = 2; ; number++) if (!taken.has(`${plain}-${number}`)) return `${plain}-${number}`;
}

export function untouched(principal: string, problem: string): Issue {
  return {
    code: 'IMPORT-PRINCIPAL',
    level: 'warning',
    path: formatPath(['principals']),
    message: `a principal is not in the file, got ${principal}: ${problem}.`,
    hint: 'Its ACLs, users and quotas are left untouched.',
  };
}
