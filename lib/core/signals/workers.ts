import type { PrometheusAlert, Signal, Watched } from './signal';

/** Where there are workers with an exporter. */
const ofWorkers =
  (alert: (watched: Watched) => PrometheusAlert): Signal['prometheus'] =>
  (watched) =>
    watched.model.connect?.metricsPort === undefined ? undefined : alert(watched);

const ERRORS = 'kafka_connect_task_error_metrics';

const left = (series: Watched['series'], what: string): string =>
  `sum by (connector) (increase(${series(`${ERRORS}_${what}_total`, 'kafka="connect"')}[15m]))`;

/** Whether workers of Connect do their work, where the environment runs them. */
export const WORKER_SIGNALS: readonly Signal[] = [
  {
    id: 'connect-worker-down',
    title: 'A worker of Connect does not answer',
    question: 'does it move data in and out',
    why: 'Its tasks move to the other workers; with none left nothing is moved.',
    severity: 'warning',
    prometheus: ofWorkers(({ series }) => ({
      expression: `${series('up', 'kafka="connect"')} == 0`,
      forMinutes: 10,
      summary: 'The worker {{ $labels.node }} does not answer.',
    })),
  },
  {
    id: 'connect-task-failed',
    title: 'A task of a connector has failed',
    question: 'does it move data in and out',
    why: 'Connect does not start it again by itself: what it moves stands still.',
    severity: 'critical',
    prometheus: ofWorkers(({ series }) => ({
      expression: `sum by (connector) (${series('kafka_connect_connector_task_metrics_status', 'kafka="connect",status="failed"')}) > 0`,
      forMinutes: 5,
      summary: '{{ $value }} tasks of the connector {{ $labels.connector }} have failed.',
    })),
  },
  {
    id: 'connect-records-left',
    title: 'A connector leaves records aside',
    question: 'does it move data in and out',
    why: 'It runs and looks well, and what it skips or puts into the dead-letter topic is not on the other side.',
    severity: 'warning',
    prometheus: ofWorkers(({ series }) => ({
      expression: `${left(series, 'total_records_skipped')} + ${left(series, 'deadletterqueue_produce_requests')} > 0`,
      forMinutes: 0,
      summary: '{{ $labels.connector }} left {{ $value | printf "%.0f" }} records aside in 15 minutes.',
    })),
  },
];
