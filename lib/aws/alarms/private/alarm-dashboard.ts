import { Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { CfnDashboard, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { DASHBOARD_LIMITS, type DashboardRow } from '../../../core/signals';
import { refuse } from '../../private/construct-failure';
import type { MadeAlarm } from './alarm-set';
import { alarmWidget, graphWidget, headingWidget, inRows, sizeProblems, type PlacedWidget } from './widgets';

/** What a dashboard shows. */
export interface ShownCluster {
  readonly dashboardName: string;
  readonly alarms: readonly MadeAlarm[];
  /** Alarms that stand for several; none where every alarm tells by itself. */
  readonly pageArns: readonly string[];
  readonly rows: readonly DashboardRow[];
}

/**
 * What dashboards of clusters have in common: what is on, rows of graphs, and widgets of one's own below.
 *
 * @internal
 */
export abstract class AlarmDashboard extends Construct {
  /** Name of the dashboard. */
  public readonly dashboardName: string;
  private readonly own: PlacedWidget[];
  private readonly more: IWidget[] = [];

  protected constructor(scope: Construct, id: string, shown: ShownCluster) {
    super(scope, id);
    const { region } = Stack.of(this);
    const { dashboardName, alarms, pageArns, rows } = shown;
    refuse(this, 'DASHBOARD-REFUSED', nameProblems(dashboardName));
    const arns = pageArns.length > 0 ? pageArns : alarms.map(({ resource }) => resource.attrArn);
    const lists = Array.from({ length: Math.ceil(arns.length / DASHBOARD_LIMITS.alarmsOfWidget) }, (_, part) =>
      alarmWidget(arns.slice(part * DASHBOARD_LIMITS.alarmsOfWidget, (part + 1) * DASHBOARD_LIMITS.alarmsOfWidget)),
    );
    this.own = inRows([
      ...lists.map((widget) => [widget]),
      ...rows.flatMap(({ heading, graphs }) => [
        [headingWidget(heading)],
        graphs.map((graph) => graphWidget(graph, region)),
      ]),
    ]);
    const dashboard = new CfnDashboard(this, 'Resource', {
      dashboardName,
      dashboardBody: Lazy.string({ produce: () => Stack.of(this).toJsonString(this.body()) }),
    });
    this.dashboardName = dashboard.ref;
    this.node.addValidation({ validate: () => sizeProblems(this.widgets()) });
  }

  /**
   * Adds widgets of one's own below the others, one row.
   *
   * @param widgets From left to right.
   */
  public addWidgets(...widgets: IWidget[]): void {
    const top = Math.max(0, ...this.widgets().map(({ y, height }) => y + height));
    let x = 0;
    for (const widget of widgets) {
      widget.position(x, top);
      x += widget.width;
    }
    this.more.push(...widgets);
  }

  private body(): object {
    // Periods stay what they are: rates of a minute are added up over one.
    return { periodOverride: 'inherit', widgets: this.widgets() };
  }

  private widgets(): PlacedWidget[] {
    return [...this.own, ...this.more.flatMap((widget) => widget.toJson() as PlacedWidget[])];
  }
}

function nameProblems(name: string): { property: string; message: string; hint: string }[] {
  if (Token.isUnresolved(name) || /^[\w-]{1,255}$/.test(name)) return [];
  return [
    {
      property: 'dashboardName',
      message: `not a name of a dashboard, got ${name}; letters, digits, dashes and underscores are allowed, at most 255.`,
      hint: 'Rename it.',
    },
  ];
}
