/** How fine the CloudWatch metrics of a cluster are; each level adds to the last, and all but the first are paid for. */
export enum MskMonitoringLevel {
  /** The cluster and a few metrics of brokers; free of charge. */
  DEFAULT = 'DEFAULT',
  /** Every broker; what AWS advises in production. */
  PER_BROKER = 'PER_BROKER',
  /** Every topic on every broker. */
  PER_TOPIC_PER_BROKER = 'PER_TOPIC_PER_BROKER',
  /** Every partition. */
  PER_TOPIC_PER_PARTITION = 'PER_TOPIC_PER_PARTITION',
}
