import { acknowledge, readyEntries } from '../../../lib/core/plan/acknowledge';
import type { Acknowledgement } from '../../../lib/core/plan/desired';
import { modelOfText } from '../../support/environments';
import { BASES } from '../../support/rule-cases';
import { desiredState } from '../../../lib/core/plan/desire';
import { cut, optionChange, planWith } from './changes';

const entry = (more: Partial<Acknowledgement> = {}): Acknowledgement => ({
  code: 'TOPIC-RETENTION-CUT',
  path: 'topics.clicks.retention.time',
  from: '7d',
  to: '1d',
  reason: 'GDPR-311',
  at: 'acknowledge[0]',
  ...more,
});

describe('an acknowledgement', () => {
  test('lets through the held change that it names', () => {
    const { changes, findings } = acknowledge([cut('clicks'), cut('orders')], [entry()]);
    expect(changes.map(({ status }) => status)).toEqual(['acknowledged', 'held']);
    expect(findings).toEqual([]);
  });

  test('lets through all changes that come from the one place where the value is written', () => {
    const shared = ['a', 'b', 'c'].map((topic) => cut(topic, { path: 'topicDefaults.retention.time' }));
    const { changes } = acknowledge(shared, [entry({ path: 'topicDefaults.retention.time' })]);
    expect(new Set(changes.map(({ status }) => status))).toEqual(new Set(['acknowledged']));
  });

  test.each([
    ['another code', { code: 'TOPIC-MIN-ISR-CUT' }],
    ['another place', { path: 'topics.orders.retention.time' }],
    ['another value today', { from: '14d' }],
    ['another value wanted', { to: '2d' }],
  ])('fails to match %s, and is told to be of no use', (_title, more) => {
    const { changes, findings } = acknowledge([cut('clicks')], [entry(more)]);
    expect(changes[0]!.status).toBe('held');
    expect(findings).toMatchObject([{ code: 'ACKNOWLEDGEMENT-UNUSED', level: 'warning', path: 'acknowledge[0]' }]);
  });

  test('with the code of a rule is none of a plan', () => {
    expect(acknowledge([], [entry({ code: 'LOCK-PARTITIONS' })]).findings).toEqual([]);
  });

  test('does not unblock a change, and is of use all the same', () => {
    const { changes, findings } = acknowledge([cut('clicks', { status: 'blocked' })], [entry()]);
    expect(changes[0]!.status).toBe('blocked');
    expect(findings).toEqual([]);
  });

  test('of a change that became safe is of use until it is done', () => {
    const safe = optionChange('clicks', { ...cut('clicks'), grade: 'safe', status: 'ready' });
    expect(acknowledge([safe], [entry()])).toMatchObject({ changes: [{ status: 'ready' }], findings: [] });
  });
});

describe('entries to paste', () => {
  test('let all held changes through when they are pasted with a reason', () => {
    const held = [
      cut('clicks'),
      cut('shop.orders', { path: 'topics["shop.orders"].retention.time', from: '1.0', to: '0x10' }),
      cut('odd', { from: "it's: a {b}, #c", to: 'true' }),
      cut('again', { path: 'topics.clicks.retention.time' }),
    ];
    const entries = readyEntries(planWith([...held, cut('x', { status: 'acknowledged' }), optionChange('y')]));
    expect(entries).toHaveLength(3);
    expect(entries[0]).toBe(
      "- { code: TOPIC-RETENTION-CUT, path: topics.clicks.retention.time, from: 7d, to: 1d, reason: '' }",
    );
    const yaml = `${BASES.kubernetes}acknowledge:\n${entries.map((text) => `  ${text.replace("reason: ''", 'reason: OPS-1')}\n`).join('')}`;
    const { acknowledgements } = desiredState(modelOfText(yaml));
    expect(acknowledge(held, acknowledgements).changes.map(({ status }) => status)).toEqual(
      held.map(() => 'acknowledged'),
    );
  });

  test('fail to be accepted without a reason', () => {
    const yaml = `${BASES.kubernetes}acknowledge:\n  ${readyEntries(planWith([cut('clicks')]))[0]}\n`;
    expect(() => modelOfText(yaml)).toThrow(/acknowledge\[0\]\.reason/);
  });
});
