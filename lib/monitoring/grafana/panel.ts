import { runbookOf } from '../../core/signals';
import type { DataSourceJson, GridJson, LinkJson, PanelJson, TargetJson } from './dashboard-json';

/** What Grafana calls the units that panels are in. */
export type Unit = 'short' | 'bytes' | 'Bps' | 's' | 'ms' | 'percentunit' | 'reqps' | 'cps' | 'none' | 'd';

export interface Query {
  /** With `$__rate_interval` for a range and variables of Grafana. */
  readonly expression: string;
  /** @default the labels */
  readonly legend?: string;
}

/** Where a value stops to be fine. */
export interface Limits {
  readonly warning?: number;
  readonly critical?: number;
  /** Which side is bad. @default above */
  readonly bad?: 'above' | 'below';
}

export interface PanelOptions {
  readonly title: string;
  /** Which question it answers. */
  readonly description: string;
  readonly queries: readonly Query[];
  readonly unit: Unit;
  readonly limits?: Limits;
  /** Signal whose page says what to do. */
  readonly signal?: string;
  /** Of 24. @default 4 of a number, 12 of others */
  readonly width?: number;
  /** @default 4 of a number, 8 of others */
  readonly height?: number;
  /** There may be nothing to show while all is well. @default false */
  readonly mayBeEmpty?: boolean;
  /** What `kdk exporter` tells: left out where none is declared to run. @default false */
  readonly ofExporter?: boolean;
}

/** A panel before it has a place. */
export interface Panel extends PanelOptions {
  readonly kind: 'number' | 'lines' | 'stack' | 'bars' | 'table';
  /** Columns of a table by label, in order. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** One value now, with how it was. */
export const number = (options: PanelOptions): Panel => ({ kind: 'number', ...options });
/** A count that is 0 while all is well. */
export const none = (options: Omit<PanelOptions, 'unit' | 'limits'> & { readonly severity?: 'warning' }): Panel =>
  number({ ...options, unit: 'none', limits: options.severity === 'warning' ? { warning: 1 } : { critical: 1 } });
/** Values over time. */
export const lines = (options: PanelOptions): Panel => ({ kind: 'lines', ...options });
/** Values over time that add up to something. */
export const stack = (options: PanelOptions): Panel => ({ kind: 'stack', ...options });
/** Who has most of it now. */
export const bars = (options: PanelOptions): Panel => ({ kind: 'bars', ...options });
/** What there is now, a line each; the first query alone. */
export const table = (options: PanelOptions & { readonly columns: Panel['columns'] }): Panel => ({
  kind: 'table',
  ...options,
});

/** Whichever Prometheus is chosen above the panels. */
export const DATA_SOURCE: DataSourceJson = { type: 'prometheus', uid: '${datasource}' };

/** As `prometheus.yaml` and the PodMonitors say. */
const SCRAPE_INTERVAL = '30s';

export function panelWidth({ kind, width }: Panel): number {
  return width ?? (kind === 'number' ? 4 : 12);
}

export function panelHeight({ kind, height }: Panel): number {
  return height ?? (kind === 'number' ? 4 : 8);
}

export function panelJson(panel: Panel, place: { readonly id: number; readonly gridPos: GridJson }): PanelJson {
  const { kind, title, description, signal, queries } = panel;
  return {
    id: place.id,
    type: TYPES[kind],
    title,
    description,
    datasource: DATA_SOURCE,
    gridPos: place.gridPos,
    ...(signal === undefined ? {} : { links: [runbookLink(signal)] }),
    targets: queries.map((query, index) => target(query, index, kind)),
    ...(kind === 'table' ? { transformations: [{ id: 'organize', options: organized(panel) }] } : {}),
    options: OPTIONS[kind],
    fieldConfig: {
      defaults: {
        unit: panel.unit,
        ...(panel.unit === 'percentunit' ? { min: 0, max: 1 } : {}),
        ...(kind === 'number' || kind === 'bars' || panel.limits !== undefined
          ? { color: { mode: kind === 'lines' || kind === 'stack' ? 'palette-classic' : 'thresholds' } }
          : {}),
        thresholds: { mode: 'absolute', steps: steps(panel.limits) },
        ...(kind === 'lines' || kind === 'stack' ? { custom: drawn(panel) } : {}),
        ...(kind === 'table' ? { custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false } } : {}),
        ...(panel.mayBeEmpty === true && kind !== 'lines' ? { noValue: kind === 'table' ? 'nothing' : '0' } : {}),
      },
      overrides: kind === 'table' && panel.columns!['signal'] !== undefined ? [PAGE_OF_SIGNAL] : [],
    },
  };
}

const TYPES = { number: 'stat', lines: 'timeseries', stack: 'timeseries', bars: 'bargauge', table: 'table' } as const;

const LAST = { calcs: ['lastNotNull'], fields: '', values: false };
const OVER_TIME = {
  legend: { displayMode: 'table', placement: 'bottom', showLegend: true, calcs: ['max', 'lastNotNull'] },
  tooltip: { mode: 'multi', sort: 'desc' },
};

const OPTIONS: Readonly<Record<Panel['kind'], Readonly<Record<string, unknown>>>> = {
  number: {
    ...{ reduceOptions: LAST, orientation: 'auto', textMode: 'auto', wideLayout: true },
    ...{ colorMode: 'background', graphMode: 'area', justifyMode: 'auto' },
    ...{ showPercentChange: false, percentChangeColorMode: 'standard' },
  },
  lines: OVER_TIME,
  stack: OVER_TIME,
  bars: {
    ...{ reduceOptions: LAST, orientation: 'horizontal', displayMode: 'basic', valueMode: 'color' },
    ...{
      namePlacement: 'auto',
      showUnfilled: true,
      sizing: 'auto',
      minVizWidth: 8,
      minVizHeight: 16,
      maxVizHeight: 300,
    },
    legend: { displayMode: 'list', placement: 'bottom', showLegend: false, calcs: [] },
  },
  table: { showHeader: true, cellHeight: 'sm', frameIndex: 0 },
};

function target({ expression, legend }: Query, index: number, kind: Panel['kind']): TargetJson {
  const now = kind === 'bars' || kind === 'table';
  return {
    refId: String.fromCharCode(65 + index),
    datasource: DATA_SOURCE,
    expr: expression,
    legendFormat: legend ?? '__auto',
    editorMode: 'code',
    instant: now,
    range: !now,
    format: kind === 'table' ? 'table' : 'time_series',
    interval: SCRAPE_INTERVAL,
  };
}

function steps({ warning, critical, bad = 'above' }: Limits = {}): object[] {
  const reached = [
    ...(warning === undefined ? [] : [{ color: 'orange', value: warning }]),
    ...(critical === undefined ? [] : [{ color: 'red', value: critical }]),
  ];
  if (bad === 'above') return [{ color: 'green', value: null }, ...reached];
  // Colours begin at a value: what is bad below one is written from the bottom up.
  const colors = [...reached.map(({ color }) => color).reverse(), 'green'];
  const values = [null, ...reached.map(({ value }) => value).reverse()];
  return colors.map((color, index) => ({ color, value: values[index]! }));
}

function drawn({ kind, limits }: Panel): object {
  return {
    ...{
      drawStyle: 'line',
      lineWidth: 1,
      fillOpacity: kind === 'stack' ? 30 : 5,
      showPoints: 'never',
      spanNulls: false,
    },
    stacking: { mode: kind === 'stack' ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: limits === undefined ? 'off' : 'dashed' },
  };
}

/** Labels become columns under their titles; the others, and the time, are left out. */
function organized({ columns }: Panel): object {
  const labels = Object.keys(columns!);
  return {
    excludeByName: {
      Time: true,
      __name__: true,
      environment: true,
      ...(labels.includes('Value') ? {} : { Value: true }),
    },
    indexByName: Object.fromEntries(labels.map((label, index) => [label, index])),
    renameByName: columns,
  };
}

const PAGE_OF_SIGNAL = {
  matcher: { id: 'byName', options: 'signal' },
  properties: [
    { id: 'links', value: [{ title: 'What to do', url: runbookOf({ id: '${__value.text}' }), targetBlank: true }] },
  ],
};

function runbookLink(signal: string): LinkJson {
  return {
    ...{ type: 'link', title: 'What to do', tooltip: signal, icon: 'doc', tags: [], url: runbookOf({ id: signal }) },
    ...{ asDropdown: false, targetBlank: true, includeVars: false, keepTime: false },
  };
}
