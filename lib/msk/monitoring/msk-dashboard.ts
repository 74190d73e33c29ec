import { Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { CfnDashboard, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { refuse } from '../../aws/private/construct-failure';
import { DASHBOARD_LIMITS, dashboardRows } from '../../core/signals';
import type { MskAlarms } from './msk-alarms';
import { alarmWidget, graphWidget, headingWidget, inRows, sizeProblems, type PlacedWidget } from './private/widgets';

/** Properties of a dashboard. */
export interface MskDashboardProps {
  /** The alarms of the cluster that it shows. */
  readonly alarms: MskAlarms;
  /**
   * Name of the dashboard; it stands once in an account.
   *
   * @default - the name of the cluster
   */
  readonly dashboardName?: string;
}

/**
 * A dashboard of a cluster: what is on, then a row for each question with what alarms look at and their thresholds, then who reads and
 * writes. It shows the ten brokers, topics and groups that are first, so it is as long for sixty brokers as for three.
 */
export class MskDashboard extends Construct {
  /** Name of the dashboard. */
  public readonly dashboardName: string;
  private readonly own: PlacedWidget[];
  private readonly more: IWidget[] = [];

  public constructor(scope: Construct, id: string, props: MskDashboardProps) {
    super(scope, id);
    const { alarms } = props;
    const { region } = Stack.of(this);
    const { clusterName } = alarms._watched;
    refuse(this, 'DASHBOARD-REFUSED', nameProblems(props.dashboardName ?? clusterName));
    const arns =
      alarms._pageArns.length > 0 ? alarms._pageArns : alarms._alarms.map(({ resource }) => resource.attrArn);
    const shown = Array.from({ length: Math.ceil(arns.length / DASHBOARD_LIMITS.alarmsOfWidget) }, (_, part) =>
      alarmWidget(arns.slice(part * DASHBOARD_LIMITS.alarmsOfWidget, (part + 1) * DASHBOARD_LIMITS.alarmsOfWidget)),
    );
    this.own = inRows([
      ...shown.map((widget) => [widget]),
      ...dashboardRows(alarms._watched, alarms._alarms).flatMap(({ heading, graphs }) => [
        [headingWidget(heading)],
        graphs.map((graph) => graphWidget(graph, region)),
      ]),
    ]);
    const dashboard = new CfnDashboard(this, 'Resource', {
      dashboardName: props.dashboardName ?? clusterName,
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
