import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { EnvironmentModel } from '../../lib/core/model';
import { SIGNALS, watched } from '../../lib/core/signals';
import {
  alertGroups,
  alertName,
  dashboardQueries,
  RECORDED,
  recordingRules,
  renderMonitoring,
} from '../../lib/monitoring';
import { ALERT_CASES, FURTHER_CASES, type FurtherCase } from '../support/alert-cases';
import { modelOfFile } from '../support/environments';
import { watchedModel } from '../support/watched-model';

type Tried = Omit<FurtherCase, 'when' | 'kafka'> & { readonly when?: string };

describe('alerts in Prometheus itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kdk alerts-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['dc1', 'prod-ec2'])('are loaded by it, with its configuration: %s', (name) => {
    for (const { path, content } of renderMonitoring(modelOfFile(name)))
      if (path.endsWith('.yaml')) writeFileSync(join(folder, path), content);
    expect(
      execFileSync('promtool', ['check', 'config', join(folder, 'prometheus.yaml')], { encoding: 'utf8' }),
    ).toMatch(/\d\d rules found/);
  });

  /** Files of promtool, one a signal with its rule alone: it would evaluate every rule for every case. */
  function files(model: EnvironmentModel, cases: readonly Tried[]): string[] {
    const rules = alertGroups(model).flatMap((group) => group.rules);
    return [...new Set(cases.map(({ signal }) => signal))].map((signal) => {
      const alert = alertName(SIGNALS.find(({ id }) => id === signal)!);
      const rule = rules.filter((candidate) => candidate.alert === alert);
      writeFileSync(join(folder, `${signal}.yaml`), stringify({ groups: [{ name: 'dc', rules: rule }] }));
      const tests = cases
        .filter((one) => one.signal === signal)
        .flatMap(({ when = '', fires, silent }) =>
          (
            [
              [fires, 1],
              [silent, 0],
            ] as const
          ).flatMap(([series, value]) => {
            if (series === undefined) return [];
            const query = `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`;
            return [
              {
                name: `${signal} ${value === 1 ? 'fires' : 'is silent'} ${when}`,
                interval: '1m',
                input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
                promql_expr_test: [{ expr: query, eval_time: '75m', exp_samples: [{ labels: '{}', value }] }],
              },
            ];
          }),
        );
      const file = join(folder, `${signal}.test.yaml`);
      writeFileSync(file, stringify({ rule_files: [`${signal}.yaml`], evaluation_interval: '1m', tests }));
      return file;
    });
  }

  function promtool(tests: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', ...tests], { encoding: 'utf8' });
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.not.stringContaining('FAILED')]);
  }

  test('of Amazon MSK are in CloudWatch, and brokers are read as the service finds them', () => {
    const files = renderMonitoring(modelOfFile('prod'));
    for (const { path, content } of files) writeFileSync(join(folder, path), content);
    expect(files.map(({ path }) => path)).toEqual(['prometheus.yaml', 'find-brokers.sh']);
    execFileSync('promtool', ['check', 'config', join(folder, 'prometheus.yaml')]);
    expect(execFileSync('shellcheck', [join(folder, 'find-brokers.sh')], { encoding: 'utf8' })).toBe('');
  });

  test('fire for what is wrong and are silent while all is well, each of them', () => {
    const model = watchedModel();
    const seen = SIGNALS.filter(({ prometheus }) => prometheus(watched(model)) !== undefined);
    promtool(
      files(model, [
        ...seen.map(({ id }) => ({ signal: id, ...ALERT_CASES[id]! })),
        ...FURTHER_CASES.filter(({ kafka }) => kafka === undefined),
      ]),
    );
    expect(Object.keys(ALERT_CASES).sort()).toEqual(seen.map(({ id }) => id).sort());
  });

  test('read what an older Kafka tells as it is meant there', () => {
    const cases = FURTHER_CASES.filter(({ kafka }) => kafka === '4.1');
    promtool(files(watchedModel('4.1'), cases));
  });

  test('adds up what panels read: topics over brokers, groups over topics, mirrors over partitions', () => {
    writeFileSync(
      join(folder, 'recorded.yaml'),
      stringify({ groups: [{ name: 'dc', rules: recordingRules(watchedModel()) }] }),
    );
    const bytesIn = (node: string): string =>
      `kafka_server_topicmetrics_bytesin_total{environment="dc",node="${node}",topic="orders"}`;
    const lag = (topic: string): string =>
      `kafka_group_lag_records{environment="dc",kafka="exporter",group="billing",topic="${topic}"}`;
    const late = (partition: number): string =>
      `kafka_connect_mirror_replication_latency_ms_max{environment="dc",source="dc1",topic="dc1.orders",partition="${partition}"}`;
    const series = { [bytesIn('b1')]: '0+60x20', [bytesIn('b2')]: '0+120x20', [lag('orders')]: '5x20', [lag('clicks')]: '7x20', [late(0)]: '900x20', [late(1)]: '4500x20' }; // prettier-ignore
    const expected = {
      [RECORDED.topicBytesIn]: [3, '{environment="dc",topic="orders"}'],
      [RECORDED.groupLagRecords]: [12, '{environment="dc",group="billing"}'],
      [RECORDED.mirrorLatency]: [4.5, '{environment="dc",source="dc1",topic="dc1.orders"}'],
    };
    const test = {
      interval: '1m',
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: Object.entries(expected).map(([expr, [value, labels]]) => ({
        expr,
        eval_time: '15m',
        exp_samples: [{ labels: `${expr}${labels}`, value }],
      })),
    };
    const file = join(folder, 'recorded.test.yaml');
    writeFileSync(file, stringify({ rule_files: ['recorded.yaml'], evaluation_interval: '1m', tests: [test] }));
    promtool([file]);
  });

  test('understands what each panel of the dashboards asks for', () => {
    const queries = dashboardQueries(watchedModel());
    expect(queries.length).toBeGreaterThan(100);
    const rules = queries.map(({ expression }, index) => ({ record: `panel:${index}`, expr: expression }));
    const file = join(folder, 'panels.yaml');
    const check = (of: readonly object[]) => {
      writeFileSync(file, stringify({ groups: [{ name: 'panels', rules: of }] }));
      return spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
    };
    expect(check(rules)).toMatchObject({ status: 0, stderr: '' });
    expect(check([{ record: 'panel:wrong', expr: 'sum(rate(kafka_x))' }]).status).not.toBe(0);
  });
});
