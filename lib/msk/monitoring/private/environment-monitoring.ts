import { Duration, Size } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { KafkaLagPromise } from '../../../aws/alarms';
import { environmentAlarmOptions } from '../../../aws/alarms/private/environment-options';
import { brokersLeft } from '../../../core/capacity';
import type { EnvironmentModel } from '../../../core/model';
import { hasAlarms, hasDashboard } from '../../../core/rules/aws-alarms';
import { mskWatched } from '../../../core/rules/msk-watched';
import { MIB } from '../../../core/units';
import type { MskConnector } from '../../connect';
import type { IMskCluster } from '../../msk-cluster-base';
import type { MskReplicator } from '../../replicator';
import { MskAlarms } from '../msk-alarms';
import type { MskAlarmsProps } from '../msk-alarms-props';
import { MskDashboard } from '../msk-dashboard';

interface EnvironmentMonitoringProps {
  readonly model: EnvironmentModel;
  readonly cluster: IMskCluster;
  readonly connectors: readonly MskConnector[];
  readonly replicators: readonly MskReplicator[];
}

/** Alarms and dashboard of an environment, where it wants them. */
export function environmentMonitoring(
  scope: Construct,
  { model, cluster, connectors, replicators }: EnvironmentMonitoringProps,
): { readonly alarms?: MskAlarms; readonly dashboard?: MskDashboard } {
  if (!hasAlarms(model)) return {};
  const alarms = new MskAlarms(scope, 'Alarms', {
    ...environmentAlarmOptions(scope, model),
    ...workedOut(model),
    cluster,
    connectors: [...connectors],
    replicators: [...replicators],
  });
  if (!hasDashboard(model)) return { alarms };
  return { alarms, dashboard: new MskDashboard(scope, 'Dashboard', { alarms, dashboardName: `${model.name}-kafka` }) };
}

function workedOut(model: EnvironmentModel): Omit<MskAlarmsProps, 'cluster'> {
  const { load, lag, maxDiskUtilization } = mskWatched(model);
  const left = brokersLeft(model);
  return {
    maxDiskUtilization,
    ...(left < 1 || model.target !== 'msk' ? {} : { brokersLost: model.brokerCount - left }),
    lag: Object.fromEntries(
      Object.entries(lag).map(([group, { seconds, records }]): [string, KafkaLagPromise] => [
        group,
        {
          ...(seconds === undefined ? {} : { maxTimeLag: Duration.seconds(seconds) }),
          ...(records === undefined ? {} : { maxOffsetLag: records }),
        },
      ]),
    ),
    ...(load === undefined
      ? {}
      : {
          load: {
            ingressMiBps: load.inBytesPerSecond / MIB,
            egressMiBps: load.outBytesPerSecond / MIB,
            ...(load.keptBytes === undefined ? {} : { retained: Size.bytes(Math.round(load.keptBytes)) }),
          },
        }),
  };
}
