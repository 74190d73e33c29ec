import type { Construct } from 'constructs';
import { AlarmDashboard } from '../../aws/alarms/private/alarm-dashboard';
import { dashboardRows } from '../../core/signals';
import type { MskAlarms } from './msk-alarms';

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
export class MskDashboard extends AlarmDashboard {
  public constructor(scope: Construct, id: string, props: MskDashboardProps) {
    const { _watched: watched, _alarms: alarms, _pageArns: pageArns } = props.alarms;
    super(scope, id, {
      ...{ alarms, pageArns, rows: dashboardRows(watched, alarms) },
      dashboardName: props.dashboardName ?? watched.clusterName,
    });
  }
}
