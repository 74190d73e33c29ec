import type { EnvironmentModel } from '../../lib/core/model';
import { alertGroups, dashboardQueries, recordingRules, type BoardId } from '../../lib/monitoring';
import { metricNames } from './metric-names';

/** Names of the metrics that all alerts and dashboards ask for, or some dashboards alone; what is recorded stands for what it is recorded of. */
export function askedMetrics(model: EnvironmentModel, boards?: readonly BoardId[]): string[] {
  const panels = dashboardQueries(model)
    .filter(({ board }) => boards === undefined || boards.includes(board))
    .map(({ expression }) => expression);
  const alerts = boards === undefined ? alertGroups(model).flatMap(({ rules }) => rules.map(({ expr }) => expr)) : [];
  const recorded = recordingRules(model);
  return metricNames(
    [...panels, ...alerts].map((expression) =>
      recorded.reduce((text, { record, expr }) => text.replaceAll(record, expr), expression),
    ),
  );
}
