import type { Signal } from './signal';
import { partitionsWithoutSpare } from './thresholds';

const REPLICAS = 'kafka_server_replicamanager';

/** Whether what was acknowledged stays, and stays readable. */
export const SAFETY_SIGNALS: readonly Signal[] = [
  {
    id: 'offline-partitions',
    title: 'Partitions have no leader',
    question: 'is data safe',
    why: 'Nobody can read or write them; all of their replicas that are in sync are gone.',
    severity: 'critical',
    prometheus: ({ series }) => ({
      // Only the active controller counts them; the others say 0.
      expression: `max(${series('kafka_controller_kafkacontroller_offlinepartitionscount')}) > 0`,
      forMinutes: 1,
      summary: '{{ $value }} partitions have no leader.',
    }),
  },
  {
    id: 'under-min-isr',
    title: 'Partitions are below min ISR',
    question: 'is data safe',
    why: 'Producers with acks=all are refused there, and one more loss may lose what was acknowledged.',
    severity: 'critical',
    prometheus: ({ series }) => ({
      expression: `sum(${series(`${REPLICAS}_underminisrpartitioncount`)}) > 0`,
      forMinutes: 1,
      summary: '{{ $value }} partitions have fewer replicas in sync than min.insync.replicas.',
    }),
  },
  {
    id: 'at-min-isr',
    title: 'Partitions have no replica to spare',
    question: 'is data safe',
    why: 'The next broker that goes down stops producers with acks=all. A restart takes them there for minutes; half an hour is something else.',
    severity: 'warning',
    prometheus: ({ model, series }) => {
      const declared = partitionsWithoutSpare(model);
      if (declared === undefined) return undefined;
      return {
        expression: `sum(${series(`${REPLICAS}_atminisrpartitioncount`)}) > ${declared}`,
        forMinutes: 30,
        summary: `{{ $value }} partitions have just as many replicas in sync as min.insync.replicas${declared === 0 ? '' : `; ${declared} are declared so`}.`,
      };
    },
  },
  {
    id: 'under-replicated',
    title: 'Replicas are not in sync',
    question: 'is data safe',
    why: 'There are fewer copies than declared. A restart takes them there for minutes; a broker that is gone, for good.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      // Kafka does not count replicas that are being added by a move.
      expression: `sum(${series(`${REPLICAS}_underreplicatedpartitions`)}) > 0`,
      forMinutes: 15,
      summary: '{{ $value }} partitions lack a replica that is in sync.',
    }),
  },
  {
    id: 'offline-log-dir',
    title: 'A log directory is offline',
    question: 'is data safe',
    why: 'Its disk failed or is full: every replica on it is gone until it is back or replaced.',
    severity: 'critical',
    prometheus: ({ series }) => ({
      expression: `max by (node) (${series('kafka_log_logmanager_offlinelogdirectorycount')}) > 0`,
      forMinutes: 1,
      summary: '{{ $labels.node }} has {{ $value }} log directories that it cannot use.',
    }),
  },
  {
    id: 'unclean-election',
    title: 'A leader was elected out of sync',
    question: 'is data safe',
    why: 'What only the former leader had is gone for good, and consumers may have read it.',
    severity: 'critical',
    prometheus: ({ series }) => ({
      expression: `sum(increase(${series('kafka_controller_controllerstats_uncleanleaderelections_total')}[15m])) > 0`,
      forMinutes: 0,
      summary: '{{ $value | printf "%.0f" }} leaders were elected from replicas that were not in sync.',
    }),
  },
  {
    id: 'replication-stopped',
    title: 'A broker has given up copying partitions',
    question: 'is data safe',
    why: 'A fetcher that met an error marks its partitions failed and does not try again before the broker restarts.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum by (node) (${series('kafka_server_replicafetchermanager_failedpartitionscount')}) + sum by (node) (${series('kafka_server_replicafetchermanager_deadthreadcount')}) > 0`,
      forMinutes: 5,
      summary: '{{ $labels.node }} does not copy {{ $value }} partitions (or fetchers) any more.',
    }),
  },
  {
    id: 'corrupt-records',
    title: 'Records arrive damaged',
    question: 'is data safe',
    why: 'A checksum does not match: memory, network card or a client that is broken.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum by (node) (increase(${series('kafka_server_brokertopicmetrics_invalidmessagecrcrecords_total')}[15m])) > 0`,
      forMinutes: 0,
      summary: '{{ $labels.node }} refused {{ $value | printf "%.0f" }} records with a wrong checksum.',
    }),
  },
  {
    id: 'cleaner-stopped',
    title: 'The log cleaner does not clean',
    question: 'will it be full',
    why: 'Compacted topics, the offsets of all groups among them, grow without end until the disk is full.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum by (node) (${series('kafka_log_logcleaner_deadthreadcount')}) + sum by (node) (${series('kafka_log_logcleanermanager_uncleanable_partitions_count')}) > 0`,
      forMinutes: 15,
      summary: '{{ $labels.node }} has {{ $value }} partitions that it cannot compact, or threads that died.',
    }),
  },
];
