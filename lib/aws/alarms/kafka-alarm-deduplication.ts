import type { KafkaAlarmSubject } from './kafka-alarm-subject';

/** Which alarms are one event, so that people are told once. */
export interface IKafkaAlarmDeduplication {
  /**
   * What the alarm has in common with others, in lower-case letters and dashes; empty where it speaks for itself.
   *
   * @param subject What the alarm is about; its severity as it was decided.
   */
  pageOf(subject: KafkaAlarmSubject): string;
}

/** The usual ways. */
export class KafkaAlarmDeduplication implements IKafkaAlarmDeduplication {
  /** One page for each question and severity: a lost zone says once that data is not safe, and once that the cluster is not available. */
  public static byQuestion(): KafkaAlarmDeduplication {
    return new KafkaAlarmDeduplication(
      ({ question, severity }) =>
        `${severity}-${question.replace(/^(is|does|will) (it )?(be )?/, '').replaceAll(' ', '-')}`,
    );
  }

  /** One page for each severity: the quietest. What goes wrong while something else is wrong already is not told again. */
  public static bySeverity(): KafkaAlarmDeduplication {
    return new KafkaAlarmDeduplication(({ severity }) => severity);
  }

  /** Every alarm tells by itself. */
  public static none(): KafkaAlarmDeduplication {
    return new KafkaAlarmDeduplication(() => '');
  }

  private readonly page: (subject: KafkaAlarmSubject) => string;

  private constructor(page: (subject: KafkaAlarmSubject) => string) {
    this.page = page;
  }

  public pageOf(subject: KafkaAlarmSubject): string {
    return this.page(subject);
  }
}
