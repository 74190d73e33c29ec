import { Template } from 'aws-cdk-lib/assertions';
import { GraphWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { App, type Stack } from 'aws-cdk-lib/core';
import { MskAlarms, MskDashboard, type MskClusterBase } from '../../lib/msk';
import { resourcesOf, testStack } from '../support/cdk';
import { expectGolden } from '../support/golden';
import { express, provisioned, serverless } from '../support/msk-clusters';

interface Body {
  readonly widgets: readonly {
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: unknown[][] };
  }[];
}

function shown(cluster: (stack: Stack) => MskClusterBase): { readonly stack: Stack; readonly dashboard: MskDashboard } {
  const stack = testStack();
  const alarms = new MskAlarms(stack, 'Alarms', {
    cluster: cluster(stack),
    lag: { billing: { maxOffsetLag: 10 }, search: { maxOffsetLag: 20 } },
  });
  return { stack, dashboard: new MskDashboard(stack, 'Dashboard', { alarms }) };
}

function bodyOf(stack: Stack): Body {
  const { DashboardBody: body } = resourcesOf(stack, 'AWS::CloudWatch::Dashboard')[0]!.Properties as {
    DashboardBody: { 'Fn::Join': [string, unknown[]] };
  };
  return JSON.parse(body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'arn')).join('')) as Body;
}

describe('a dashboard of a cluster', () => {
  test('has a row for each question, as it was reviewed', () => {
    const { stack } = shown((of) => provisioned(of));
    const text = bodyOf(stack).widgets.map(({ type, x, y, properties: { title, markdown, metrics = [] } }) => {
      const first = metrics[0]?.at(-1) as { expression?: string } | undefined;
      return `${x},${y} ${type} ${markdown ?? title ?? ''}${first?.expression === undefined ? '' : `\n    ${first.expression}`}`;
    });
    expectGolden('test/snapshots/msk-dashboard.txt', `${text.join('\n')}\n`);
  });

  test('is as long for sixty brokers as for three', () => {
    const widgets = [3, 60].map((count) => bodyOf(shown((of) => provisioned(of, express(count))).stack).widgets.length);
    expect(widgets[1]).toBe(widgets[0]);
  });

  test.each([
    ['standard', (of: Stack) => provisioned(of)],
    ['express', (of: Stack) => provisioned(of, express(60))],
    ['serverless', serverless],
  ] as const)('of %s lays widgets side by side, and gives every metric of one an id of its own', (_, cluster) => {
    const { widgets } = bodyOf(shown(cluster).stack);
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_unused, at) => `${x + (at % width)},${y + Math.floor(at / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { properties } of widgets) {
      const ids = (properties.metrics ?? []).flatMap((line) => (line.at(-1) as { id?: string }).id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('takes widgets of one’s own below the others', () => {
    const { stack, dashboard } = shown(serverless);
    const before = bodyOf(stack).widgets.length;
    const again = shown(serverless);
    again.dashboard.addWidgets(new TextWidget({ markdown: 'ours', width: 12, height: 2 }));
    const { widgets } = bodyOf(again.stack);
    expect(widgets).toHaveLength(before + 1);
    expect(widgets.at(-1)!.y).toBeGreaterThan(widgets.at(-2)!.y);
    expect(dashboard.dashboardName).toBeDefined();
  });

  test('fails when it is more than CloudWatch takes', () => {
    const { stack, dashboard } = shown(serverless);
    dashboard.addWidgets(...Array.from({ length: 500 }, (_, i) => new TextWidget({ markdown: String(i) })));
    const many = Array.from({ length: 501 }, (_, i) => [`A${i}`]);
    dashboard.addWidgets(
      Object.assign(new GraphWidget({ title: 'all' }), {
        toJson: () => [
          { type: 'metric', x: 0, y: 0, width: 6, height: 6, properties: { title: 'all', metrics: many } },
        ],
      }),
    );
    expect(() => App.of(stack)!.synth()).toThrow(
      /the dashboard has too many widgets, got \d+; at most 500 are allowed\.[\s\S]*the widget "all" shows too many metrics, got 501; at most 500 are allowed\./,
    );
  });

  test('fails for a name that no dashboard can have', () => {
    const stack = testStack();
    const alarms = new MskAlarms(stack, 'Alarms', { cluster: serverless(stack) });
    expect(() => new MskDashboard(stack, 'D', { alarms, dashboardName: 'my dashboard' })).toThrow(
      /dashboardName: not a name of a dashboard, got my dashboard/,
    );
    new MskDashboard(stack, 'Named', { alarms, dashboardName: 'kafka' });
    Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: 'kafka' });
  });
});
