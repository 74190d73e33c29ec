import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alertName, renderMonitoring, rulesFile } from '../../lib/monitoring';
import { SIGNALS, watched } from '../../lib/core/signals';
import { ALERT_CASES } from '../support/alert-cases';
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

describe('alerts in Prometheus itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdk alerts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['dc1', 'prod-ec2'])('are loaded by it, with its configuration: %s', (name) => {
    for (const { path, content } of renderMonitoring(modelOfFile(name))) writeFileSync(join(folder, path), content);
    expect(
      execFileSync('promtool', ['check', 'config', join(folder, 'prometheus.yaml')], { encoding: 'utf8' }),
    ).toMatch(/\d\d rules found/);
  });

  test('fire for what is wrong and are silent while all is well, each of them', () => {
    const brokers = modelOfText(BROKERS);
    // The same, as if workers ran there: what they do is seen the same way on every target.
    const model = { ...brokers, connect: { ...modelOfFile('staging').connect!, metricsPort: 9404 } };
    writeFileSync(join(folder, 'dc.yaml'), rulesFile(model));
    const seen = SIGNALS.filter(({ prometheus }) => prometheus(watched(model)) !== undefined);
    const tests = seen.flatMap((signal) => {
      const { fires, silent } = ALERT_CASES[signal.id]!;
      return (
        [
          [fires, 1],
          [silent, 0],
        ] as const
      ).map(([series, value]) => ({
        name: `${signal.id} ${value === 1 ? 'fires' : 'is silent'}`,
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr: `count(ALERTS{alertname="${alertName(signal)}",alertstate="firing"}) or vector(0)`,
            eval_time: '75m',
            exp_samples: [{ labels: '{}', value }],
          },
        ],
      }));
    });
    const file = join(folder, 'tests.yaml');
    writeFileSync(file, stringify({ rule_files: ['dc.yaml'], evaluation_interval: '1m', tests }));
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('SUCCESS')]);
    expect(Object.keys(ALERT_CASES).sort()).toEqual(seen.map(({ id }) => id).sort());
  });
});
