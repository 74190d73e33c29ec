import type { Operation } from '../../../lib/core/plan/change';
import { formatPlan, parsePlan } from '../../../lib/core/plan/plan-file';
import { acl } from './states';
import { cut, optionChange, planWith } from './changes';

const ON_TOPIC = { topic: 'a', topicId: 'CZeeAwwIYM1wZT6U5ejiTw' };
const OPERATIONS: readonly Operation[] = [
  { kind: 'create-topic', topic: 'a', partitions: 1, replicationFactor: 3, config: { 'cleanup.policy': 'delete' } },
  { kind: 'add-partitions', ...ON_TOPIC, from: 1, to: 2, assignments: [[1, 2, 3]] },
  {
    kind: 'move-replicas',
    ...ON_TOPIC,
    replicationFactor: 'may-change',
    moves: [{ partition: 0, from: [1], to: [1, 2] }],
    bytes: 7,
  },
  { kind: 'set-topic-option', ...ON_TOPIC, option: 'retention.ms' },
  { kind: 'delete-topic', ...ON_TOPIC },
  { kind: 'create-acl', acl: acl('User:a allow read topic b') },
  { kind: 'delete-acl', acl: acl('User:a deny read topic b', { pattern: 'prefixed' }) },
  { kind: 'set-user', user: 'a', mechanism: 'SCRAM-SHA-512', iterations: 8192, secret: { secret: 'a', key: 'p' } },
  { kind: 'delete-user', user: 'a', mechanism: 'SCRAM-SHA-256' },
  { kind: 'set-quota', entity: { user: null, clientId: 'x' }, key: 'request_percentage', value: 12.5 },
  { kind: 'set-quota', entity: { ip: null }, key: 'connection_creation_rate' },
  { kind: 'set-broker-option', option: 'num.io.threads', value: '8' },
  { kind: 'set-broker-option', broker: 1, option: 'num.io.threads' },
  { kind: 'clear-throttle', on: 'broker', name: '1', options: ['leader.replication.throttled.rate'] },
  { kind: 'put-connector', connector: 'c', config: { a: 'b' }, state: 'paused' },
  { kind: 'set-connector-state', connector: 'c', state: 'stopped' },
  { kind: 'restart-connector', connector: 'c' },
  { kind: 'delete-connector', connector: 'c' },
];
const PLAN = planWith(
  OPERATIONS.map((operation, index) => optionChange('a', { id: `change ${index}`, operation })),
  {
    findings: [
      {
        code: 'BROKER-RESTART',
        level: 'warning',
        path: 'kafka',
        message: 'm',
        hint: 'h',
        at: { file: 'f', line: 1, column: 2 },
      },
    ],
    proof: { checked: 3, refused: [{ id: 'change 1', error: 'no' }], unchecked: ['create-acl'] },
  },
);

/** The text of a plan with `edit` done to its JSON, its checksum left as it was. */
function edited(edit: (json: Record<string, unknown>) => void): string {
  const json = JSON.parse(formatPlan(PLAN)) as Record<string, unknown>;
  edit(json);
  return JSON.stringify(json);
}

describe('a plan file', () => {
  test('keeps every kind of change', () => {
    expect(parsePlan(formatPlan(PLAN))).toEqual({ plan: PLAN });
  });

  test('keeps what keeps a change from being done', () => {
    const plan = planWith([cut('a', { status: 'blocked', block: { reason: 'r', hint: 'h' } })]);
    expect(parsePlan(formatPlan(plan))).toEqual({ plan });
  });

  test('is read whatever the order of its keys and its white space', () => {
    const { checksum, ...rest } = JSON.parse(formatPlan(PLAN)) as Record<string, unknown>;
    const other = JSON.stringify({ checksum, ...Object.fromEntries(Object.entries(rest).reverse()) });
    expect(parsePlan(other)).toEqual({ plan: PLAN });
  });

  test.each<[title: string, text: string, problem: RegExp]>([
    ['text', 'retention', /^is not JSON: /],
    ['a list', '[]', /^is not a plan: a map is expected/],
    ['null', 'null', /^is not a plan: a map is expected/],
    ['another document', '{}', /^is not a plan that this version reads, got schemaVersion null; 1 is known$/],
    ['a newer plan', edited((json) => (json['schemaVersion'] = 2)), /got schemaVersion 2; 1 is known$/],
    ['a key that nobody knows', edited((json) => (json['more'] = 1)), /^is not a plan: .*more/],
    ['a missing key', edited((json) => delete json['basis']), /^is not a plan: basis: /],
    [
      'an operation that nobody knows',
      edited((json) => ((json['changes'] as { operation: { kind: string } }[])[4]!.operation.kind = 'drop-everything')),
      /^is not a plan: changes\[4\]\.operation\.kind: /,
    ],
    [
      'a held change that somebody made an acknowledged one',
      formatPlan(planWith([cut('a')])).replace('"held"', '"acknowledged"'),
      /^was changed after it was written/,
    ],
    ['a plan without its checksum', edited((json) => delete json['checksum']), /^was changed after it was written/],
    [
      'two changes with one id',
      formatPlan(planWith([optionChange('a', { id: 'x' }), optionChange('b', { id: 'x' })])),
      /the id of a change is there twice, got x$/,
    ],
  ])('fails on %s', (_title, text, problem) => {
    expect((parsePlan(text) as { problem: string }).problem).toMatch(problem);
  });
});
