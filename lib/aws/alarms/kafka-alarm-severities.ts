import type { KafkaAlarmSeverity, KafkaAlarmSubject } from './kafka-alarm-subject';

/** How bad each signal is. */
export interface IKafkaAlarmSeverities {
  /**
   * Of an alarm.
   *
   * @param subject What it is about; its severity is that of the catalogue.
   */
  severityOf(subject: KafkaAlarmSubject): KafkaAlarmSeverity;
}

/** Severities of the catalogue, or some of one's own. */
export class KafkaAlarmSeverities implements IKafkaAlarmSeverities {
  /** As the catalogue has them. */
  public static ofCatalogue(): KafkaAlarmSeverities {
    return new KafkaAlarmSeverities({});
  }

  /**
   * As the catalogue has them, but for some.
   *
   * @param severities By ids of signals.
   */
  public static overriding(severities: Record<string, KafkaAlarmSeverity>): KafkaAlarmSeverities {
    return new KafkaAlarmSeverities(severities);
  }

  /** @internal */
  public readonly _own: Record<string, KafkaAlarmSeverity>;

  private constructor(own: Record<string, KafkaAlarmSeverity>) {
    this._own = own;
  }

  public severityOf({ signal, severity }: KafkaAlarmSubject): KafkaAlarmSeverity {
    return this._own[signal] ?? severity;
  }
}
