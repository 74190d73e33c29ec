import { NO_EVIDENCE } from '../../../../lib/core/plan/build-plan';
import { accessDifferences } from '../../../../lib/core/plan/diff';
import { planLines, summaryLine } from '../../../../lib/core/plan/report';
import { cut, optionChange, planWith } from '../changes';
import { acl, desiredWith, observedWith } from '../states';

const many = (count: number) => Array.from({ length: count }, (_, index) => optionChange(`t${index}`));

describe('the summary of a plan', () => {
  test.each([
    [[], {}, 'no changes: prod is as declared'],
    [[optionChange('a')], {}, '1 change: 1 safe'],
    [
      [...many(9), optionChange('x', { grade: 'ordering' }), optionChange('y', { grade: 'ordering' }), cut('z')],
      {},
      '12 changes: 9 safe, 2 cost ordering, 1 loses data; 1 held back, needs an acknowledgement',
    ],
    [
      [cut('a'), cut('b'), optionChange('c', { grade: 'irreversible', status: 'blocked' })],
      {},
      '3 changes: 2 lose data, 1 is irreversible; 2 held back, need an acknowledgement; 1 cannot be done now',
    ],
    [many(10_000), {}, '10,000 changes: 10,000 safe'],
  ])('%#', (changes, more, expected) => {
    expect(summaryLine(planWith(changes, more))).toBe(expected);
  });

  test('does not say that all is as declared where there are findings, or something was not read', () => {
    const finding = (code: string) => ({ code, level: 'warning' as const, path: '', message: 'm', hint: 'h' });
    expect(summaryLine(planWith([], { findings: [finding('BROKER-RESTART')] }))).toBe(
      'no changes: prod is as declared, but for 1 finding',
    );
    expect(summaryLine(planWith([], { findings: [finding('PLAN-UNREAD'), finding('BROKER-RESTART')] }))).toBe(
      'no changes: what was read of prod is as declared, but for 2 findings',
    );
  });
});

describe('a plan for a terminal', () => {
  test('folds what is alike, tells the dangerous changes first and what to add to let them through', () => {
    const access = accessDifferences(
      desiredWith({
        access: {
          principals: [{ principal: 'User:a', path: 'principals.a' }],
          acls: [acl('User:a allow read topic x'), acl('User:a allow describe topic x')].map((one) => ({
            acl: one,
            path: 'principals.a.consume.topics[0]',
          })),
        },
      }),
      observedWith({ acls: [acl('User:a allow read topic old'), acl('User:a allow describe topic old')] }),
      NO_EVIDENCE,
    ).changes;
    const lines = planLines(
      planWith([
        ...many(9_998),
        cut('clicks'),
        ...access,
        optionChange('q', { status: 'blocked', block: { reason: 'It is being moved.', hint: 'Wait for it.' } }),
      ]),
    );
    expect(lines).toEqual([
      'Loses data',
      '  topics',
      '    retention.ms 7d -> 1d on topic clicks (held back: needs an acknowledgement)',
      '      Records before 2026-11-25 go: 12GiB.',
      '',
      'Costs availability',
      '  access',
      '    a may no longer read and describe topic old (held back: needs an acknowledgement)',
      '      a may no longer read and describe topic old, since no file says so.',
      '',
      'Safe',
      '  topics',
      '    retention.ms 7d -> 14d on 9,998 topics: t0, t1, t2, t3, t4, t5, t6, t7, …',
      '    retention.ms 7d -> 14d on topic q (cannot be done now)',
      '      Records stay longer.',
      '      It is being moved. Wait for it.',
      '  access',
      '    a may read and describe topic x from any address',
      '',
      'To let held changes through, add with a reason:',
      '  acknowledge:',
      "    - { code: TOPIC-RETENTION-CUT, path: topics.clicks.retention.time, from: 7d, to: 1d, reason: '' }",
      "    - { code: ACL-DELETE, path: principals.a, from: may read and describe topic old from any address, to: none, reason: '' }",
      '',
      '10,004 changes: 10,001 safe, 2 cost availability, 1 loses data; 3 held back, need an acknowledgement; 1 cannot be done now',
    ]);
  });

  test('says nothing but that all is as declared where it is', () => {
    expect(planLines(planWith([]))).toEqual(['no changes: prod is as declared']);
  });

  test('tells whose reason is whose where they differ', () => {
    const lines = planLines(
      planWith(
        ['a', 'b'].map((topic) => cut(topic, { path: 'topicDefaults.retention.time', reason: `${topic} loses.` })),
      ),
    );
    expect(lines.slice(2, 5)).toEqual([
      '    retention.ms 7d -> 1d on 2 topics: a, b (held back: needs an acknowledgement)',
      '      topic a: a loses.',
      '      topic b: b loses.',
    ]);
    expect(lines.filter((line) => line.includes('code:'))).toHaveLength(1);
  });

  test('stays short where thousands of safe changes are not alike, and never leaves a dangerous one out', () => {
    const unlike = Array.from({ length: 2_000 }, (_, index) => optionChange(`t${index}`, { summary: `n ${index}` }));
    const cuts = Array.from({ length: 100 }, (_, index) => cut(`c${index}`, { summary: `cut ${index}` }));
    const lines = planLines(planWith([...unlike, ...cuts]));
    expect(lines.filter((line) => line.startsWith('    n '))).toHaveLength(30);
    expect(lines).toContain('    … and 1,970 more');
    expect(lines.filter((line) => line.startsWith('    cut '))).toHaveLength(100);
  });

  test('breaks lines where the terminal ends', () => {
    const lines = planLines(planWith([cut('clicks', { reason: 'word '.repeat(60).trim() })]), { width: 60 });
    const text = lines.slice(0, lines.indexOf(''));
    expect(Math.max(...text.map(({ length }) => length))).toBeLessThanOrEqual(62);
    expect(text.length).toBeGreaterThan(5);
  });

  test('tells what the cluster refuses and, unless they are left out, what was noticed', () => {
    const plan = planWith([optionChange('a')], {
      proof: {
        checked: 1,
        refused: [{ id: 'set-topic-option a retention.ms', error: 'POLICY_VIOLATION' }],
        unchecked: [],
      },
      findings: [{ code: 'BROKER-RESTART', level: 'warning', path: 'kafka.config["x"]', message: 'm.', hint: 'h.' }],
    });
    expect(planLines(plan)).toEqual(
      expect.arrayContaining([
        'Refused by the cluster',
        '  set-topic-option a retention.ms: POLICY_VIOLATION',
        'Noticed',
        '  warning BROKER-RESTART kafka.config["x"]: m. h.',
      ]),
    );
    expect(planLines(plan, { findings: 'left-out' })).not.toContain('Noticed');
  });
});
