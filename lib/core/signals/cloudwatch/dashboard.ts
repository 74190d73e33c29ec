import type { Question } from '../signal';
import { graphs, type Graph, type ShownAlarm } from './dashboard-graphs';
import { trafficGraphs } from './dashboard-traffic';
import { ec2TrafficGraphs } from './ec2/ec2-traffic';
import type { Ec2Watched } from './ec2/ec2-watched';
import type { MskWatched } from './msk-watched';

/** Of a dashboard: widgets, metrics of one of them, metrics of all (CloudWatch service quotas, read 2026-11-27). */
export const DASHBOARD_LIMITS = { widgets: 500, metricsOfWidget: 500, metrics: 2_500, alarmsOfWidget: 100 } as const;

/** A part of a dashboard that fills the width: a heading, and what is under it. */
export interface DashboardRow {
  readonly heading: string;
  readonly graphs: readonly Graph[];
}

const HEADINGS: Readonly<Record<Question, string>> = {
  'is data safe': 'Is data safe?',
  'is it available': 'Is it available?',
  'is it late': 'Is it late?',
  'will it be full': 'Will it be full?',
  'is it overloaded': 'Is it overloaded?',
  'does it move data in and out': 'Does it move data in and out?',
};

/** Rows by question, each alarm with what it looks at and its threshold; then who reads and writes. As long for sixty brokers as for three. */
export function dashboardRows(watched: MskWatched, alarms: readonly ShownAlarm[]): DashboardRow[] {
  return rowsWith(alarms, trafficGraphs(watched));
}

/** The same of a cluster on EC2. */
export function ec2DashboardRows(watched: Ec2Watched, alarms: readonly ShownAlarm[]): DashboardRow[] {
  return rowsWith(alarms, watched.published ? ec2TrafficGraphs(watched) : []);
}

function rowsWith(alarms: readonly ShownAlarm[], traffic: readonly Graph[]): DashboardRow[] {
  const questions = (Object.keys(HEADINGS) as Question[]).map((question) => ({
    heading: HEADINGS[question],
    graphs: graphs(alarms.filter(({ signal }) => signal.question === question)),
  }));
  return [...questions, { heading: 'Who reads and writes?', graphs: traffic }].filter((row) => row.graphs.length > 0);
}

/** Why CloudWatch would not take a dashboard, or would not show it whole. */
export function dashboardProblems(
  widgets: readonly { readonly title: string; readonly metrics: number }[],
): { readonly message: string; readonly hint: string }[] {
  const hint = 'Show less, or make a second dashboard.';
  const all = widgets.reduce((sum, { metrics }) => sum + metrics, 0);
  const over = (what: string, got: number, most: number): { message: string; hint: string }[] =>
    got <= most ? [] : [{ message: `${what}, got ${got}; at most ${most} are allowed.`, hint }];
  return [
    ...over('the dashboard has too many widgets', widgets.length, DASHBOARD_LIMITS.widgets),
    ...over('the dashboard shows too many metrics', all, DASHBOARD_LIMITS.metrics),
    ...widgets.flatMap(({ title, metrics }) =>
      over(`the widget "${title}" shows too many metrics`, metrics, DASHBOARD_LIMITS.metricsOfWidget),
    ),
  ];
}
