/** Where logs go, by names. */
export interface NamedDestinations {
  readonly logGroupName?: string;
  readonly retentionDays?: number;
  readonly bucketName?: string;
  readonly prefix?: string;
  readonly deliveryStreamName?: string;
}
