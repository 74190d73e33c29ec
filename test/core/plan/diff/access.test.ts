import type { Acl } from '../../../../lib/core/cluster';
import { NO_EVIDENCE } from '../../../../lib/core/plan/build-plan';
import type { Change } from '../../../../lib/core/plan/change';
import type { DesiredAccess, OwnedPrincipal } from '../../../../lib/core/plan/desired';
import { accessDifferences, accessGroups } from '../../../../lib/core/plan/diff';
import { acl, desiredWith, observedWith } from '../states';

const READ = acl('User:billing allow read topic orders');
const BILLING: OwnedPrincipal = { principal: 'User:billing', path: 'principals.billing' };

function access(acls: readonly Acl[], principals: readonly OwnedPrincipal[] = [BILLING]): DesiredAccess {
  return {
    acls: acls.map((one, index) => ({ acl: one, path: `principals.billing.acls[${index}].topics[0]` })),
    principals,
  };
}

interface Given {
  readonly wanted?: readonly Acl[];
  readonly present?: readonly Acl[];
  readonly principals?: readonly OwnedPrincipal[];
  readonly groups?: Readonly<Record<string, number>>;
}

function changesOf({ wanted = [], present = [], principals, groups = {} }: Given): readonly Change[] {
  return accessDifferences(desiredWith({ access: access(wanted, principals) }), observedWith({ acls: present }), {
    ...NO_EVIDENCE,
    activeGroups: new Map(Object.entries(groups)),
  }).changes;
}

describe('differences of access', () => {
  test.each<[title: string, given: Given, expected: readonly string[]]>([
    ['nothing where all is there', { wanted: [READ], present: [READ] }, []],
    [
      'a right that is missing is made',
      { wanted: [READ] },
      ['ACL-CREATE safe ready: billing may read topic orders from any address'],
    ],
    [
      'a deny of what somebody has costs availability',
      { wanted: [READ, acl('User:billing deny read topic ord', { pattern: 'prefixed' })], present: [READ] },
      ['ACL-DENY availability held: billing may not read topics beginning with ord from any address'],
    ],
    [
      'a deny of what everybody has costs availability',
      { wanted: [acl('User:billing deny read topic orders')], present: [acl('User:* allow all topic *')] },
      ['ACL-DENY availability held: billing may not read topic orders from any address'],
    ],
    [
      'a deny of what nobody has is safe, and comes with the right that it limits',
      { wanted: [READ, acl('User:billing deny read topic orders', { host: '10.0.0.1' })], present: [] },
      [
        'ACL-CREATE safe ready: billing may read topic orders from any address',
        'ACL-DENY safe ready: billing may not read topic orders from 10.0.0.1',
      ],
    ],
    [
      'a right that no file gives goes, and costs availability',
      { present: [READ] },
      ['ACL-DELETE availability held: billing may no longer read topic orders'],
    ],
    [
      'a right that another one gives as well goes safely',
      { wanted: [acl('User:billing allow read topic ord', { pattern: 'prefixed' })], present: [READ] },
      [
        'ACL-CREATE safe ready: billing may read topics beginning with ord from any address',
        'ACL-DELETE safe ready: billing no longer needs to be told that it may read topic orders',
      ],
    ],
    [
      'describe goes safely where reading stays',
      { wanted: [READ], present: [READ, acl('User:billing allow describe topic orders')] },
      ['ACL-DELETE safe ready: billing no longer needs to be told that it may describe topic orders'],
    ],
    [
      'a wide right goes at a cost where a narrow one stays',
      { wanted: [READ], present: [READ, acl('User:billing allow all topic *')] },
      ['ACL-DELETE availability held: billing may no longer do everything with every topic'],
    ],
    [
      'a right for all addresses is not given by one for a single address',
      { wanted: [{ ...READ, host: '10.0.0.1' }], present: [READ] },
      [
        'ACL-CREATE safe ready: billing may read topic orders from 10.0.0.1',
        'ACL-DELETE availability held: billing may no longer read topic orders',
      ],
    ],
    [
      'a deny goes safely',
      { present: [acl('User:billing deny read topic orders')] },
      ['ACL-DENY-DELETE safe ready: no longer: billing may not read topic orders from any address'],
    ],
    [
      'all rights of a principal with a tombstone go, acknowledged by it',
      { present: [READ], principals: [{ ...BILLING, deleted: 'moved to finance' }] },
      ['ACL-DELETE availability acknowledged: billing may no longer read topic orders'],
    ],
    [
      'rights of others stay, whatever they cover',
      {
        present: [
          acl('User:* allow read topic orders'),
          acl('User:billing2 allow read topic orders'),
          acl('User:bill allow all topic orders', { pattern: 'prefixed' }),
          acl('Group:billing allow read topic orders'),
          acl('User:BILLING allow read topic orders'),
        ],
      },
      [],
    ],
    [
      'what Kafka lists twice goes once',
      { present: [READ, { ...READ }] },
      ['ACL-DELETE availability held: billing may no longer read topic orders'],
    ],
  ])('%s', (_title, given, expected) => {
    expect(
      changesOf(given).map(({ code, grade, status, summary }) => `${code} ${grade} ${status}: ${summary}`),
    ).toEqual(expected);
  });

  test('say what an acknowledgement has to say', () => {
    expect(changesOf({ present: [READ] })[0]).toMatchObject({
      id: 'delete-acl User:billing allow read topic literal orders *',
      path: 'principals.billing',
      subject: 'User:billing',
      from: 'may read topic orders from any address',
      to: 'none',
      reason: 'billing may no longer read topic orders, since no file says so.',
    });
    expect(changesOf({ wanted: [READ] })[0]).toMatchObject({
      path: 'principals.billing.acls[0].topics[0]',
      from: 'none',
      to: 'may read topic orders from any address',
    });
  });

  test('about the same names are acknowledged together', () => {
    const changes = changesOf({
      wanted: [acl('User:billing allow describe topic orders')],
      present: [READ, acl('User:billing allow write topic orders'), acl('User:billing allow describe topic orders')],
    });
    expect(changes.map(({ summary }) => summary)).toEqual([
      'billing may no longer read topic orders',
      'billing may no longer write topic orders',
    ]);
    expect(new Set(changes.map(({ from }) => from))).toEqual(
      new Set(['may read and write topic orders from any address']),
    );
  });

  test('say which groups have members that may lose the right', () => {
    const group = acl('User:billing allow read group billing');
    const prefix = acl('User:billing allow read group b-', { pattern: 'prefixed' });
    const [change] = changesOf({
      wanted: [group, prefix],
      present: [READ, group, prefix],
      groups: { billing: 3, 'b-*': 1, other: 9 },
    });
    expect(change!.reason).toBe(
      'billing may no longer read topic orders, since no file says so; groups beginning with b- have 1 member, group billing has 3 members now, which may be its clients.',
    );
  });

  test('ask for the groups of principals that lose rights, and of no others', () => {
    const present = [
      READ,
      acl('User:billing allow read group billing'),
      acl('User:billing allow all group b-', { pattern: 'prefixed' }),
      acl('User:other allow read group other'),
    ];
    const desired = desiredWith({ access: access([]) });
    expect(accessGroups(desired, observedWith({ acls: present }))).toEqual(['b-*', 'billing']);
    expect(accessGroups(desiredWith({ access: access(present) }), observedWith({ acls: present }))).toEqual([]);
  });

  test('tell of principals in the own scope that the file does not name', () => {
    const { changes, findings } = accessDifferences(
      desiredWith({ access: access([]), owns: { principals: ['shop-*'] } }),
      observedWith({
        acls: [
          acl('User:shop-old allow read topic a'),
          acl('User:shop-old allow read topic b'),
          acl('User:other allow read topic a'),
        ],
      }),
      NO_EVIDENCE,
    );
    expect(changes).toEqual([]);
    expect(findings).toMatchObject([{ code: 'PRINCIPAL-UNDECLARED', level: 'warning', path: 'owns.principals' }]);
    expect(findings[0]!.message).toContain('User:shop-old with 2 ACLs');
  });

  test('fails to compare, and changes nothing, where the ACLs were not read', () => {
    const { changes, findings } = accessDifferences(
      desiredWith({ access: access([READ]) }),
      observedWith(),
      NO_EVIDENCE,
    );
    expect(changes).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['PLAN-UNREAD']);
  });
});
