import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dashboards } from '../../lib/monitoring';
import { watchedModel } from '../support/watched-model';

/**
 * Grafana's own types, as JSON has them: enumerations are their values. What is open there (options of a panel, custom fields) is closed
 * here by the types of the panel.
 */
const TYPES = `
import type * as grafana from '@grafana/schema';
import type * as dashboard from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen';
import type * as bars from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as lines from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

type Json<T> = T extends string ? \`\${T}\` : T extends number | boolean | null | undefined ? T
  : T extends readonly (infer E)[] ? Json<E>[] : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
interface Target { refId: string; datasource: dashboard.DataSourceRef; expr: string; legendFormat: string; editorMode: 'code' | 'builder';
  instant: boolean; range: boolean; format: 'time_series' | 'table' | 'heatmap'; interval: string }
type Fields<C> = { defaults: Omit<dashboard.FieldConfig, 'custom'> & { custom?: Partial<C> }; overrides: dashboard.FieldConfigSource['overrides'] };
type PanelOf<T extends string, O, C> = Omit<dashboard.Panel, 'type' | 'options' | 'targets' | 'fieldConfig'>
  & { type: T; options: O; targets: Target[]; fieldConfig: Fields<C> };
type Panel = PanelOf<'stat', stat.Options, never> | PanelOf<'bargauge', bars.Options, never>
  | PanelOf<'timeseries', lines.Options, grafana.GraphFieldConfig> | PanelOf<'table', table.Options, grafana.TableFieldOptions>;
export type Dashboard = Json<Omit<dashboard.Dashboard, 'panels'> & { panels: (Panel | dashboard.RowPanel)[] }>;
`;

describe('dashboards, by the types of Grafana itself', () => {
  // Beside the packages, so that types are found.
  const folder = mkdtempSync(join(dirname(require.resolve('@grafana/schema/package.json')), '../../.kdk-dashboards-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function check(values: Readonly<Record<string, unknown>>): string[] {
    writeFileSync(join(folder, 'types.ts'), TYPES);
    for (const [name, value] of Object.entries(values))
      writeFileSync(
        join(folder, `${name}.ts`),
        `import type { Dashboard } from './types';\nexport const value: Dashboard = ${JSON.stringify(value, undefined, 1)};\n`,
      );
    const compilerOptions = {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      types: [],
      module: 'nodenext',
      target: 'es2022',
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const compiler = join(dirname(require.resolve('typescript-7/package.json')), 'bin/tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, '--pretty', 'false', '-p', folder], { encoding: 'utf8' });
    return stdout.split('\n').filter((line) => line.includes('error'));
  }

  test('are dashboards; a key or a value that Grafana does not know is found', () => {
    const all = Object.fromEntries(dashboards(watchedModel()));
    const [first, ...others] = all['overview']!.panels;
    const wrong = {
      key: { ...all['overview'], refreshEvery: '30s' },
      panel: { ...all['overview'], panels: [first, { ...others[0], type: 'graph' }] },
      option: { ...all['quorum'], panels: all['quorum']!.panels.map((panel) => ('options' in panel && panel.type === 'stat' ? { ...panel, options: { ...panel.options, colorMode: 'bg' } } : panel)) }, // prettier-ignore
    };
    const errors = check({ ...all, ...wrong });
    const found = new Set(errors.map((line) => /([a-z]+)\.ts\(/.exec(line)?.[1]));
    expect([errors.filter((line) => !/(key|panel|option)\.ts\(/.test(line)), [...found].sort()]).toEqual([
      [],
      ['key', 'option', 'panel'],
    ]);
  }, 60_000);
});
