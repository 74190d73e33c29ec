import type { BrokerDescription } from '../../core/cluster';
import { groupOverviews, partitionKey, type GroupOverview } from '../offsets/groups';
import type { AdminPort, LogDirDescription } from '../port';
import type { Clock } from '../wait';
import type { LagClock } from './lag-clock';
import type { Metric, Sample } from './metric';
import { topicSizeMetric } from './topic-metrics';

export interface ReadOptions {
  readonly lags: LagClock;
  readonly clock: Clock;
  readonly brokers: readonly BrokerDescription[];
  readonly nameOf: (id: number) => string;
  /** @default all that may be seen */
  readonly groups?: readonly string[];
}

/** What Kafka's own metrics do not say: lags of groups, in records and in time, and how full disks are. */
export async function readMetrics(admin: AdminPort, options: ReadOptions): Promise<Metric[]> {
  const { brokers } = options;
  const [groups, answers] = await Promise.all([
    groupOverviews(admin, options.groups),
    admin.describeLogDirs(brokers.map(({ id }) => id)),
  ]);
  const logDirs = answers.flatMap((broker) => broker.logDirs);
  return [...groupMetrics(groups, options), ...diskMetrics(logDirs, options), topicSizeMetric(logDirs)];
}

function groupMetrics(groups: readonly GroupOverview[], { lags, clock }: ReadOptions): Metric[] {
  const atMs = clock.now();
  const seen = new Set<string>();
  for (const { topic, partition, end } of partitionsOf(groups)) {
    const key = partitionKey(topic, partition);
    if (end === undefined || seen.has(key)) continue;
    seen.add(key);
    lags.note(key, { atMs, end });
  }
  lags.keep(seen);
  const records: Sample[] = [];
  const seconds: Sample[] = [];
  for (const { group, topics } of groups) {
    for (const { topic, lag, partitions } of topics) {
      if (lag === undefined) continue;
      const labels = { group, topic };
      records.push({ labels, value: lag });
      const behind = partitions.flatMap(
        ({ partition, committed }) => lags.behindMs(partitionKey(topic, partition), committed) ?? [],
      );
      if (behind.length > 0) seconds.push({ labels, value: Math.round(Math.max(...behind)) / 1000 });
    }
  }
  return [
    { name: 'kafka_group_lag_records', help: 'Records that a group has yet to read of a topic.', samples: records },
    {
      name: 'kafka_group_lag_seconds',
      help: 'How long ago the record that a group reads next was the newest one, of its slowest partition.',
      samples: seconds,
    },
    {
      name: 'kafka_group_members',
      help: 'Members of a group.',
      samples: groups.map(({ group, members }) => ({ labels: { group }, value: members.length })),
    },
  ];
}

function* partitionsOf(groups: readonly GroupOverview[]) {
  for (const { topics } of groups)
    for (const { topic, partitions } of topics)
      for (const { partition, end } of partitions) yield { topic, partition, end };
}

function diskMetrics(logDirs: readonly LogDirDescription[], { nameOf }: ReadOptions): Metric[] {
  const labelsOf = ({ broker, path }: LogDirDescription): Record<string, string> => ({
    node: nameOf(broker),
    log_dir: path,
  });
  const of = (value: (dir: LogDirDescription) => number | undefined): Sample[] =>
    logDirs.flatMap((dir) => {
      const bytes = dir.offline ? undefined : value(dir);
      return bytes === undefined ? [] : [{ labels: labelsOf(dir), value: bytes }];
    });
  return [
    {
      name: 'kafka_log_dir_size_bytes',
      help: 'Size of the file system of a log directory.',
      samples: of(({ totalBytes }) => totalBytes),
    },
    {
      name: 'kafka_log_dir_free_bytes',
      help: 'What is free on the file system of a log directory.',
      samples: of(({ usableBytes }) => usableBytes),
    },
    {
      name: 'kafka_log_dir_data_bytes',
      help: 'What replicas take in a log directory.',
      samples: of(({ replicas }) => replicas.reduce((sum, { bytes }) => sum + bytes, 0)),
    },
  ];
}
