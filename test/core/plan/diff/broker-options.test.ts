import type { ConfigEntry, ConfigSource } from '../../../../lib/core/cluster';
import type { DesiredBrokerOption } from '../../../../lib/core/plan/desired';
import { brokerOptionDifferences } from '../../../../lib/core/plan/diff';
import { desiredWith, observedWith } from '../states';

const wants = (option: string, value: string, update: DesiredBrokerOption['update'] = 'cluster-wide') => ({
  option,
  value,
  update,
  path: `kafka.config["${option}"]`,
});
const entry = (option: string, value: string, source: ConfigSource = 'static'): ConfigEntry => ({
  option,
  value,
  source,
});

/** Brokers 1, 2 and 3 with these entries each. */
const on = (...entries: (readonly ConfigEntry[])[]) => new Map(entries.map((own, index) => [index + 1, own]));

const differences = (
  brokerOptions: readonly DesiredBrokerOption[],
  brokers: ReadonlyMap<number, readonly ConfigEntry[]> | undefined,
  clusterOptions: readonly ConfigEntry[] = [],
) =>
  brokerOptionDifferences(
    desiredWith({ brokerOptions }),
    observedWith({ clusterOptions, ...(brokers === undefined ? {} : { brokerOptions: brokers }) }),
  );

describe('differences of options of brokers', () => {
  test('that have no value on the brokers are set: a shorter retention than the one in hours loses records', () => {
    const none: ConfigEntry = { option: 'log.retention.ms', source: 'default' };
    const { changes } = differences([wants('log.retention.ms', '3600000')], on([none], [none]));
    expect(changes).toMatchObject([{ from: 'none', to: '3600000', grade: 'data-loss', status: 'held' }]);
  });

  test('that only a restart changes, and of which brokers tell nothing, may be secrets of plug-ins', () => {
    const none: ConfigEntry = { option: 'plugin.token', source: 'static' };
    expect(differences([wants('plugin.token', 'x', 'read-only')], on([none], [none], [none]))).toEqual({
      changes: [],
      findings: [],
    });
  });

  test.each<[option: string, from: string, to: string, grade: string]>([
    ['num.io.threads', '8', '16', 'safe'],
    ['num.io.threads', '16', '8', 'safe'],
    ['unclean.leader.election.enable', 'false', 'true', 'data-loss'],
    ['unclean.leader.election.enable', 'true', 'false', 'safe'],
    ['min.insync.replicas', '2', '1', 'data-loss'],
    ['min.insync.replicas', '1', '2', 'availability'],
    ['log.retention.ms', '604800000', '3600000', 'data-loss'],
    ['log.retention.ms', '-1', '3600000', 'data-loss'],
    ['log.retention.ms', '3600000', '-1', 'safe'],
    ['log.retention.bytes', '1000', '2000', 'safe'],
    ['log.cleanup.policy', 'compact', 'delete', 'data-loss'],
    ['message.max.bytes', '1048588', '1000', 'availability'],
    ['message.max.bytes', '1000', '1048588', 'safe'],
    ['max.connections.per.ip', '2147483647', '100', 'availability'],
  ])('%s from %s to %s is %s', (option, from, to, grade) => {
    const { changes } = differences([wants(option, to)], on([entry(option, from)], [entry(option, from)]));
    expect(changes).toMatchObject([
      {
        code: 'BROKER-OPTION',
        subject: 'all brokers',
        summary: `${option} ${from} -> ${to}`,
        from,
        to,
        grade,
        status: grade === 'safe' ? 'ready' : 'held',
        operation: { kind: 'set-broker-option', option, value: to },
      },
    ]);
    expect(changes[0]!.operation).not.toHaveProperty('broker');
  });

  test('are none where values mean the same', () => {
    const { changes, findings } = differences(
      [wants('log.cleaner.min.cleanable.ratio', '0.50'), wants('unclean.leader.election.enable', 'false')],
      on(
        ...[1, 2, 3].map(() => [
          entry('log.cleaner.min.cleanable.ratio', '.5'),
          entry('unclean.leader.election.enable', 'FALSE', 'cluster'),
        ]),
      ),
    );
    expect([changes, findings]).toEqual([[], []]);
  });

  test('take the worst of what they cost the brokers, and say who has what', () => {
    const { changes } = differences(
      [wants('min.insync.replicas', '2')],
      on(...['1', '3', '2'].map((value) => [entry('min.insync.replicas', value)])),
    );
    expect(changes).toMatchObject([{ grade: 'data-loss', from: '1 on broker 1, 3 on broker 2' }]);
  });

  test('that only a restart changes are told', () => {
    const { changes, findings } = differences(
      [wants('num.partitions', '3', 'read-only'), wants('log.segment.bytes', '1', 'per-broker')],
      on(...[1, 2, 3].map(() => [entry('num.partitions', '1'), entry('log.segment.bytes', '2')])),
    );
    expect(changes).toEqual([]);
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'BROKER-RESTART kafka.config["num.partitions"]',
      'BROKER-RESTART kafka.config["log.segment.bytes"]',
    ]);
    expect(findings[0]!.message).toContain('1 on brokers 1, 2, 3');
    expect(findings[0]!.hint).toContain('rolling restart');
  });

  test('that a dynamic value of one broker hides are told, the others changed', () => {
    const { changes, findings } = differences(
      [wants('num.io.threads', '16')],
      on([entry('num.io.threads', '4', 'broker')], [entry('num.io.threads', '8')], [entry('num.io.threads', '16')]),
    );
    expect(changes.map(({ from }) => from)).toEqual(['8']);
    expect(findings.map(({ code }) => code)).toEqual(['BROKER-OPTION-HIDDEN']);
    expect(findings[0]!.hint).toContain('--entity-name 1');
  });

  test('that are dynamic defaults of nobody are told and stay', () => {
    const { changes, findings } = differences(
      [wants('num.io.threads', '8')],
      on(...[1, 2, 3].map(() => [entry('num.io.threads', '8')])),
      [
        entry('num.io.threads', '8', 'cluster'),
        entry('log.retention.ms', '1000', 'cluster'),
        { option: 'ssl.keystore.password', source: 'cluster' },
        entry('background.threads', '10', 'default'),
      ],
    );
    expect(changes).toEqual([]);
    expect(findings.map(({ message }) => message.split(';')[0])).toEqual([
      'a dynamic default of all brokers is not declared, got log.retention.ms 1000',
      'a dynamic default of all brokers is not declared, got ssl.keystore.password (a secret)',
    ]);
  });

  test('fails to compare brokers that did not answer', () => {
    const [one] = [...on([entry('num.io.threads', '8')])];
    const { changes, findings } = differences([wants('num.io.threads', '8')], new Map([one!]));
    expect(changes).toEqual([]);
    expect(findings).toMatchObject([{ code: 'PLAN-UNREAD' }]);
    expect(findings[0]!.message).toContain('2, 3');
    expect(differences([], undefined).findings.map(({ code }) => code)).toEqual(['PLAN-UNREAD']);
  });
});
