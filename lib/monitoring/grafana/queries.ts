import type { EnvironmentModel } from '../../core/model';
import { boards, dashboards } from './dashboards';
import type { BoardId } from './board';

/** A query as Prometheus gets it, with every variable filled in. */
export interface PanelQuery {
  readonly board: BoardId;
  readonly panel: string;
  readonly expression: string;
  /** Nothing to show is fine: nothing is wrong, or nobody does what it is about. */
  readonly mayBeEmpty: boolean;
}

/** Every query of every dashboard, with everything chosen and rates over five minutes. */
export function dashboardQueries(model: EnvironmentModel): PanelQuery[] {
  return boards(model).flatMap(({ id, sections }) =>
    sections.flatMap(({ panels }) =>
      panels.flatMap(({ title, queries, mayBeEmpty = false }) =>
        queries.map(({ expression }) => ({
          board: id,
          panel: title,
          expression: filled(model, expression),
          mayBeEmpty,
        })),
      ),
    ),
  );
}

/** Where the choices of dashboards come from: `label_values(SERIES, LABEL)`, with the environment filled in. */
export function variableSources(model: EnvironmentModel): { readonly series: string; readonly label: string }[] {
  return [...dashboards(model).values()].flatMap(({ templating }) =>
    templating.list.flatMap(({ query, name }) =>
      typeof query === 'string'
        ? []
        : [
            {
              series: filled(model, query.query.slice('label_values('.length, query.query.lastIndexOf(','))),
              label: name,
            },
          ],
    ),
  );
}

function filled({ name }: EnvironmentModel, expression: string): string {
  return expression
    .replaceAll('$__rate_interval', '5m')
    .replaceAll('$environment', name)
    .replaceAll(/\$(node|topic|group|connector|source)\b/g, '.*');
}
