import type { FakeResources } from './fake-resources';
import type { Ministack } from './ministack';

/** A line of the embedded metric format. */
export interface MetricLine {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

interface MetricAlarm {
  readonly AlarmName: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum';
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly ComparisonOperator: string;
  readonly Threshold: number | string;
  readonly TreatMissingData?: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

type State = 'ALARM' | 'OK';

const WRONG: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};
const STATISTICS: Readonly<Record<MetricAlarm['Statistic'], (values: readonly number[]) => number>> = {
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
};

/**
 * Does what ministack's CloudWatch does not: it makes metrics of what functions log, and judges the deployed alarms on one metric by them, by
 * all of their dimensions. One look stands for as many as an alarm waits for.
 */
export class AlarmJudge {
  private readonly states = new Map<string, State>();

  constructor(
    private readonly aws: Ministack,
    private readonly resources: FakeResources,
  ) {}

  /** Names of alarms that are on after this look; CloudWatch is told which ones changed. */
  async judge(look: readonly MetricLine[]): Promise<string[]> {
    const alarms = this.resources
      .ofType('AWS::CloudWatch::Alarm')
      .map(({ properties }) => properties as unknown as MetricAlarm)
      .filter(({ MetricName }) => MetricName !== undefined);
    for (const alarm of alarms) {
      const AlarmName = alarm.AlarmName;
      const StateValue = judged(alarm, look) ?? this.states.get(AlarmName) ?? 'OK';
      if (this.states.get(AlarmName) === StateValue) continue;
      this.states.set(AlarmName, StateValue);
      await this.aws.ask('monitoring', 'SetAlarmState', { AlarmName, StateValue, StateReason: 'judged by a look' });
    }
    return [...this.states].flatMap(([name, state]) => (state === 'ALARM' ? [name] : [])).sort();
  }
}

/** Undefined where it stays as it was. */
function judged(alarm: MetricAlarm, look: readonly MetricLine[]): State | undefined {
  const values = look.flatMap((line) => valuesOf(alarm, line));
  const { TreatMissingData: missing, ComparisonOperator, Threshold } = alarm;
  if (values.length === 0) {
    if (missing === 'breaching') return 'ALARM';
    return missing === 'notBreaching' ? 'OK' : undefined;
  }
  return WRONG[ComparisonOperator]!(STATISTICS[alarm.Statistic](values), Number(Threshold)) ? 'ALARM' : 'OK';
}

function valuesOf({ Namespace, MetricName, Dimensions }: MetricAlarm, line: MetricLine): number[] {
  const isOfAlarm = line._aws.CloudWatchMetrics.some(
    (directive) =>
      directive.Namespace === Namespace &&
      directive.Metrics.some(({ Name }) => Name === MetricName) &&
      directive.Dimensions.some(
        (names) =>
          names.length === Dimensions.length &&
          Dimensions.every(({ Name, Value }) => names.includes(Name) && line[Name] === Value),
      ),
  );
  return isOfAlarm ? [line[MetricName] as number | number[]].flat() : [];
}
