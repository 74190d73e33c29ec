import { Alarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { KafkaAlarmSeverities, type KafkaAlarmOptions } from '../../aws/alarms';
import { AlarmSet, type MadeAlarm } from '../../aws/alarms/private/alarm-set';
import { refuse } from '../../aws/private/construct-failure';
import { ec2Alarms, type Ec2Watched } from '../../core/signals';
import { Ec2KafkaClusterBase } from '../ec2-kafka-cluster-base';
import type { IEc2KafkaCluster } from '../ec2-kafka-cluster-interface';

/** Properties of the alarms of a cluster on EC2. */
export interface Ec2AlarmsProps extends KafkaAlarmOptions {
  /** The cluster, which this app makes. */
  readonly cluster: IEc2KafkaCluster;
}

/**
 * Alarms of a cluster on EC2, with thresholds that are worked out from what it is to be: of Kafka itself by the metrics that the function of
 * the cluster publishes, of instances and volumes by those of AWS; and pages that tell of them once.
 *
 * @example
 * new Ec2Alarms(stack, 'Alarms', { cluster, critical: oncall.topic });
 */
export class Ec2Alarms extends Construct {
  /** Names of the alarms, each on metrics. */
  public readonly alarmNames: string[];
  /** Names of the alarms that stand for several and tell of them; empty where every alarm tells by itself. */
  public readonly pageNames: string[];
  /** @internal */
  public readonly _watched: Ec2Watched;
  /** @internal */
  public readonly _alarms: readonly MadeAlarm[];
  /** @internal */
  public readonly _pageArns: readonly string[];

  public constructor(scope: Construct, id: string, props: Ec2AlarmsProps) {
    super(scope, id);
    const { cluster, severities, thresholds } = props;
    if (!(cluster instanceof Ec2KafkaClusterBase)) {
      refuse(this, 'ALARMS-REFUSED', [
        {
          property: 'cluster',
          message:
            'nothing is known of its nodes, got a cluster that this app does not make; Ec2KafkaCluster or that of an Ec2Environment is needed.',
          hint: 'Make the alarms in the stack of the cluster.',
        },
      ]);
    }
    const made = cluster as Ec2KafkaClusterBase;
    this._watched = made._watched();
    const { alarms, problems } = ec2Alarms(this._watched, {
      severities: severities instanceof KafkaAlarmSeverities ? severities._own : {},
      ...(thresholds === undefined ? {} : { thresholds }),
    });
    refuse(
      this,
      'ALARMS-REFUSED',
      problems.map(({ setting, signal, ...text }) => ({ property: `${setting}.${signal}`, ...text })),
    );
    const set = new AlarmSet(this, 'Set', {
      ...props,
      clusterName: made.clusterName,
      alarms,
      after: made._watch === undefined ? [] : [made._watch.schedule],
    });
    this._alarms = set.alarms;
    this.alarmNames = set.alarms.map(({ name }) => name);
    this.pageNames = set.pages.map(({ name }) => name);
    this._pageArns = set.pages.map(({ resource }) => resource.attrArn);
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
