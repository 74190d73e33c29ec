import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IKafkaAlarmDeduplication } from './kafka-alarm-deduplication';
import type { IKafkaAlarmNaming } from './kafka-alarm-naming';
import type { IKafkaAlarmSeverities } from './kafka-alarm-severities';

/** What the alarms of a cluster have in common, whatever it runs on. */
export interface KafkaAlarmOptions {
  /**
   * Where critical alarms go. A topic that is encrypted needs a customer key that CloudWatch may use: `KafkaAlarmTopic` makes such a one.
   *
   * @default - nobody is told, which is a warning
   */
  readonly critical?: ITopic;
  /**
   * Where warnings go.
   *
   * @default - nobody is told; they are seen on the dashboard
   */
  readonly warning?: ITopic;
  /**
   * Tell when it is over, too.
   *
   * @default true
   */
  readonly notifyWhenOver?: boolean;
  /**
   * How alarms are called.
   *
   * @default KafkaAlarmNaming.byCluster()
   */
  readonly naming?: IKafkaAlarmNaming;
  /**
   * Which alarms are one event.
   *
   * @default KafkaAlarmDeduplication.byQuestion()
   */
  readonly deduplication?: IKafkaAlarmDeduplication;
  /**
   * How bad each signal is.
   *
   * @default KafkaAlarmSeverities.ofCatalogue()
   */
  readonly severities?: IKafkaAlarmSeverities;
  /**
   * Thresholds instead of those that are worked out, by ids of signals, in their unit: percent of a disk, for example.
   *
   * @default - worked out from size, load, retention and what is to survive
   */
  readonly thresholds?: Record<string, number>;
  /**
   * While this alarm is on, nobody is told: for the time of a change that is known to disturb. What is still wrong after it is told then.
   *
   * @default - people are told at any time
   */
  readonly suppressedBy?: IAlarm;
}
