import { dashboardProblems, type Graph } from '../../../core/signals';

const WIDTH = 24;

/** A widget in the body of a dashboard. */
export interface Widget {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface PlacedWidget extends Widget {
  readonly x: number;
  readonly y: number;
}

export function headingWidget(text: string): Widget {
  return { type: 'text', width: WIDTH, height: 1, properties: { markdown: `## ${text}` } };
}

/** What is on, newest first. */
export function alarmWidget(alarms: readonly string[]): Widget {
  return {
    type: 'alarm',
    width: WIDTH,
    height: Math.min(8, 2 + Math.ceil(alarms.length / 4)),
    properties: { title: 'Alarms', alarms, sortBy: 'stateUpdatedTimestamp' },
  };
}

export function graphWidget({ title, metrics, thresholds }: Graph, region: string): Widget {
  return {
    type: 'metric',
    width: 8,
    height: 6,
    properties: {
      title,
      region,
      view: 'timeSeries',
      metrics,
      yAxis: { left: { min: 0 } },
      ...(thresholds.length === 0 ? {} : { annotations: { horizontal: thresholds } }),
    },
  };
}

/** Groups of widgets one below the other, each from left to right in as many lines as it takes. */
export function inRows(groups: readonly (readonly Widget[])[]): PlacedWidget[] {
  const placed: PlacedWidget[] = [];
  let y = 0;
  for (const group of groups) {
    let x = 0;
    let height = 0;
    for (const widget of group) {
      if (x + widget.width > WIDTH) {
        y += height;
        x = 0;
        height = 0;
      }
      placed.push({ ...widget, x, y });
      x += widget.width;
      height = Math.max(height, widget.height);
    }
    y += height;
  }
  return placed;
}

/** What is over the limits of CloudWatch, as sentences. */
export function sizeProblems(widgets: readonly PlacedWidget[]): string[] {
  const counted = widgets.map(({ properties }) => ({
    title: String(properties['title'] ?? ''),
    metrics: Array.isArray(properties['metrics']) ? properties['metrics'].length : 0,
  }));
  return dashboardProblems(counted).map(({ message, hint }) => `${message} ${hint}`);
}
