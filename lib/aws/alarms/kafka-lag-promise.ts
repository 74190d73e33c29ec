import type { Duration } from 'aws-cdk-lib/core';

/** How far behind a consumer group may be; at least one of both. */
export interface KafkaLagPromise {
  /**
   * In time.
   *
   * @default - not promised
   */
  readonly maxTimeLag?: Duration;
  /**
   * In records, all partitions of all of its topics together.
   *
   * @default - not promised
   */
  readonly maxOffsetLag?: number;
}
