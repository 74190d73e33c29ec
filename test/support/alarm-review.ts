import type { Stack } from 'aws-cdk-lib/core';
import { stringify } from 'yaml';
import { resourcesOf } from './cdk';

/** What a reviewer reads: each alarm on a line, then what they are put together to. */
export function reviewedAlarms(stack: Stack): string {
  const text = (value: unknown): string => stringify(value, { lineWidth: 0 });
  const alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm').map(({ Properties: p }) => {
    const watched = (p['Metrics'] as { Expression?: string }[] | undefined)?.find(({ Expression: e }) => e)?.Expression;
    const metric = `${p['Statistic'] as string} ${p['Namespace'] as string} ${p['MetricName'] as string}`;
    const period = (p['Period'] ?? (p['Metrics'] as { Period?: number }[])[0]!.Period ?? 300) as number;
    return `${p['AlarmName'] as string}: ${watched ?? metric} ${p['ComparisonOperator'] as string} ${p['Threshold'] as number}, ${p['DatapointsToAlarm'] as number} of ${p['EvaluationPeriods'] as number} x ${period}s, missing ${p['TreatMissingData'] as string}`;
  });
  const pages = resourcesOf(stack, 'AWS::CloudWatch::CompositeAlarm').map(({ Properties }) => Properties);
  return `${alarms.join('\n')}\n\n${text(pages)}`;
}
