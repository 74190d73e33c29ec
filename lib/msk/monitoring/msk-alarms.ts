import { Annotations } from 'aws-cdk-lib/core';
import { Alarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { KafkaAlarmSeverities } from '../../aws/alarms';
import { AlarmSet, type MadeAlarm } from '../../aws/alarms/private/alarm-set';
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
export class MskAlarms extends Construct {
  /** Names of the alarms, each on a metric. */
  public readonly alarmNames: string[];
  /** Names of the alarms that stand for several and tell of them; empty where every alarm tells by itself. */
  public readonly pageNames: string[];
  /** @internal */
  public readonly _watched: MskWatched;
  /** @internal */
  public readonly _alarms: readonly MadeAlarm[];
  /** @internal */
  public readonly _pageArns: readonly string[];

  public constructor(scope: Construct, id: string, props: MskAlarmsProps) {
    super(scope, id);
    const { cluster } = props;
    const about = cluster instanceof MskClusterBase ? cluster._about : {};
    refuse(this, 'ALARMS-REFUSED', watchedProblems(props, about));
    this._watched = watchedCluster(props, about);
    const own = props.severities instanceof KafkaAlarmSeverities ? props.severities._own : {};
    const { alarms, problems, unseen } = mskAlarms(this._watched, {
      severities: own,
      ...(props.thresholds === undefined ? {} : { thresholds: props.thresholds }),
    });
    refuse(
      this,
      'ALARMS-REFUSED',
      problems.map(({ setting, signal, ...text }) => ({ property: `${setting}.${signal}`, ...text })),
    );
    if (about.brokerLogGroupName !== undefined) countInLogs(this, about.brokerLogGroupName, this._watched);
    const set = new AlarmSet(this, 'Set', {
      ...props,
      clusterName: cluster.clusterName,
      alarms,
      after: [cluster, ...(props.connectors ?? []), ...(props.replicators ?? [])].flatMap(
        ({ node }) => node.defaultChild ?? [],
      ),
    });
    this._alarms = set.alarms;
    this.alarmNames = set.alarms.map(({ name }) => name);
    this.pageNames = set.pages.map(({ name }) => name);
    this._pageArns = set.pages.map(({ resource }) => resource.attrArn);
    if (unseen.length > 0) {
      Annotations.of(this).addWarningV2(
        'kafka-deployment-kit:alarms:level',
        `the monitoring level ${this._watched.level} has no metrics for ${unseen.map(({ signal }) => signal.id).join(', ')}: nobody sees them. Raise it to ${unseen[0]!.level}, or switch these off.`,
      );
    }
  }

  /**
   * The alarms of a signal, for example to do more than to tell.
   *
   * @param signal Id of the signal, for example `disk-full`.
   */
  public alarmsOf(signal: string): IAlarm[] {
    return this._alarms
      .filter((alarm) => alarm.signal.id === signal)
      .map(({ resource }) => {
        const id = `made-${resource.node.id}`;
        return (this.node.tryFindChild(id) as IAlarm | undefined) ?? Alarm.fromAlarmArn(this, id, resource.attrArn);
      });
  }
}
