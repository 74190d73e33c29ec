/** How bad it is. */
export enum KafkaAlarmSeverity {
  /** Wakes somebody up: records or requests are being lost. */
  CRITICAL = 'critical',
  /** For the next working day. */
  WARNING = 'warning',
  /** Not watched. */
  OFF = 'off',
}

/** What an alarm is about: what strategies decide by. */
export interface KafkaAlarmSubject {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** Id of the signal, for example `disk-full`; its page is docs/runbooks/ID.md. */
  readonly signal: string;
  /** What the signal answers, for example `will it be full`. */
  readonly question: string;
  /** As the catalogue has it. */
  readonly severity: KafkaAlarmSeverity;
  /**
   * What of the signal, where it has several alarms: a group, a range of brokers.
   *
   * @default - all of it
   */
  readonly subject?: string;
}
