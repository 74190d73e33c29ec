import type { Construct } from 'constructs';
import { AlarmDashboard } from '../../aws/alarms/private/alarm-dashboard';
import { ec2DashboardRows } from '../../core/signals';
import type { Ec2Alarms } from './ec2-alarms';

/** Properties of a dashboard. */
export interface Ec2DashboardProps {
  /** The alarms of the cluster that it shows. */
  readonly alarms: Ec2Alarms;
  /**
   * Name of the dashboard; it stands once in an account.
   *
   * @default - the name of the cluster
   */
  readonly dashboardName?: string;
}

/**
 * A dashboard of a cluster: what is on, then a row for each question with what alarms look at and their thresholds, then who reads and
 * writes. It shows the ten brokers and groups that are first, so it is as long for sixty brokers as for three.
 */
export class Ec2Dashboard extends AlarmDashboard {
  public constructor(scope: Construct, id: string, props: Ec2DashboardProps) {
    const { _watched: watched, _alarms: alarms, _pageArns: pageArns } = props.alarms;
    super(scope, id, {
      ...{ alarms, pageArns, rows: ec2DashboardRows(watched, alarms) },
      dashboardName: props.dashboardName ?? watched.clusterName,
    });
  }
}
