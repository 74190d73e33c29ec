/** Allows exactly one change that loses records or rights; it expires by itself, since it matches nothing afterwards. */
export interface KafkaTopicAcknowledgement {
  /** Code of the change as the deployment names it, for example `TOPIC-RETENTION-CUT`. */
  readonly code: string;
  /** Path of the change as the deployment names it, for example `topics.orders.retention.time`. */
  readonly path: string;
  /** What holds today, as the deployment shows it. */
  readonly from: string;
  /** What is wanted, as the deployment shows it. */
  readonly to: string;
  /** Why it is right; a ticket, for example. */
  readonly reason: string;
}
