import type { CloudWatchAlarm, CloudWatchSource } from './alarm';
import type { DeclaredLoad, LagLimit } from './declared';

/** How a signal is seen in CloudWatch, worked out from what is watched. */
export interface CloudWatchExpression<Watched> {
  /** What it compares with, worked out from the cluster; undefined where there is nothing to watch. */
  readonly threshold: (watched: Watched) => number | undefined;
  /** What somebody may set instead; absent where the promise or the count itself is what it compares with. */
  readonly range?: ThresholdRange;
  readonly alarms: (watched: Watched, threshold: number) => readonly CloudWatchAlarm[];
}

export interface ThresholdRange {
  readonly least: number;
  readonly most: number;
  /** What is counted, for example `percent`. */
  readonly unit: string;
}

/** What every cluster on AWS says of itself. */
export interface WatchedCluster {
  readonly clusterName: string;
  /** Share of the brokers that is left after the loss that is to be survived: 1 where none is. */
  readonly shareLeft: number;
  /** Share of a volume that is planned to fill. */
  readonly maxDiskUtilization: number;
  /** What topics say that they carry; absent where none says it. */
  readonly load?: DeclaredLoad;
  /** Promises of consumer groups. */
  readonly lag: Readonly<Record<string, LagLimit>>;
}

export const PERCENT: ThresholdRange = { least: 1, most: 99, unit: 'percent' };

/** Anything above none is wrong. */
export const NONE = (): number => 0;

/** Percent of the processors' time. After the loss that is to be survived the others carry all of it, and 90% is as far as that goes. */
export const BUSY = ({ shareLeft }: WatchedCluster): number => Math.min(60, Math.round(90 * shareLeft));

/** For so many minutes without a break. */
export function steadily(
  minutes: number,
  periodMinutes = 1,
): Pick<CloudWatchAlarm, 'periodSeconds' | 'periods' | 'datapoints' | 'missing'> {
  const periods = Math.max(1, Math.round(minutes / periodMinutes));
  return { periodSeconds: periodMinutes * 60, periods, datapoints: periods, missing: 'notBreaching' };
}

/** Groups that are later than they promise, in time and in records. */
export function groupLate<Watched extends WatchedCluster>(
  sourceOf: (watched: Watched, group: string, lag: 'time' | 'records') => CloudWatchSource,
): CloudWatchExpression<Watched> {
  return {
    threshold: ({ lag }) => (Object.keys(lag).length === 0 ? undefined : 0),
    alarms: (watched) =>
      Object.entries(watched.lag).flatMap(([group, { seconds, records }]) =>
        [
          { lag: 'time' as const, most: seconds, unit: 'seconds' },
          { lag: 'records' as const, most: records, unit: 'records' },
        ].flatMap(({ lag, most, unit }): CloudWatchAlarm[] =>
          most === undefined
            ? []
            : [
                {
                  subject: `${group}-${lag}`,
                  summary: `The group ${group} is more than ${most} ${unit} behind.`,
                  source: sourceOf(watched, group, lag),
                  when: '>',
                  threshold: most,
                  ...steadily(15),
                },
              ],
        ),
      ),
  };
}
