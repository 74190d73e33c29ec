import { parse } from 'yaml';
import { SIGNALS } from '../../lib/core/signals';
import {
  configMap,
  dashboardQueries,
  dashboards,
  renderMonitoring,
  variableSources,
  type DashboardJson,
  type PanelJson,
} from '../../lib/monitoring';
import { modelOfFile } from '../support/environments';
import { watchedModel } from '../support/watched-model';

const panelsOf = ({ panels }: DashboardJson): PanelJson[] =>
  panels.filter((panel): panel is PanelJson => panel.type !== 'row');
const all = [...dashboards(watchedModel())];
const panel = (id: string, title: RegExp, of = watchedModel()): PanelJson =>
  panelsOf(dashboards(of).get(id as 'overview')!).find((one) => title.test(one.title))!;
const steps = ({ fieldConfig }: PanelJson): unknown =>
  (fieldConfig.defaults['thresholds'] as { steps: readonly unknown[] }).steps;

describe('dashboards', () => {
  test('are of what the environment has', () => {
    expect(all.map(([id]) => id)).toEqual(
      ['overview', 'brokers', 'topics', 'groups', 'clients', 'connect', 'mirrors', 'quorum'], // prettier-ignore
    );
    expect([...dashboards(modelOfFile('dc1')).keys()]).toEqual(
      ['overview', 'brokers', 'topics', 'groups', 'clients', 'quorum'], // prettier-ignore
    );
    // Without a pod that runs kdk exporter nobody tells lags and disks.
    expect([...dashboards(modelOfFile('staging')).keys()]).not.toContain('groups');
  });

  test.each(all)('have panels in place, each with a question and a unit: %s', (_, dashboard) => {
    const taken = new Set<string>();
    for (const { gridPos } of dashboard.panels) {
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken).not.toContain(`${x},${y}`);
          taken.add(`${x},${y}`);
        }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    for (const { description, targets, fieldConfig } of panelsOf(dashboard)) {
      expect(description).toMatch(/[.]$/);
      expect(targets.length).toBeGreaterThan(0);
      expect(fieldConfig.defaults).toHaveProperty('unit');
    }
  });

  test('lead to each other, and to pages that are there', () => {
    const ids = new Set(SIGNALS.map(({ id }) => id));
    const linked = all.flatMap(([, dashboard]) => panelsOf(dashboard).flatMap(({ links = [] }) => links));
    expect(linked.length).toBeGreaterThan(40);
    for (const { url } of linked) expect(ids).toContain(/runbooks\/(.*)\.md$/.exec(url!)![1]);
    for (const [, { links, tags }] of all) expect(tags).toEqual(expect.arrayContaining([...links[0]!.tags]));
  });

  test('have ids of forty characters at most that stay, and differ between environments', () => {
    const named = (name: string): string[] =>
      [...dashboards({ ...modelOfFile('dc1'), name }).values()].map(({ uid }) => uid);
    const long = 'a-name-that-is-longer-than-what-anybody-types';
    expect(named('dc1')).toContain('kafka-dc1-overview');
    const uids = [...named('dc1'), ...named('dc2'), ...named(long), ...named(`${long}-2`)];
    expect(new Set(uids).size).toBe(uids.length);
    for (const uid of uids) expect(uid).toMatch(/^[\w-]{1,40}$/);
  });

  test('compare with what the environment declares', () => {
    expect(steps(panel('overview', /^Brokers that serve, of 3$/))).toEqual([
      { color: 'red', value: null },
      { color: 'orange', value: 2 },
      { color: 'green', value: 3 },
    ]);
    expect(steps(panel('overview', /^Produced, of 1MiB\/s declared$/))).toEqual([
      { color: 'green', value: null },
      { color: 'orange', value: 1_048_576 },
    ]);
    expect(steps(panel('groups', /^billing, of 5m$/))).toContainEqual({ color: 'red', value: 300 });
    expect(steps(panel('mirrors', /^dc1, of 10m$/))).toContainEqual({ color: 'red', value: 600 });
    expect(steps(panel('overview', /^Fullest disk$/))).toContainEqual({ color: 'orange', value: 0.85 });
  });

  test('draw ten lines of sixty brokers or ten thousand topics, not all of them', () => {
    const byMany = dashboardQueries(watchedModel()).filter(({ expression }) =>
      /\bby \((node|topic|user|group)\b/.test(expression),
    );
    expect(byMany.length).toBeGreaterThan(20);
    const drawn = byMany.filter(({ panel: title }) => title !== 'Alerts' && title !== 'Who is what');
    expect(drawn.filter(({ expression }) => !/topk|bottomk|^count|^scalar|^(max|min)\(/.test(expression))).toEqual([]);
  });

  test('ask for their environment alone, with every variable filled in', () => {
    const queries = dashboardQueries(watchedModel());
    for (const { expression } of [
      ...queries,
      ...variableSources(watchedModel()).map(({ series }) => ({ expression: series })),
    ]) {
      expect(expression).not.toContain('$');
      expect(expression.match(/\{/g)).toHaveLength(expression.match(/\{environment="dc"/g)!.length);
    }
  });

  test('are files that Grafana reads from a folder, and the same ones each time', () => {
    const files = renderMonitoring(modelOfFile('dc1')).filter(({ path }) => path.startsWith('dashboards/'));
    expect(files).toHaveLength(6);
    for (const { path, content } of files)
      expect(JSON.parse(content)).toMatchObject({ uid: `kafka-dc1-${/\/(.*)\./.exec(path)![1]}` });
    expect(renderMonitoring(modelOfFile('dc1'))).toEqual(renderMonitoring(modelOfFile('dc1')));
  });

  test('are ConfigMaps on Kubernetes that the sidecar of Grafana finds', () => {
    const files = renderMonitoring(modelOfFile('staging')).filter(({ path }) => path.startsWith('dashboard-'));
    expect(files.map(({ path }) => path)).toContain('dashboard-connect.yaml');
    for (const { content } of files) {
      const object = parse(content) as { metadata: object; data: Record<string, string> };
      expect(object).toMatchObject({
        kind: 'ConfigMap',
        metadata: { namespace: 'kafka', labels: { grafana_dashboard: '1' } },
      });
      expect(JSON.parse(Object.values(object.data)[0]!)).toHaveProperty('schemaVersion', 42);
    }
  });

  test('fails where a dashboard is too large for a ConfigMap', () => {
    const staging = modelOfFile('staging');
    const { kubernetes } = staging.spec.targets!;
    const lag = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`group-${index}`, { maxTimeLag: '5m' }]));
    const spec = { ...staging.spec, monitoring: { lag }, targets: { kubernetes: { ...kubernetes!, exporter: true } } };
    expect(() => renderMonitoring({ ...staging, spec })).toThrow(/the dashboard groups of staging is too large/);
    expect(() => configMap(modelOfFile('staging'), { id: 'x', text: 'y'.repeat(300), mostBytes: 300 })).toThrow(
      /got \d+ bytes; at most 300 are allowed/,
    );
  });
});
