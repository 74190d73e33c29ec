import type { CloudWatchAlarm, CloudWatchFleet, CloudWatchMetric } from './alarm';
import { BROKER, CLUSTER, MSK_NAMESPACE, type MskKind } from './msk-metrics';
import type { MskWatched } from './msk-watched';

/** How a signal is seen on Amazon MSK. */
export interface MskExpression {
  /** Kinds of cluster that have it. */
  readonly on: readonly MskKind[];
  /** What it compares with, worked out from the cluster; undefined where there is nothing to watch. */
  readonly threshold: (watched: MskWatched) => number | undefined;
  /** What somebody may set instead; absent where the promise or the count itself is what it compares with. */
  readonly range?: ThresholdRange;
  readonly alarms: (watched: MskWatched, threshold: number) => readonly CloudWatchAlarm[];
}

export interface ThresholdRange {
  readonly least: number;
  readonly most: number;
  /** What is counted, for example `percent`. */
  readonly unit: string;
}

export const PERCENT: ThresholdRange = { least: 1, most: 99, unit: 'percent' };

const BOTH: readonly MskKind[] = ['standard', 'express'];
export const STANDARD_ONLY: readonly MskKind[] = ['standard'];
export const EXPRESS_ONLY: readonly MskKind[] = ['express'];
export const PROVISIONED_KINDS = BOTH;
export const ALL_KINDS: readonly MskKind[] = ['standard', 'express', 'serverless'];

/** Anything above none is wrong. */
export const NONE = (): number => 0;

/** A metric of the cluster as a whole. */
export function ofCluster(
  { clusterName }: MskWatched,
  name: string,
  statistic: CloudWatchMetric['statistic'],
): { readonly kind: 'metric'; readonly metric: CloudWatchMetric } {
  return {
    kind: 'metric',
    metric: { namespace: MSK_NAMESPACE, name, statistic, dimensions: { [CLUSTER]: clusterName } },
  };
}

/** A metric of all brokers as one. */
export function ofBrokers({ clusterName }: MskWatched, name: string, statistic: CloudWatchFleet['statistic']): Fleet {
  return fleet({ name, statistic, where: { [CLUSTER]: clusterName }, across: [BROKER] });
}

/** A metric of every broker, each by itself. */
export function ofEachBroker(watched: MskWatched, name: string, statistic: CloudWatchFleet['statistic']): Fleet {
  const { fleet: all } = ofBrokers(watched, name, statistic);
  return { kind: 'fleet', fleet: { ...all, each: BROKER } };
}

export function fleet(of: Omit<CloudWatchFleet, 'namespace'>): Fleet {
  return { kind: 'fleet', fleet: { namespace: MSK_NAMESPACE, ...of } };
}

interface Fleet {
  readonly kind: 'fleet';
  readonly fleet: CloudWatchFleet;
}

/** For so many minutes without a break. */
export function steadily(
  minutes: number,
  periodMinutes = 1,
): Pick<CloudWatchAlarm, 'periodSeconds' | 'periods' | 'datapoints' | 'missing'> {
  const periods = Math.max(1, Math.round(minutes / periodMinutes));
  return { periodSeconds: periodMinutes * 60, periods, datapoints: periods, missing: 'notBreaching' };
}
