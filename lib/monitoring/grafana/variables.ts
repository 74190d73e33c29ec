import type { VariableJson } from './dashboard-json';
import { DATA_SOURCE } from './panel';

/** Which Prometheus. */
export const DATA_SOURCE_VARIABLE: VariableJson = {
  name: 'datasource',
  type: 'datasource',
  label: 'Prometheus',
  query: 'prometheus',
};

/** Which environment: written once, so that a copy of the dashboard needs one change. */
export function environmentVariable(name: string): VariableJson {
  return { name: 'environment', type: 'constant', query: name, hide: 2, current: { text: name, value: name } };
}

/** Some or all of the values of a label. */
export function choice(name: string, of: { readonly label: string; readonly series: string }): VariableJson {
  return {
    name,
    type: 'query',
    label: of.label,
    query: { query: `label_values(${of.series}, ${name})`, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
    datasource: DATA_SOURCE,
    current: { text: 'All', value: '$__all' },
    includeAll: true,
    // One matcher, however many there are.
    allValue: '.*',
    multi: true,
    refresh: 2,
    sort: 7,
  };
}
