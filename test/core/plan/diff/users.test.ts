import type { ScramCredential } from '../../../../lib/core/cluster';
import type { DesiredUsers } from '../../../../lib/core/plan/desired';
import { userDifferences } from '../../../../lib/core/plan/diff';
import { desiredWith, observedWith } from '../states';

const USERS: DesiredUsers = {
  mechanism: 'SCRAM-SHA-512',
  iterations: 8192,
  users: [{ name: 'billing', secret: { secret: 'billing', key: 'password' }, path: 'principals.billing' }],
  deleted: [{ name: 'old', reason: 'rotated', path: 'principals.billing.users.old.deleted' }],
};

const credential = (user: string, more: Partial<ScramCredential> = {}): ScramCredential => ({
  user,
  mechanism: 'SCRAM-SHA-512',
  iterations: 8192,
  ...more,
});

const differences = (users: readonly ScramCredential[] | undefined, logins: Record<string, boolean> = {}) =>
  userDifferences(
    desiredWith({ users: USERS }),
    observedWith({ ...(users === undefined ? {} : { users }), logins: new Map(Object.entries(logins)) }),
  );

describe('differences of users', () => {
  test.each<[title: string, users: ScramCredential[], logins: Record<string, boolean>, expected: string[]]>([
    ['nothing where the password still is the one of the secret', [credential('billing')], { billing: true }, []],
    [
      'a user that is missing is made',
      [],
      {},
      ['USER-CREATE safe ready: user billing with the password of secret billing, key password'],
    ],
    [
      'a user with another mechanism only is missing',
      [credential('billing', { mechanism: 'SCRAM-SHA-256' })],
      {},
      ['USER-CREATE safe ready: user billing with the password of secret billing, key password'],
    ],
    [
      'a password that is refused costs availability',
      [credential('billing', { iterations: 4096 })],
      { billing: false },
      ['USER-PASSWORD availability held: user billing takes the password that secret billing, key password holds now'],
    ],
    [
      'iterations change safely where the password is known',
      [credential('billing', { iterations: 4096 })],
      { billing: true },
      ['USER-ITERATIONS safe ready: user billing: iterations 4096 -> 8192'],
    ],
    [
      'a tombstone takes all credentials of the user',
      [credential('billing'), credential('old'), credential('old', { mechanism: 'SCRAM-SHA-256' })],
      { billing: true },
      [
        'USER-DELETE availability acknowledged: user old goes (SCRAM-SHA-512)',
        'USER-DELETE availability acknowledged: user old goes (SCRAM-SHA-256)',
      ],
    ],
    ['users of others stay', [credential('billing'), credential('other')], { billing: true }, []],
  ])('%s', (_title, users, logins, expected) => {
    expect(
      differences(users, logins).changes.map(
        ({ code, grade, status, summary }) => `${code} ${grade} ${status}: ${summary}`,
      ),
    ).toEqual(expected);
  });

  test('a user that nobody tried is told, and not changed, whatever its iterations', () => {
    const { changes, findings } = differences([credential('billing', { iterations: 4096 })]);
    expect(changes).toEqual([]);
    expect(findings).toMatchObject([{ code: 'USER-UNTRIED', path: 'principals.billing' }]);
  });

  test('a new password is told with a way to rotate without refusing anybody', () => {
    const [change] = differences([credential('billing')], { billing: false }).changes;
    expect(change).toMatchObject({ from: 'another password', to: 'the password of secret billing, key password' });
    expect(change!.reason).toContain('add a second user');
    expect(change!.operation).toEqual({
      kind: 'set-user',
      user: 'billing',
      mechanism: 'SCRAM-SHA-512',
      iterations: 8192,
      secret: { secret: 'billing', key: 'password' },
    });
  });

  test('fails to compare, and changes nothing, where users were not read', () => {
    const { changes, findings } = differences(undefined);
    expect(changes).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['PLAN-UNREAD']);
  });
});
