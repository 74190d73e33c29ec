import { groupBy } from '../../group-by';
import { fleetQuery, type CloudWatchAlarm, type CloudWatchFleet, type CloudWatchMetric } from './alarm';
import type { SignalAlarm } from './alarm-settings';
import { CLUSTER, GROUP } from './msk-metrics';

/** Lines of a graph that a query draws: the worst ones. */
export const MOST_LINES = 10;

/** Thresholds that a graph shows. */
const MOST_THRESHOLDS = 10;

/** A graph as the body of a dashboard has it, without its place and region. */
export interface Graph {
  readonly title: string;
  /** In the form of CloudWatch's dashboards: a list of lists. */
  readonly metrics: readonly (readonly unknown[])[];
  readonly thresholds: readonly { readonly label: string; readonly value: number }[];
}

/** What a graph is made of; how bad it is does not matter to it. */
export type ShownAlarm = Pick<SignalAlarm, 'signal' | 'alarm'>;

/** Graphs of alarms: one for what looks at the same metric, whatever it is of. */
export function graphs(alarms: readonly ShownAlarm[]): Graph[] {
  const byMetric = groupBy(alarms, ({ signal, alarm }) => `${signal.id} ${metricName(alarm)}`);
  return [...byMetric.values()].map((same) => {
    const all = same.map(({ alarm }) => alarm);
    return { title: title(same), metrics: lines(all), thresholds: thresholds(all) };
  });
}

function metricName({ source }: CloudWatchAlarm): string {
  switch (source.kind) {
    case 'metric':
      return source.metric.name;
    case 'fleet':
      return source.fleet.name;
    case 'math':
      return [...new Set(Object.values(source.metrics).map(({ name }) => name))].join('+');
  }
}

function title(same: readonly ShownAlarm[]): string {
  const [first] = same;
  return `${first!.signal.title} (${metricName(first!.alarm)})`;
}

function lines(alarms: readonly CloudWatchAlarm[]): unknown[][] {
  const [first] = alarms;
  const { source, when, periodSeconds: period } = first!;
  if (source.kind === 'fleet') {
    const fleet = widened(source.fleet);
    const limit = fleet.each === undefined ? {} : { most: MOST_LINES };
    return [[{ id: 'q', expression: fleetQuery(fleet, { when, ...limit }), period, label: '' }]];
  }
  return alarms.flatMap(({ source: of, subject }, index): unknown[][] => {
    if (of.kind === 'metric') {
      return [
        [
          ...path(of.metric),
          { stat: of.metric.statistic, period, ...(subject === undefined ? {} : { label: subject }) },
        ],
      ];
    }
    if (of.kind === 'math') {
      return [
        [{ id: `e${index}`, expression: renamed(of.expression, index), label: subject ?? 'the highest' }],
        ...Object.entries(of.metrics).map(([id, metric]) => [
          ...path(metric),
          { id: renamed(id, index), stat: metric.statistic, period, visible: false },
        ]),
      ];
    }
    return [];
  });
}

/** Ids stand once in a graph; those of one alarm are letters, with numbers or not. */
function renamed(text: string, index: number): string {
  return text.replaceAll(/\b([ab])(\d*)\b/g, (_, letter: string, number: string) => `${letter}${index}x${number}`);
}

function path({ namespace, name, dimensions }: CloudWatchMetric): string[] {
  return [namespace, name, ...Object.entries(dimensions).flat()];
}

/** Of all groups instead of one: a graph has one query. */
function widened(fleet: CloudWatchFleet): CloudWatchFleet {
  if (fleet.where[GROUP] === undefined) return fleet;
  return {
    ...fleet,
    where: { [CLUSTER]: fleet.where[CLUSTER]! },
    across: [GROUP, ...fleet.across],
    each: GROUP,
  };
}

function thresholds(alarms: readonly CloudWatchAlarm[]): Graph['thresholds'] {
  const values = [...new Set(alarms.map(({ threshold }) => threshold))].slice(0, MOST_THRESHOLDS);
  return values.map((value) => {
    const of = alarms.filter(({ threshold }) => threshold === value);
    const label = values.length > 1 ? (of[0]!.subject ?? 'alarm') : 'alarm';
    return { label: of.length > 1 && values.length > 1 ? `${label} and others` : label, value };
  });
}
