import { Alarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, type IDependable } from 'constructs';
import type { AlarmProblem, AlarmSettings, SignalAlarm } from '../../../core/signals';
import { refuse } from '../../private/construct-failure';
import type { KafkaAlarmOptions } from '../kafka-alarm-options';
import { KafkaAlarmSeverities } from '../kafka-alarm-severities';
import { AlarmSet, type MadeAlarm } from './alarm-set';

/** What is to be watched, by the settings of whoever makes the alarms. */
export interface WorkedOutAlarms {
  readonly clusterName: string;
  readonly alarms: readonly SignalAlarm[];
  readonly problems: readonly AlarmProblem[];
  /** What has to be there before an alarm that takes silence for wrong is made. */
  readonly after: readonly IDependable[];
}

/**
 * What alarms of clusters have in common.
 *
 * @internal
 */
export abstract class ClusterAlarms extends Construct {
  /** Names of the alarms, each on metrics. */
  public readonly alarmNames: string[];
  /** Names of the alarms that stand for several and tell of them; empty where every alarm tells by itself. */
  public readonly pageNames: string[];
  /** @internal */
  public readonly _alarms: readonly MadeAlarm[];
  /** @internal */
  public readonly _pageArns: readonly string[];

  protected constructor(
    scope: Construct,
    id: string,
    options: KafkaAlarmOptions,
    workOut: (construct: Construct, settings: AlarmSettings) => WorkedOutAlarms,
  ) {
    super(scope, id);
    const { severities, thresholds } = options;
    const { problems, ...watched } = workOut(this, {
      severities: severities instanceof KafkaAlarmSeverities ? severities._own : {},
      ...(thresholds === undefined ? {} : { thresholds }),
    });
    refuse(
      this,
      'ALARMS-REFUSED',
      problems.map(({ setting, signal, ...text }) => ({ property: `${setting}.${signal}`, ...text })),
    );
    const set = new AlarmSet(this, 'Set', { ...options, ...watched });
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
