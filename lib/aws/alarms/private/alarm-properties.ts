import type { CfnAlarm, CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { fleetQuery, runbookOf, type CloudWatchAlarm, type CloudWatchMetric, type Signal } from '../../../core/signals';

const OPERATORS = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
} as const;

/** An alarm as CloudFormation wants it, without its name and whom it tells. */
export function alarmProperties(signal: Signal, alarm: CloudWatchAlarm): CfnAlarmProps {
  const { when, threshold, periods, datapoints, missing } = alarm;
  return {
    alarmDescription: `${alarm.summary} ${signal.why} ${runbookOf(signal)}`,
    comparisonOperator: OPERATORS[when],
    threshold,
    evaluationPeriods: periods,
    datapointsToAlarm: datapoints,
    treatMissingData: missing,
    ...watched(alarm),
  };
}

function watched({ source, periodSeconds: period, when }: CloudWatchAlarm): Partial<CfnAlarmProps> {
  switch (source.kind) {
    case 'metric': {
      const { namespace, name, statistic } = source.metric;
      return { namespace, metricName: name, statistic, period, dimensions: dimensions(source.metric) };
    }
    case 'fleet':
      return { metrics: [{ id: 'q', expression: fleetQuery(source.fleet, { when }), period, returnData: true }] };
    case 'math':
      return {
        metrics: [
          { id: 'e', expression: source.expression, returnData: true },
          ...Object.entries(source.metrics).map(([id, metric]) => ({
            id,
            returnData: false,
            metricStat: {
              metric: { namespace: metric.namespace, metricName: metric.name, dimensions: dimensions(metric) },
              period,
              stat: metric.statistic,
            },
          })),
        ],
      };
  }
}

function dimensions({ dimensions: all }: CloudWatchMetric): CfnAlarm.DimensionProperty[] {
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}
