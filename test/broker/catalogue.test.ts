import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOptionValue, OPTION_TABLES, type OptionInfo } from '../../lib/core/catalogue';
import { kafkaRelease } from '../../lib/core/versions';
import { kafkaHome, type KafkaHome } from '../../lib/local/kafka-home';
import { runJava, startBareNodes, type BareNodes } from '../support/bare-nodes';

interface Described {
  readonly type: string;
  readonly default: string | null;
  readonly readOnly: boolean;
  readonly source: string;
}

const VERSION = '4.3';
const KINDS = ['broker', 'topic'] as const;
const java = (name: string): string => join(__dirname, 'java', `${name}.java`);

const options = (kind: (typeof KINDS)[number]): OptionInfo[] =>
  Object.keys(OPTION_TABLES[kind].data.options).flatMap((name) => OPTION_TABLES[kind].option(name, VERSION) ?? []);

let home: KafkaHome;
let folder: string;
let node: BareNodes | undefined;
let described: Record<(typeof KINDS)[number], Record<string, Described>>;

beforeAll(async () => {
  home = await kafkaHome({ version: kafkaRelease(VERSION)!.patch, metrics: false, progress: () => undefined });
  folder = mkdtempSync(join(tmpdir(), 'kdk-catalogue-'));
  node = await startBareNodes(home, folder);
  const describing = runJava(home, [java('DescribeOptions'), node.servers()[0]!, String(node.ids[0])]);
  described = JSON.parse(await Promise.race([describing, node.ended]));
}, 600_000);

afterAll(async () => {
  await node?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

describe('the catalogue and what a running broker describes', () => {
  test.each(KINDS)('name the same options of a %s', (kind) => {
    const documented = options(kind).filter(({ internal }) => !internal);
    expect(Object.keys(described[kind]).sort()).toEqual(documented.map(({ name }) => name).sort());
  });

  test.each(KINDS)('give every option of a %s the same type', (kind) => {
    const types = Object.entries(described[kind]).map(([name, { type }]) => [name, type]);
    expect(types).toEqual(types.map(([name]) => [name, OPTION_TABLES[kind].option(name!, VERSION)?.type]));
  });

  test.each(KINDS)('give every option of a %s the same default', (kind) => {
    const differences = Object.entries(described[kind]).filter(
      ([name, entry]) => (OPTION_TABLES[kind].option(name, VERSION)?.defaultValue ?? null) !== entry.default,
    );
    expect(differences).toEqual([]);
  });

  test('agree on which options of a broker need a restart', () => {
    const readOnly = Object.entries(described.broker).map(([name, entry]) => [name, entry.readOnly]);
    expect(readOnly).toEqual(
      readOnly.map(([name]) => [name, OPTION_TABLES.broker.option(name as string, VERSION)?.update === 'read-only']),
    );
  });
});

/** Values that are right for some types and ranges, and wrong for others. */
const PROBES = [
  ...['', 'true', 'FALSE', 'yes', '*', ' 7 ', '+5', '007', '0.5', '.5', '5.', '1.5f', '1e3', '1.0', '-0.1'],
  ...['-2', '-1', '0', '1', '5', '9', '10', '14', '100', '500', '501', '1000', '1024', '40000', '1048575', '1048576'],
  ...['2147483647', '2147483648', '-2147483649', '9223372036854775807', '9223372036854775808'],
  ...[
    'zstd',
    'ZSTD',
    'gzip',
    'none',
    'producer',
    'CreateTime',
    'delete',
    'compact',
    'delete,compact',
    'compact, delete',
  ],
  ...['delete,delete', 'compact,', 'a,b', 'a,a', ',', 'classic,consumer', 'required', 'REQUIRED', 'INFO', 'trace'],
  ...['bidirectional', 'org.apache.kafka.common.metrics.JmxReporter', 'not a class', 'a..b'],
];

describe('the check of values', () => {
  test("agrees with Kafka's own for every option", async () => {
    const questions = KINDS.flatMap((kind) =>
      options(kind)
        .filter(({ validator }) => validator?.kind !== 'text') // code: only the node that starts can know
        .flatMap((option) => PROBES.map((value) => ({ option, value }))),
    );
    const input = questions.map(({ option, value }) => `${option.kind}\t${option.name}\t${value}\n`).join('');
    const answers = (await runJava(home, [java('JudgeValues')], input)).split('\n');
    const disagreements = questions.flatMap(({ option, value }, index) => {
      const answer = answers[index]!;
      if (answer.includes('could not be found')) return []; // a class that is not on this classpath
      const ours = checkOptionValue(option, value);
      return (ours === undefined) === (answer === 'ok') ? [] : [{ option: option.name, value, answer, ours }];
    });
    expect(questions.length).toBeGreaterThan(20_000);
    expect(disagreements.filter(({ option }) => !ADDRESSES.includes(option))).toEqual([]);
  }, 120_000);
});

/** Kafka checks that the elements are addresses; the kit writes these itself, so the catalogue only says that they are lists. */
const ADDRESSES = ['controller.quorum.bootstrap.servers', 'controller.quorum.voters'];
