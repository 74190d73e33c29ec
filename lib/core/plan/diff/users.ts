import type { Change } from '../change';
import type { DesiredState, DesiredUser, DesiredUsers } from '../desired';
import type { ObservedState } from '../observed';
import { byTombstone, finding, listSome, proposed, unread, type Differences } from './differences';
import type { Issue } from '../../issue';

/**
 * SCRAM users. Kafka never tells a password, so whether it is still the one of the secret is known from a trial log-in. Users that no
 * file declares are never looked at.
 */
export function userDifferences(desired: DesiredState, observed: ObservedState): Differences {
  const { users } = desired;
  if (users === undefined) return { changes: [], findings: [] };
  if (observed.users === undefined) return unread('the users', 'principals');
  const credentials = new Map(observed.users.map((one) => [`${one.mechanism} ${one.user}`, one]));
  const changes: Change[] = [];
  const untried: DesiredUser[] = [];
  for (const user of users.users) {
    const credential = credentials.get(`${users.mechanism} ${user.name}`);
    const login = observed.logins?.get(user.name);
    const otherIterations = credential !== undefined && credential.iterations !== users.iterations;
    if (credential === undefined) changes.push(creation(users, user));
    else if (login === false) changes.push(newPassword(users, user));
    else if (login === undefined) untried.push(user);
    else if (otherIterations) changes.push(newIterations(users, user, credential.iterations));
  }
  for (const { name, reason, path } of users.deleted)
    for (const { user, mechanism } of observed.users)
      if (user === name)
        changes.push(
          byTombstone({
            id: `delete-user ${name} ${mechanism}`,
            code: 'USER-DELETE',
            path,
            subject: `user ${name}`,
            summary: `user ${name} goes (${mechanism})`,
            from: mechanism,
            to: 'none',
            grade: 'availability',
            reason: `Whoever logs in as ${name} is refused: ${reason}.`,
            operation: { kind: 'delete-user', user: name, mechanism },
          }),
        );
  return { changes, findings: untried.length === 0 ? [] : [notTried(untried)] };
}

function creation(users: DesiredUsers, user: DesiredUser): Change {
  return proposed({
    id: `set-user ${user.name}`,
    code: 'USER-CREATE',
    path: user.path,
    subject: `user ${user.name}`,
    summary: `user ${user.name} with the password of ${secretWords(user)}`,
    from: 'none',
    to: `${users.mechanism}, ${users.iterations} iterations`,
    grade: 'safe',
    reason: 'A log-in more; nobody loses one.',
    operation: setUser(users, user),
  });
}

/** Intended where somebody rotated the secret; what cannot be seen from here is who still logs in with the old one. */
function newPassword(users: DesiredUsers, user: DesiredUser): Change {
  return proposed({
    id: `set-user ${user.name}`,
    code: 'USER-PASSWORD',
    path: user.path,
    subject: `user ${user.name}`,
    summary: `user ${user.name} takes the password that ${secretWords(user)} holds now`,
    from: 'another password',
    to: `the password of ${secretWords(user)}`,
    grade: 'availability',
    reason: `Clients with the old password are refused when they next log in; to rotate with overlap, add a second user under users of the principal, move the clients, and delete this one.`,
    operation: setUser(users, user),
  });
}

function newIterations(users: DesiredUsers, user: DesiredUser, from: number): Change {
  return proposed({
    id: `set-user ${user.name}`,
    code: 'USER-ITERATIONS',
    path: user.path,
    subject: `user ${user.name}`,
    summary: `user ${user.name}: iterations ${from} -> ${users.iterations}`,
    from: `${from} iterations`,
    to: `${users.iterations} iterations`,
    grade: 'safe',
    reason: 'The password stays the same, and so do sessions.',
    operation: setUser(users, user),
  });
}

function setUser({ mechanism, iterations }: DesiredUsers, { name, secret }: DesiredUser): Change['operation'] {
  return { kind: 'set-user', user: name, mechanism, iterations, secret };
}

/** Nothing of them is changed: making a credential anew, for other iterations say, would change an unknown password too. */
function notTried(users: readonly DesiredUser[]): Issue {
  return finding(
    'USER-UNTRIED',
    users.length === 1 ? users[0]!.path : 'principals',
    `nobody tried to log in, got no password or no way to the listener of ${listSome(users.map(({ name }) => name))} from here; whether their secrets still hold their passwords is not known.`,
    'Plan from where the secrets can be read and the listener reached.',
  );
}

function secretWords({ secret: { secret, key } }: Pick<DesiredUser, 'secret'>): string {
  return `secret ${secret}, key ${key}`;
}
