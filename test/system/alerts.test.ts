import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alertName, renderMonitoring, rulesFile } from '../../lib/monitoring';
import { SIGNALS, watched } from '../../lib/core/signals';
import { ALERT_CASES, FURTHER_CASES, type FurtherCase } from '../support/alert-cases';
import { modelOfFile, modelOfText } from '../support/environments';

const BROKERS = `
name: dc
target: hosts
kafka: { version: '4.3' }
nodePools: { nodes: { roles: [broker, controller], replicas: 3 } }
listeners: { internal: { authentication: scram-sha-512 } }
topics: { orders: { load: { produce: 1MiB/s } } }
monitoring: { lag: { billing: { maxTimeLag: 5m } } }
targets:
  hosts:
    inventory:
      b1: { address: b1.example, nodePool: nodes, nodeId: 1, logDirs: [/data/1/kafka] }
      b2: { address: b2.example, nodePool: nodes, nodeId: 2, logDirs: [/data/1/kafka] }
      b3: { address: b3.example, nodePool: nodes, nodeId: 3, logDirs: [/data/1/kafka] }
`;

type Tried = Omit<FurtherCase, 'when' | 'kafka'> & { readonly when?: string };

describe('alerts in Prometheus itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdk alerts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['dc1', 'prod-ec2'])('are loaded by it, with its configuration: %s', (name) => {
    for (const { path, content } of renderMonitoring(modelOfFile(name))) writeFileSync(join(folder, path), content);
    expect(
      execFileSync('promtool', ['check', 'config', join(folder, 'prometheus.yaml')], { encoding: 'utf8' }),
    ).toMatch(/\d\d rules found/);
  });

  /** The rules of one environment against series: what each case says has to fire, or not. */
  function tried(rules: string, cases: readonly Tried[]): object {
    return {
      rule_files: [rules],
      evaluation_interval: '1m',
      tests: cases.flatMap(({ signal, when = '', fires, silent }) =>
        (
          [
            [fires, 1],
            [silent, 0],
          ] as const
        ).flatMap(([series, value]) => {
          if (series === undefined) return [];
          const alert = alertName(SIGNALS.find(({ id }) => id === signal)!);
          return [
            {
              name: `${signal} ${value === 1 ? 'fires' : 'is silent'} ${when}`,
              interval: '1m',
              input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
              promql_expr_test: [
                {
                  expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
                  eval_time: '75m',
                  exp_samples: [{ labels: '{}', value }],
                },
              ],
            },
          ];
        }),
      ),
    };
  }

  function promtool(tests: object): void {
    const file = join(folder, 'tests.yaml');
    writeFileSync(file, stringify(tests));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('SUCCESS')]);
  }

  test('fire for what is wrong and are silent while all is well, each of them', () => {
    const brokers = modelOfText(BROKERS);
    // The same, as if workers ran there: what they do is seen the same way on every target.
    const model = { ...brokers, connect: { ...modelOfFile('staging').connect!, metricsPort: 9404 } };
    writeFileSync(join(folder, 'dc.yaml'), rulesFile(model));
    const seen = SIGNALS.filter(({ prometheus }) => prometheus(watched(model)) !== undefined);
    promtool(
      tried('dc.yaml', [
        ...seen.map(({ id }) => ({ signal: id, ...ALERT_CASES[id]! })),
        ...FURTHER_CASES.filter(({ kafka }) => kafka === undefined),
      ]),
    );
    expect(Object.keys(ALERT_CASES).sort()).toEqual(seen.map(({ id }) => id).sort());
  });

  test('read what an older Kafka tells as it is meant there', () => {
    writeFileSync(join(folder, 'dc-4.1.yaml'), rulesFile(modelOfText(BROKERS.replace("'4.3'", "'4.1'"))));
    promtool(
      tried(
        'dc-4.1.yaml',
        FURTHER_CASES.filter(({ kafka }) => kafka === '4.1'),
      ),
    );
  });
});
