import { connectPrincipal } from '../config';
import type { Path } from '../issue';
import type { EnvironmentModel } from '../model';
import { overridePath } from './hint';
import { principalListeners } from './principal-facts';
import type { Rule } from './rule';

/** What a tombstone may keep beside: the names that Kafka knows the principal by. */
const BESIDE_DELETED = ['deleted', 'users', 'commonName'];

/** Users of principals: log-ins with the same rights, and principals that go. */
export const USER_RULES: readonly Rule[] = [
  {
    code: 'PRINCIPAL-DELETED-KEYS',
    level: 'error',
    what: 'The tombstone of a principal has no other keys than its users and its common name.',
    why: 'The principal goes, so nothing else about it can be honoured; its names say what goes with it.',
    source: 'the environment schema',
    check(model, report) {
      for (const [name, principal] of Object.entries(model.spec.principals ?? {})) {
        if (principal.deleted === undefined) continue;
        const others = Object.keys(principal).filter((key) => !BESIDE_DELETED.includes(key));
        if (others.length === 0) continue;
        report({
          path: ['principals', name],
          message: `the principal is to be deleted and has settings too, got ${others.join(', ')}; a tombstone has users and commonName at most.`,
          hint: 'Remove them (null takes away what an extended file says), or remove deleted to keep the principal.',
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-USERS',
    level: 'error',
    what: 'Users stand only on scram-sha-512, without a password of the principal beside, and at least one of them stays.',
    why: 'Elsewhere a client has no user name to move to. Without a user that stays the principal cannot log in.',
    source: 'the environment schema',
    check(model, report) {
      for (const { name, principal, authentication } of principalListeners(model)) {
        const spec = model.spec.principals?.[name];
        if (spec?.users === undefined) continue;
        const path = ['principals', name, 'users'];
        if (authentication !== 'scram-sha-512') {
          report({
            path,
            message: `users do nothing on a listener with authentication ${authentication}, got ${Object.keys(spec.users).join(', ') || 'none'}; they are for scram-sha-512.`,
            hint: `Remove them, or write ${overridePath(model, path)}: null.`,
          });
        } else if (principal.users.length === 0) {
          report({
            path,
            message: `no user stays, got ${principal.deletedUsers.length === 0 ? 'none' : `tombstones of ${principal.deletedUsers.map((user) => user.name).join(', ')} only`}; at least one that is not deleted is needed.`,
            hint: 'Add a user, or delete the principal itself.',
          });
        }
        if (spec.password === undefined) continue;
        report({
          path: ['principals', name, 'password'],
          message: 'the principal has users and a password of its own; each user has its own password.',
          hint: 'Move it to the user: users: { NAME: { password: ... } }.',
        });
      }
    },
  },
  {
    code: 'PRINCIPAL-USER',
    level: 'error',
    what: 'A user or common name belongs to one principal, and not to the Connect workers.',
    why: 'Kafka knows clients by that name only: two principals with one name have the rights of both, and a quota for both.',
    source: 'Apache Kafka documentation, Authorization and ACLs',
    check(model, report) {
      const owners = new Map<string, string>();
      if (model.connect !== undefined && model.owner === model.name) {
        owners.set(connectPrincipal(model), 'the Connect workers');
      }
      for (const { user, principal, path } of identities(model)) {
        const owner = owners.get(user);
        owners.set(user, owner ?? principal);
        if (owner === undefined) continue;
        report({
          path,
          message: `the name belongs to ${owner} already, got ${user}; each has its own.`,
          hint: 'Rename one of them.',
        });
      }
    },
  },
];

/** What Kafka knows the clients of each principal by: users, else a common name, else the name of the principal. */
function* identities(model: EnvironmentModel): Iterable<{ user: string; principal: string; path: Path }> {
  for (const { name, principal, authentication } of principalListeners(model)) {
    const path = ['principals', name];
    const spec = model.spec.principals?.[name];
    if (authentication === 'scram-sha-512') {
      for (const user of principal.users) {
        const own = spec?.users === undefined ? path : [...path, 'users', user.name];
        yield { user: user.name, principal: name, path: own };
      }
    } else if (authentication === 'mtls') {
      const written = spec?.commonName;
      yield { user: written ?? name, principal: name, path: written === undefined ? path : [...path, 'commonName'] };
    } else if (authentication === 'oauthbearer') {
      yield { user: name, principal: name, path };
    }
  }
}
