import { watched } from '../core/signals';
import type { EnvironmentModel } from '../core/model';

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
}

/** Names of what Prometheus works out once, for panels and alerts alike: what is left of labels, of what, and how. */
export const RECORDED = {
  topicBytesIn: 'environment_topic:kafka_topic_bytesin:rate5m',
  topicBytesOut: 'environment_topic:kafka_topic_bytesout:rate5m',
  groupLagRecords: 'environment_group:kafka_group_lag_records:sum',
  groupLagSeconds: 'environment_group:kafka_group_lag_seconds:max',
  mirrorRecords: 'environment_source_topic:kafka_mirror_records:rate5m',
  mirrorBytes: 'environment_source_topic:kafka_mirror_bytes:rate5m',
  mirrorLatency: 'environment_source_topic:kafka_mirror_latency_seconds:max',
} as const;

/**
 * What would otherwise be added up again by each panel and each look: topics over brokers, groups over topics, mirrors over partitions.
 * Long ranges read these alone.
 */
export function recordingRules(model: EnvironmentModel): RecordingRule[] {
  const { series } = watched(model);
  const rate = (name: string): string => `rate(${series(name)}[5m])`;
  const topic = 'sum by (environment, topic)';
  const group = 'by (environment, group)';
  const flow = 'by (environment, source, topic)';
  return [
    { record: RECORDED.topicBytesIn, expr: `${topic} (${rate('kafka_server_topicmetrics_bytesin_total')})` },
    { record: RECORDED.topicBytesOut, expr: `${topic} (${rate('kafka_server_topicmetrics_bytesout_total')})` },
    { record: RECORDED.groupLagRecords, expr: `sum ${group} (${series('kafka_group_lag_records')})` },
    { record: RECORDED.groupLagSeconds, expr: `max ${group} (${series('kafka_group_lag_seconds')})` },
    ...(model.mirrorMaker?.workers.metricsPort === undefined
      ? []
      : [
          { record: RECORDED.mirrorRecords, expr: `sum ${flow} (${rate('kafka_connect_mirror_records_total')})` },
          { record: RECORDED.mirrorBytes, expr: `sum ${flow} (${rate('kafka_connect_mirror_bytes_total')})` },
          {
            record: RECORDED.mirrorLatency,
            expr: `max ${flow} (${series('kafka_connect_mirror_replication_latency_ms_max')}) / 1000`,
          },
        ]),
  ];
}
