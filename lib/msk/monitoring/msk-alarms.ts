import { Annotations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ClusterAlarms } from '../../aws/alarms/private/cluster-alarms';
import { refuse } from '../../aws/private/construct-failure';
import { mskAlarms, type MskWatched } from '../../core/signals';
import { MskClusterBase } from '../msk-cluster-base';
import type { MskAlarmsProps } from './msk-alarms-props';
import { countInLogs } from './private/log-counts';
import { watchedCluster, watchedProblems } from './private/watched-cluster';

/**
 * Alarms of a cluster: those that its kind and its monitoring level have metrics for, with thresholds that are worked out from its size, its
 * load and what it is to survive; pages that tell of them once; and counts of what brokers write in their log, where it is in CloudWatch.
 *
 * @example
 * new MskAlarms(stack, 'Alarms', { cluster, critical: oncall.topic, lag: { billing: { maxTimeLag: Duration.minutes(5) } } });
 */
export class MskAlarms extends ClusterAlarms {
  /** @internal */
  public readonly _watched: MskWatched;

  public constructor(scope: Construct, id: string, props: MskAlarmsProps) {
    let watched: MskWatched;
    super(scope, id, props, (construct, settings) => {
      const { cluster, connectors = [], replicators = [] } = props;
      const about = cluster instanceof MskClusterBase ? cluster._about : {};
      refuse(construct, 'ALARMS-REFUSED', watchedProblems(props, about));
      watched = watchedCluster(props, about);
      const { alarms, problems, unseen } = mskAlarms(watched, settings);
      if (about.brokerLogGroupName !== undefined) countInLogs(construct, about.brokerLogGroupName, watched);
      if (unseen.length > 0) {
        Annotations.of(construct).addWarningV2(
          'kafka-deployment-kit:alarms:level',
          `the monitoring level ${watched.level} has no metrics for ${unseen.map(({ signal }) => signal.id).join(', ')}: nobody sees them. Raise it to ${unseen[0]!.level}, or switch these off.`,
        );
      }
      const after = [cluster, ...connectors, ...replicators].flatMap(({ node }) => node.defaultChild ?? []);
      return { clusterName: cluster.clusterName, alarms, problems, after };
    });
    this._watched = watched!;
  }
}
