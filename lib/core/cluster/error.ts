/** Kafka's own words for what it refused. */
export interface KafkaError {
  readonly code: number;
  /** For example `INVALID_REPLICATION_FACTOR`. */
  readonly name: string;
  readonly message: string;
  /** The same request may succeed later. */
  readonly retriable: boolean;
}
