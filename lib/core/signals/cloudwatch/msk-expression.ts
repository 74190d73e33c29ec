import type { CloudWatchFleet, CloudWatchMetric } from './alarm';
import type { CloudWatchExpression } from './expression';
import { BROKER, CLUSTER, MSK_NAMESPACE, type MskKind } from './msk-metrics';
import type { MskWatched } from './msk-watched';

/** How a signal is seen on Amazon MSK. */
export interface MskExpression extends CloudWatchExpression<MskWatched> {
  /** Kinds of cluster that have it. */
  readonly on: readonly MskKind[];
}

export const STANDARD_ONLY: readonly MskKind[] = ['standard'];
export const EXPRESS_ONLY: readonly MskKind[] = ['express'];
export const PROVISIONED_KINDS: readonly MskKind[] = ['standard', 'express'];
export const ALL_KINDS: readonly MskKind[] = ['standard', 'express', 'serverless'];

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
