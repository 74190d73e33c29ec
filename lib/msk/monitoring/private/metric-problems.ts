import type { PropertyProblem } from '../../../aws/private/construct-failure';
import { levelOf, MSK_LEVELS, MSK_METRICS, type MskKind } from '../../../core/signals';
import type { AboutCluster } from '../../private/about-cluster';

/** Why a metric of a cluster would never have a value. */
export function metricProblems(
  { kind, monitoringLevel }: AboutCluster,
  name: string,
  dimensions: readonly string[],
): PropertyProblem[] {
  const kinds: readonly MskKind[] = kind === undefined ? ['standard', 'express'] : [kind];
  const levels = kinds.flatMap((one) => levelOf(one, name, dimensions) ?? []);
  if (levels.length === 0) {
    const published = MSK_METRICS[kinds[0]!].filter((metric) => metric.name === name);
    return [
      {
        property: 'metrics',
        message: `${kind ?? 'provisioned'} clusters do not publish it, got ${name} by ${dimensions.join(', ')}; ${
          published.length === 0
            ? 'what alarms and dashboards of the kit use is known here'
            : published.map((metric) => metric.dimensions.join(', ')).join(' or ')
        } is allowed.`,
        hint: 'An alarm on it would be silent for ever; a metric that is new is reached by new Metric of aws-cloudwatch.',
      },
    ];
  }
  const needed = levels.sort((left, right) => MSK_LEVELS.indexOf(left) - MSK_LEVELS.indexOf(right))[0]!;
  if (monitoringLevel === undefined || MSK_LEVELS.indexOf(monitoringLevel) >= MSK_LEVELS.indexOf(needed)) return [];
  return [
    {
      property: 'metrics',
      message: `the monitoring level does not publish ${name}, got ${monitoringLevel}; ${needed} is needed.`,
      hint: `Set monitoringLevel of the cluster to ${needed}.`,
    },
  ];
}
