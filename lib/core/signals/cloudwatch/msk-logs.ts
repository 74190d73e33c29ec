import { steadily } from './expression';
import { PROVISIONED_KINDS, type MskExpression } from './msk-expression';

/** What is counted in the logs of brokers, where they go to CloudWatch: no metric of the service says it. */
export interface LogCount {
  /** Of the signal. */
  readonly signal: string;
  readonly metricName: string;
  /** A line that holds one of these texts, as Kafka writes it. */
  readonly texts: readonly string[];
  readonly summary: string;
}

/** Texts of Apache Kafka 3.9 to 4.3: LogManager, UnifiedLog, AbstractFetcherThread, LogCleaner; of Java. */
export const LOG_COUNTS: readonly LogCount[] = [
  {
    signal: 'corrupt-records',
    metricName: 'CorruptRecords',
    texts: ['Record is corrupt', 'CorruptRecordException'],
    summary: 'Logs of brokers speak of damaged records.',
  },
  {
    signal: 'offline-log-dir',
    metricName: 'OfflineLogDirs',
    texts: ['Stopping serving logs in dir'],
    summary: 'A broker writes that it gave up a log directory.',
  },
  {
    signal: 'replication-stopped',
    metricName: 'FailedPartitions',
    texts: ['marked as failed'],
    summary: 'A broker writes that it gave up copying partitions.',
  },
  {
    signal: 'cleaner-stopped',
    metricName: 'UncleanablePartitions',
    texts: ['as uncleanable'],
    summary: 'A broker writes that it cannot compact partitions.',
  },
  {
    signal: 'out-of-memory',
    metricName: 'OutOfMemoryErrors',
    texts: ['java.lang.OutOfMemoryError'],
    summary: 'A broker writes that it is out of memory.',
  },
];

/** Where counts of the logs of a cluster go: a metric filter gives no dimension of its own. */
export function logNamespace(clusterName: string): string {
  return `KafkaDeploymentKit/${clusterName}`;
}

/** The pattern of a metric filter: any of the texts. */
export function filterPattern({ texts }: LogCount): string {
  return texts.map((text) => (texts.length === 1 ? `"${text}"` : `?"${text}"`)).join(' ');
}

export const MSK_LOGS: Readonly<Record<string, MskExpression>> = Object.fromEntries(
  LOG_COUNTS.map(({ signal, metricName, summary }): [string, MskExpression] => [
    signal,
    {
      on: PROVISIONED_KINDS,
      threshold: ({ logNamespace }) => (logNamespace === undefined ? undefined : 0),
      alarms: ({ logNamespace }, threshold) =>
        logNamespace === undefined
          ? []
          : [
              {
                summary,
                source: {
                  kind: 'metric',
                  metric: { namespace: logNamespace, name: metricName, statistic: 'Sum', dimensions: {} },
                },
                when: '>',
                threshold,
                ...steadily(5, 5),
              },
            ],
    },
  ]),
);
