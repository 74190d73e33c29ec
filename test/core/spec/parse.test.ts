import { parseEnvironment, parseYaml, type TargetName } from '../../../lib/core/spec';
import { MINIMAL } from '../../support/environments';

const parse = (text: string, target?: TargetName) =>
  parseEnvironment(parseYaml('a.yaml', text).located!, target === undefined ? {} : { target });
const messages = (text: string): string[] =>
  parse(text).issues.map(({ path, message, hint }) => `${path}: ${message} ${hint}`);

const OVERRIDDEN = `${MINIMAL}targets:
  hosts:
    inventory: {}
    override: { listeners: { internal: { authentication: mtls } }, topics: { orders: { partitions: 9 } } }
`;

describe('an override', () => {
  test('holds on its own target only', () => {
    expect(parse(OVERRIDDEN).spec?.listeners.internal?.authentication).toBe('none');
    const spec = parse(OVERRIDDEN, 'hosts').spec;
    expect(spec).toMatchObject({ target: 'hosts', listeners: { internal: { authentication: 'mtls' } } });
    expect(spec?.topics?.orders?.partitions).toBe(9);
  });

  test('is checked on every target, whatever the chosen one', () => {
    const text = OVERRIDDEN.replace('partitions: 9', 'partitions: none');
    for (const target of ['local', 'hosts'] as const) {
      expect(parse(text, target).issues.map(({ code, path, at }) => [code, path, at?.line])).toEqual([
        ['SPEC-TYPE', 'topics.orders.partitions', 11],
      ]);
    }
  });

  test('fails on what a target cannot override, with the nearest word', () => {
    expect(messages(OVERRIDDEN.replace('topics:', 'topic:'))[0]).toMatch(
      /^targets\.hosts\.override\.topic: the key "topic" cannot be overridden; .* Did you mean topics\?$/,
    );
  });
});

describe('the messages of the schema', () => {
  const topic = (text: string): string[] => messages(`${MINIMAL}topics: { orders: { ${text} } }\n`);

  test.each([
    [
      'partitions: three',
      'topics.orders.partitions: the type is wrong, got "three"; a number is allowed. Write it without quotes and without a unit.',
    ],
    ['partitions: 0', 'topics.orders.partitions: out of range, got 0; at least 1 is allowed. Change the value.'],
    [
      'partition: 3',
      'topics.orders.partition: the key "partition" is not known; known keys are partitions, replicationFactor, minInSyncReplicas, cleanupPolicy, retention, config, description, load, deleted. Did you mean partitions?',
    ],
    [
      'cleanupPolicy: compact',
      'topics.orders.cleanupPolicy: the type is wrong, got "compact"; a list is allowed. Write it as a list: [compact].',
    ],
    [
      'cleanupPolicy: [compcat]',
      'topics.orders.cleanupPolicy[0]: not a known word, got "compcat"; one of delete, compact is allowed. Did you mean compact?',
    ],
    [
      'cleanupPolicy: [compact, compact]',
      'topics.orders.cleanupPolicy[1]: the entry is there twice, got "compact"; each stands once. Remove one of them.',
    ],
    [
      'retention: { time: 7 days }',
      'topics.orders.retention.time: not a duration, got "7 days"; a whole number above 0 with ms, s, m, h or d, or the word forever is allowed. Write for example 7d.',
    ],
    [
      'retention: { time: 200000000d }',
      'topics.orders.retention.time: the duration is too long, got "200000000d"; at most 100,000,000d is allowed. Lower it.',
    ],
    ['load: {}', 'topics.orders.load.produce: the key is missing; a text is needed. Add it.'],
  ])('say of { %s } what is wrong, what was given, what is allowed and what to do', (text, expected) => {
    expect(topic(text)).toEqual([expected]);
  });

  test('never repeat what may be a secret', () => {
    const [message] = messages(`${MINIMAL}principals: { a: { listener: internal, password: hunter2 } }\n`);
    expect(message).toContain('principals.a.password: the type is wrong; a map is allowed.');
    expect(message).not.toContain('hunter2');
  });

  test('shorten a long value, between characters', () => {
    const [message] = messages(`${MINIMAL}description: "${'😀'.repeat(600)}"\n`);
    expect(message!.length).toBeLessThan(400);
    expect(message).toContain('😀...');
    expect(message).not.toMatch(/\p{Surrogate}/u);
  });

  test('are told all at once', () => {
    expect(messages('name: A\ntarget: nowhere\nkafka: {}\n').map((text) => text.split(':')[0])).toEqual([
      'listeners',
      'nodePools',
      'name',
      'target',
      'kafka.version',
    ]);
  });
});
