import {
  CLUSTER_METRICS,
  GROUP_METRICS,
  METRICS_NAMESPACE,
  NODE_METRICS,
  type MetricUnit,
} from '../../../core/ec2/published-metrics';
import type { Values } from './node-readings';

/** What was seen of a cluster at one moment. */
export interface ClusterLook {
  readonly cluster: string;
  readonly atMs: number;
  /** By name, of the cluster as a whole. */
  readonly values: Values;
  readonly nodes: readonly { readonly node: string; readonly values: Values }[];
  readonly groups: readonly GroupLook[];
}

export interface GroupLook {
  readonly group: string;
  readonly topics: readonly { readonly topic: string; readonly records?: number; readonly seconds?: number }[];
}

/** CloudWatch takes as many values of a metric from one line, and as many metrics. */
const MOST = 100;

interface Line {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, { readonly unit: MetricUnit; readonly values: readonly number[] }>>;
  /** For whoever reads the log, beside the metrics. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/**
 * Lines of a log that CloudWatch makes metrics of (embedded metric format): it costs no right and no way out of the VPC. What is not a metric
 * of its own, such as the heap of each node and the lag of each topic, stands beside, for queries over the log.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(look: ClusterLook): string[] {
  return [...clusterLines(look), ...look.nodes.map(nodeLine(look)), ...groupLines(look)].map((line) =>
    embedded(look.atMs, line),
  );
}

function* clusterLines({ cluster, values, nodes }: ClusterLook): Generator<Line> {
  const of = (entries: Line['metrics']): Line => ({ dimensions: { Cluster: cluster }, metrics: entries });
  yield of(
    Object.fromEntries(
      Object.keys(CLUSTER_METRICS)
        .filter((name) => values.has(name))
        .map((name) => [name, { unit: 'Count', values: [values.get(name)!] }]),
    ),
  );
  const all = NODE_METRICS.map(({ name, unit }) => ({
    name,
    unit,
    values: nodes.flatMap(({ values: own }) => own.get(name) ?? []),
  }));
  for (let first = 0; first < nodes.length; first += MOST) {
    const some = all
      .map(({ name, unit, values: every }) => [name, { unit, values: every.slice(first, first + MOST) }] as const)
      .filter(([, metric]) => metric.values.length > 0);
    if (some.length > 0) yield of(Object.fromEntries(some));
  }
}

const nodeLine =
  ({ cluster }: ClusterLook) =>
  ({ node, values }: ClusterLook['nodes'][number]): Line => {
    const own = NODE_METRICS.filter(({ name, byNode }) => byNode === true && values.has(name));
    const metrics = own.map(({ name, unit }) => [name, { unit, values: [values.get(name)!] }] as const);
    const beside = [...values].filter(([name]) => !own.some((metric) => metric.name === name));
    return {
      dimensions: { Cluster: cluster, Node: node },
      metrics: Object.fromEntries(metrics),
      beside: Object.fromEntries(beside),
    };
  };

function* groupLines({ cluster, groups }: ClusterLook): Generator<Line> {
  for (const { group, topics } of groups) {
    const records = topics.flatMap(({ records: lag }) => lag ?? []);
    const seconds = topics.flatMap(({ seconds: lag }) => lag ?? []);
    const lags = [
      ...(records.length === 0 ? [] : [['LagRecords', records.reduce((sum, lag) => sum + lag, 0)] as const]),
      ...(seconds.length === 0 ? [] : [['LagSeconds', Math.max(...seconds)] as const]),
    ];
    if (lags.length === 0) continue;
    yield {
      dimensions: { Cluster: cluster, Group: group },
      metrics: Object.fromEntries(lags.map(([name, lag]) => [name, { unit: GROUP_METRICS[name].unit, values: [lag] }])),
      beside: { Topics: topics.slice(0, MOST) },
    };
  }
}

function embedded(atMs: number, { dimensions, metrics, beside = {} }: Line): string {
  const values = Object.entries(metrics).map(([name, metric]) => [
    name,
    metric.values.length === 1 ? metric.values[0] : metric.values,
  ]);
  return JSON.stringify({
    _aws: {
      Timestamp: atMs,
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.entries(metrics).map(([Name, { unit }]) => ({ Name, Unit: unit })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(values),
    ...beside,
  });
}
