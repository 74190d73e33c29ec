/** What an alarm of CloudWatch looks at and compares, free of the CDK: constructs, snapshots and reports are made of it. */
export interface CloudWatchAlarm {
  /** What it is about where a signal has several alarms, for example a group; a part of its name. */
  readonly subject?: string;
  /** What is wrong, in a sentence. */
  readonly summary: string;
  readonly source: CloudWatchSource;
  /** It is wrong while the value stands so to the threshold. */
  readonly when: '>' | '>=' | '<';
  readonly threshold: number;
  /** Seconds that a value is made of. */
  readonly periodSeconds: number;
  /** Values that are looked at. */
  readonly periods: number;
  /** Of these, how many have to be wrong. */
  readonly datapoints: number;
  /** What a value that is missing says. */
  readonly missing: 'breaching' | 'notBreaching' | 'ignore';
}

/** One metric, all metrics of a name, or several metrics with a calculation. */
export type CloudWatchSource =
  | { readonly kind: 'metric'; readonly metric: CloudWatchMetric }
  | { readonly kind: 'fleet'; readonly fleet: CloudWatchFleet }
  | {
      readonly kind: 'math';
      /** In the language of metric math, over the ids below. */
      readonly expression: string;
      /** By their ids; at most ten. */
      readonly metrics: Readonly<Record<string, CloudWatchMetric>>;
    };

export interface CloudWatchMetric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum';
  /** All of them, exactly: CloudWatch adds nothing up over dimensions. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** All metrics of a name that have exactly these dimensions, however many there are: one query of Metrics Insights. */
export interface CloudWatchFleet {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: 'AVG' | 'MAX' | 'MIN' | 'SUM';
  /** Dimensions of one value. */
  readonly where: Readonly<Record<string, string>>;
  /** Dimensions of any value. */
  readonly across: readonly string[];
  /** One of `across`: each of its values is judged by itself, and the alarm says which. Absent: all are one. */
  readonly each?: string;
}

/** Metrics that one alarm on a calculation may use (CloudWatch service quotas, read 2026-11-27). */
export const MATH_METRICS = 10;

/** The query of Metrics Insights; the first series are the worst. */
export function fleetQuery(
  { namespace, name, statistic, where, across, each }: CloudWatchFleet,
  { when, most }: { readonly when: CloudWatchAlarm['when']; readonly most?: number },
): string {
  const dimensions = [...Object.keys(where), ...across].map((dimension) => `"${dimension}"`).join(', ');
  const conditions = Object.entries(where).map(([dimension, value]) => `"${dimension}" = '${value}'`);
  return [
    `SELECT ${statistic}("${name}") FROM SCHEMA("${namespace}", ${dimensions}) WHERE ${conditions.join(' AND ')}`,
    // An alarm on many series is refused without an order.
    ...(each === undefined ? [] : [`GROUP BY "${each}" ORDER BY ${statistic}() ${when === '<' ? 'ASC' : 'DESC'}`]),
    ...(most === undefined ? [] : [`LIMIT ${most}`]),
  ].join(' ');
}

/** The metrics that a source reads, as name and dimensions. */
export function metricsOf(
  source: CloudWatchSource,
): readonly { readonly namespace: string; readonly name: string; readonly dimensions: readonly string[] }[] {
  switch (source.kind) {
    case 'metric':
      return [{ ...source.metric, dimensions: Object.keys(source.metric.dimensions) }];
    case 'fleet':
      return [{ ...source.fleet, dimensions: [...Object.keys(source.fleet.where), ...source.fleet.across] }];
    case 'math':
      return Object.values(source.metrics).map((metric) => ({ ...metric, dimensions: Object.keys(metric.dimensions) }));
  }
}
