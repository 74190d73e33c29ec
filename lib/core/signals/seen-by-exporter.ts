import { durationMs } from '../units';
import type { PrometheusAlert, Signal, Watched } from './signal';
import { diskShares } from './thresholds';

/** Whether `kdk exporter` is to run: beside Prometheus, and on Kubernetes where the environment wants a pod with it. */
export function isExporterDeclared({ target, spec }: Watched['model']): boolean {
  return target !== 'kubernetes' || spec.targets?.kubernetes?.exporter === true;
}

/** Of what `kdk exporter` serves; on Kubernetes where the environment wants a pod with it. */
const seen =
  (alert: (watched: Watched) => PrometheusAlert | undefined): Signal['prometheus'] =>
  (watched) =>
    isExporterDeclared(watched.model) ? alert(watched) : undefined;

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Share of a disk that is free, by log directory. */
const free = ({ series }: Watched): string =>
  `${series('kafka_log_dir_free_bytes')} / (${series('kafka_log_dir_size_bytes')} > 0)`;

const certificateDays = ({ series }: Watched): string =>
  `(min by (node) (${series('kafka_certificate_end_time_seconds')}) - time()) / ${DAY_SECONDS}`;

/** What Kafka's own metrics do not say. */
export const EXPORTER_SIGNALS: readonly Signal[] = [
  {
    id: 'exporter-missing',
    title: 'Lags, disks and certificates are not seen',
    question: 'is it available',
    why: 'Alerts about them would be silent whatever happens.',
    severity: 'warning',
    prometheus: seen(({ series }) => ({
      expression: `absent(${series('kafka_exporter_up')} == 1)`,
      forMinutes: 15,
      summary: 'kdk exporter does not run, or the cluster does not answer it.',
    })),
  },
  {
    id: 'disk-filling',
    title: 'A disk is fuller than planned',
    question: 'will it be full',
    why: 'The capacity check leaves room for a lost broker; it is being used up.',
    severity: 'warning',
    prometheus: seen((watched) => {
      const { planned, warning } = diskShares(watched.model);
      return {
        expression: `1 - ${free(watched)} > ${warning}`,
        forMinutes: 30,
        summary: `{{ $labels.log_dir }} of {{ $labels.node }} is {{ $value | humanizePercentage }} full; ${planned * 100}% were planned.`,
      };
    }),
  },
  {
    id: 'disk-full',
    title: 'A disk is nearly full, or will be within a day',
    question: 'will it be full',
    why: 'A full disk takes the log directory offline, and every replica on it with it.',
    severity: 'critical',
    prometheus: seen((watched) => ({
      expression: `(${free(watched)} < 0.05) or (predict_linear(${watched.series('kafka_log_dir_free_bytes')}[6h], ${DAY_SECONDS}) < 0 and ${free(watched)} < 0.3)`,
      forMinutes: 10,
      summary: '{{ $labels.log_dir }} of {{ $labels.node }} is full, or will be within a day.',
    })),
  },
  {
    id: 'single-replica',
    title: 'Topics are kept once only',
    question: 'is data safe',
    why: 'They are gone with their disk, and not there while their broker restarts. Somebody made them past the file, or with a tool whose default it is.',
    severity: 'warning',
    prometheus: seen(({ model, series }) => {
      if (model.brokerCount < 2) return undefined;
      const declared = model.topics.filter(({ replicationFactor }) => replicationFactor === 1);
      const others = `topic!~"${declared.map(({ name }) => name.replaceAll('.', '[.]')).join('|')}"`;
      return {
        expression: `count(${series('kafka_topic_single_replica', declared.length === 0 ? undefined : others)}) > 0`,
        forMinutes: 30,
        summary: '{{ $value }} topics have one replica.',
      };
    }),
  },
  {
    id: 'group-late',
    title: 'A group is further behind than it promises',
    question: 'is it late',
    why: 'Whoever waits for what it does gets it late; beyond the retention records are gone before they were read.',
    severity: 'critical',
    prometheus: seen(({ model, series }) => {
      const promises = Object.entries(model.spec.monitoring?.lag ?? {}).flatMap(
        ([group, { maxTimeLag, maxOffsetLag }]) => [
          ...(maxTimeLag === undefined
            ? []
            : [
                `max by (group) (${series('kafka_group_lag_seconds', `group="${group}"`)}) > ${durationMs(maxTimeLag) / 1000}`,
              ]),
          ...(maxOffsetLag === undefined
            ? []
            : [`sum by (group) (${series('kafka_group_lag_records', `group="${group}"`)}) > ${maxOffsetLag}`]),
        ],
      );
      if (promises.length === 0) return undefined;
      return {
        expression: promises.join(' or '),
        forMinutes: 15,
        summary: '{{ $labels.group }} is behind by {{ $value | humanize }} seconds, or records.',
      };
    }),
  },
  {
    id: 'certificate-ends-soon',
    title: 'A certificate ends within three weeks',
    question: 'is it available',
    why: 'Renewing takes a roll, and a roll takes a good day.',
    severity: 'warning',
    prometheus: seen((watched) => ({
      expression: `${certificateDays(watched)} < 21`,
      forMinutes: 60,
      summary: 'The certificate of {{ $labels.node }} ends in {{ $value | humanize }} days.',
    })),
  },
  {
    id: 'certificate-ends',
    title: 'A certificate ends within three days',
    question: 'is it available',
    why: 'From that moment neither clients nor the other nodes talk to it; all end on the same day if they were issued together.',
    severity: 'critical',
    prometheus: seen((watched) => ({
      expression: `${certificateDays(watched)} < 3`,
      forMinutes: 5,
      summary: 'The certificate of {{ $labels.node }} ends in {{ $value | humanize }} days.',
    })),
  },
];
