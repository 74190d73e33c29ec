import type { Construct } from 'constructs';
import { environmentAlarmOptions } from '../../aws/alarms/private/environment-options';
import type { EnvironmentModel } from '../../core/model';
import { hasAlarms, hasDashboard } from '../../core/rules/aws-alarms';
import type { IEc2KafkaCluster } from '../ec2-kafka-cluster-interface';
import { Ec2Alarms } from '../monitoring/ec2-alarms';
import { Ec2Dashboard } from '../monitoring/ec2-dashboard';

/** Alarms and dashboard of an environment, where it wants them. */
export function environmentMonitoring(
  scope: Construct,
  { model, cluster }: { readonly model: EnvironmentModel; readonly cluster: IEc2KafkaCluster },
): { readonly alarms?: Ec2Alarms; readonly dashboard?: Ec2Dashboard } {
  if (!hasAlarms(model)) return {};
  const alarms = new Ec2Alarms(scope, 'Alarms', { ...environmentAlarmOptions(scope, model), cluster });
  if (!hasDashboard(model)) return { alarms };
  return { alarms, dashboard: new Ec2Dashboard(scope, 'Dashboard', { alarms, dashboardName: `${model.name}-kafka` }) };
}
