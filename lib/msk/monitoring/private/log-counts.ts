import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { filterPattern, LOG_COUNTS, type MskWatched } from '../../../core/signals';

/** Counts what brokers write in their log and no metric says. */
export function countInLogs(scope: Construct, logGroupName: string, { logNamespace }: MskWatched): void {
  const counts = new Construct(scope, 'Logs');
  for (const count of LOG_COUNTS) {
    new CfnMetricFilter(counts, count.signal, {
      logGroupName,
      filterPattern: filterPattern(count),
      metricTransformations: [
        { metricNamespace: logNamespace!, metricName: count.metricName, metricValue: '1', defaultValue: 0 },
      ],
    });
  }
}
