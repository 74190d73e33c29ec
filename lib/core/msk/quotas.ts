/** Quotas of the Amazon MSK developer guide, limits.html and the pages of the parts, read 2026-11-22. */
export const MSK_QUOTAS = {
  /** With KRaft; adjustable on request, which the kit does not know of. */
  brokersPerCluster: 60,
  brokersPerAccount: 90,
  volumeGiB: { min: 1, max: 16_384 },
  /** One change of storage adds at least this much. */
  storageStepGiB: 10,
  throughput: { minMiBps: 250, minVolumeGiB: 10 },
  autoscalingTargetPercent: { min: 10, max: 80 },
  configurationsPerAccount: 100,
  revisionsPerConfiguration: 50,
  serverless: { subnets: { min: 2, max: 6 }, partitions: 2400, compactedPartitions: 120 },
  tieredTopic: { minRetentionMs: 259_200_000, minSegmentBytes: 50_331_648, minSegmentMs: 600_000 },
} as const;

/** Numbers of days that a log group can keep its events. Source: Amazon CloudWatch Logs API, PutRetentionPolicy, read 2026-11-22. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
