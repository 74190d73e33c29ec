import type { KafkaAlarmSubject } from './kafka-alarm-subject';

/** How alarms are called. A name stands once in an account and region. */
export interface IKafkaAlarmNaming {
  /**
   * Name of an alarm; different for different subjects.
   *
   * @param subject What it is about.
   */
  alarmName(subject: KafkaAlarmSubject): string;

  /**
   * Name of an alarm that stands for several.
   *
   * @param clusterName Name of the cluster.
   * @param page What they have in common.
   */
  pageName(clusterName: string, page: string): string;
}

/** Names that sort by cluster, for example `prod-disk-full` and `prod-group-late-billing-time`. */
export class KafkaAlarmNaming implements IKafkaAlarmNaming {
  /**
   * With something in front of the name of the cluster, for example of the team.
   *
   * @param prefix What is in front, a dash included where there is to be one.
   */
  public static prefixed(prefix: string): KafkaAlarmNaming {
    return new KafkaAlarmNaming(prefix);
  }

  /** By cluster, signal and subject. */
  public static byCluster(): KafkaAlarmNaming {
    return new KafkaAlarmNaming('');
  }

  private readonly prefix: string;

  private constructor(prefix: string) {
    this.prefix = prefix;
  }

  public alarmName({ clusterName, signal, subject }: KafkaAlarmSubject): string {
    return `${this.prefix}${clusterName}-${signal}${subject === undefined ? '' : `-${subject}`}`;
  }

  public pageName(clusterName: string, page: string): string {
    return `${this.prefix}${clusterName}-${page}`;
  }
}
