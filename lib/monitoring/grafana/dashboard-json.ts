/** What the kit writes of Grafana's dashboards: schema version 42, as Grafana 13 does; Grafana 9 and later read it. */
export const SCHEMA_VERSION = 42;

export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly editable: boolean;
  /** 1: one crosshair for all panels. */
  readonly graphTooltip: 1;
  readonly time: { readonly from: string; readonly to: string };
  readonly refresh: string;
  readonly timezone: 'browser';
  readonly annotations: { readonly list: readonly object[] };
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly links: readonly LinkJson[];
  readonly panels: readonly (PanelJson | RowJson)[];
}

export interface DataSourceJson {
  readonly type: 'prometheus';
  readonly uid: string;
}

export interface VariableJson {
  readonly name: string;
  readonly type: 'datasource' | 'constant' | 'query';
  readonly label?: string;
  readonly query: string | { readonly query: string; readonly refId: string };
  /** 2: not shown. */
  readonly hide?: 0 | 2;
  readonly datasource?: DataSourceJson;
  readonly current?: { readonly text: string; readonly value: string };
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly multi?: boolean;
  /** 2: when the range of time changes. */
  readonly refresh?: 2;
  /** 7: by name, numbers in them as numbers. */
  readonly sort?: 7;
}

export interface LinkJson {
  readonly type: 'dashboards' | 'link';
  readonly title: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly tags: readonly string[];
  readonly url?: string;
  readonly asDropdown: boolean;
  readonly targetBlank: boolean;
  readonly includeVars: boolean;
  readonly keepTime: boolean;
}

export interface GridJson {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface RowJson {
  readonly id: number;
  readonly type: 'row';
  readonly title: string;
  readonly collapsed: false;
  readonly gridPos: GridJson;
  readonly panels: readonly [];
}

export interface TargetJson {
  readonly refId: string;
  readonly datasource: DataSourceJson;
  readonly expr: string;
  readonly legendFormat: string;
  readonly editorMode: 'code';
  readonly instant: boolean;
  readonly range: boolean;
  readonly format: 'time_series' | 'table';
  /** The step at least: that of the scrapes, from which Grafana works out over how long a rate is taken. */
  readonly interval: string;
}

export interface PanelJson {
  readonly id: number;
  readonly type: 'stat' | 'timeseries' | 'bargauge' | 'table';
  readonly title: string;
  readonly description: string;
  readonly datasource: DataSourceJson;
  readonly gridPos: GridJson;
  readonly links?: readonly LinkJson[];
  readonly targets: readonly TargetJson[];
  readonly transformations?: readonly { readonly id: string; readonly options: object }[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly fieldConfig: {
    readonly defaults: Readonly<Record<string, unknown>>;
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: unknown }[];
    }[];
  };
}
