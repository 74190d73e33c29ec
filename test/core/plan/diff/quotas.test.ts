import type { QuotaDescription } from '../../../../lib/core/cluster';
import type { DesiredQuotas } from '../../../../lib/core/plan/desired';
import { quotaDifferences } from '../../../../lib/core/plan/diff';
import { formatQuota } from '../../../../lib/core/plan/diff/quota-words';
import { desiredWith, observedWith } from '../states';

const MIB = 1024 ** 2;
const wants = (values: DesiredQuotas['quotas'][number]['values']): DesiredQuotas => ({
  quotas: [{ entity: { user: 'a' }, values, path: 'principals.a.quota' }],
  deleted: [],
});
const has = (values: QuotaDescription['values'], entity: QuotaDescription['entity'] = { user: 'a' }) => ({
  entity,
  values,
});
const told = (quotas: DesiredQuotas, present: readonly QuotaDescription[]): string[] =>
  quotaDifferences(desiredWith({ quotas }), observedWith({ quotas: present })).changes.map(
    ({ code, grade, status, subject, summary }) => `${code} ${grade} ${status}: ${subject}: ${summary}`,
  );

describe('differences of quotas', () => {
  test.each<[title: string, quotas: DesiredQuotas, present: QuotaDescription[], expected: string[]]>([
    ['nothing where all is there', wants({ producer_byte_rate: MIB }), [has({ producer_byte_rate: MIB })], []],
    [
      'nothing where doubles differ by rounding',
      wants({ request_percentage: 0.1 + 0.2 }),
      [has({ request_percentage: 0.3 })],
      [],
    ],
    [
      'a new quota is set safely',
      wants({ producer_byte_rate: MIB }),
      [],
      ['QUOTA-SET safe ready: user a: producer_byte_rate none -> 1MiB/s'],
    ],
    [
      'a quota is raised safely',
      wants({ producer_byte_rate: 2 * MIB }),
      [has({ producer_byte_rate: MIB })],
      ['QUOTA-SET safe ready: user a: producer_byte_rate 1MiB/s -> 2MiB/s'],
    ],
    [
      'a lower quota costs availability',
      wants({ producer_byte_rate: MIB }),
      [has({ producer_byte_rate: 2 * MIB })],
      ['QUOTA-CUT availability held: user a: producer_byte_rate 2MiB/s -> 1MiB/s'],
    ],
    [
      'a key that is not declared goes safely',
      wants({ producer_byte_rate: MIB }),
      [has({ producer_byte_rate: MIB, request_percentage: 50 })],
      ['QUOTA-REMOVE safe ready: user a: request_percentage 50% -> none'],
    ],
    [
      'a key goes at a cost where the default of all is lower',
      wants({ producer_byte_rate: MIB }),
      [has({ producer_byte_rate: MIB, request_percentage: 50 }), has({ request_percentage: 10 }, { user: null })],
      ['QUOTA-REMOVE availability held: user a: request_percentage 50% -> none'],
    ],
    [
      'an entity with a tombstone loses all',
      {
        quotas: [],
        deleted: [{ entity: { clientId: 'old' }, reason: 'gone', path: 'quotas.clients.old.deleted' }],
      },
      [
        has({ producer_byte_rate: MIB, consumer_byte_rate: MIB }, { clientId: 'old' }),
        has({ consumer_byte_rate: 1000 }, { clientId: null }),
      ],
      [
        'QUOTA-REMOVE availability acknowledged: client.id old: consumer_byte_rate 1MiB/s -> none',
        'QUOTA-REMOVE safe ready: client.id old: producer_byte_rate 1MiB/s -> none',
      ],
    ],
    [
      'defaults are entities of their own',
      { quotas: [{ entity: { ip: null }, values: { connection_creation_rate: 5 }, path: 'q' }], deleted: [] },
      [has({ connection_creation_rate: 9 }, { ip: '10.0.0.7' })],
      ['QUOTA-SET safe ready: every address without a quota of its own: connection_creation_rate none -> 5/s'],
    ],
    [
      'a user with a client is not the user',
      wants({}),
      [has({ producer_byte_rate: MIB }, { user: 'a', clientId: 'x' }), has({ producer_byte_rate: 1 }, { user: 'b' })],
      [],
    ],
  ])('%s', (_title, quotas, present, expected) => {
    expect(told(quotas, present)).toEqual(expected);
  });

  test('are said exactly, so that two values never read alike', () => {
    expect([
      formatQuota('producer_byte_rate', 20 * MIB),
      formatQuota('producer_byte_rate', 20 * MIB + 1024),
      formatQuota('producer_byte_rate', 1000),
      formatQuota('consumer_byte_rate', 0),
      formatQuota('consumer_byte_rate', undefined),
      formatQuota('request_percentage', 12.5),
      formatQuota('controller_mutation_rate', 10),
    ]).toEqual(['20MiB/s', '20481KiB/s', '1000B/s', '0B/s', 'none', '12.5%', '10/s']);
  });

  test('a quota of a principal that the file has without one is taken off only if somebody says so', () => {
    const { changes, findings } = quotaDifferences(
      desiredWith({
        quotas: { quotas: [], deleted: [] },
        access: { acls: [], principals: [{ principal: 'User:a', path: 'principals.a' }] },
      }),
      observedWith({
        quotas: [
          has({ producer_byte_rate: MIB }),
          has({ producer_byte_rate: MIB }, { user: 'other' }),
          has({ producer_byte_rate: MIB }, { user: 'a', clientId: 'x' }),
          has({ producer_byte_rate: MIB }, { user: null }),
        ],
      }),
    );
    expect(findings).toEqual([]);
    expect(changes).toMatchObject([
      { code: 'QUOTA-REMOVE', path: 'principals.a', subject: 'user a', grade: 'availability', status: 'held' },
    ]);
    expect(changes[0]!.reason).toContain('emergency');
  });

  test('fails to compare, and changes nothing, where quotas were not read', () => {
    const { changes, findings } = quotaDifferences(
      desiredWith({ quotas: wants({ producer_byte_rate: MIB }) }),
      observedWith(),
    );
    expect(changes).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['PLAN-UNREAD']);
  });
});
