import type { Board, BoardContext } from '../board';
import { lines, number, stack, table, type Panel } from '../panel';
import { choice } from '../variables';

const TASK = 'kafka_connect_connector_task_metrics';
const SOURCE = 'kafka_connect_source_task_metrics';
const SINK = 'kafka_connect_sink_task_metrics';
const ERRORS = 'kafka_connect_task_error_metrics';

/** Whether connectors move records, which do not, and why. */
export function connect({ model, series }: BoardContext): Board {
  const of = 'kafka="connect",connector=~"$connector"';
  const rate = (name: string, more = ''): string =>
    `sum by (connector) (rate(${series(name, `${of}${more}`)}[$__rate_interval]))`;
  return {
    id: 'connect',
    title: 'Connect',
    description: 'Whether connectors move records, which do not, and why.',
    variables: [choice('connector', { label: 'Connector', series: series(`${TASK}_status`, 'kafka="connect"') })],
    sections: [
      {
        title: 'Do they run?',
        panels: [
          ...workers(
            { series },
            { kafka: 'connect', declared: model.connect!.replicas, signal: 'connect-worker-down' },
          ),
          number({
            title: 'Failed tasks',
            description: 'Connect does not start them again by itself.',
            queries: [{ expression: `count(${series(`${TASK}_status`, `status="failed",${of}`)}) or vector(0)` }],
            unit: 'none',
            limits: { critical: 1 },
            signal: 'connect-task-failed',
          }),
          stack({
            title: 'Tasks',
            description: 'By state.',
            queries: [{ expression: `count by (status) (${series(`${TASK}_status`, of)})`, legend: '{{status}}' }],
            unit: 'none',
          }),
        ],
      },
      {
        title: 'What do they move?',
        panels: [
          lines({
            title: 'Written to Kafka',
            description: 'Records of sources.',
            queries: [{ expression: rate(`${SOURCE}_source_record_write_total`), legend: '{{connector}}' }],
            unit: 'cps',
            mayBeEmpty: true,
          }),
          lines({
            title: 'Read from Kafka',
            description: 'Records of sinks.',
            queries: [{ expression: rate(`${SINK}_sink_record_read_total`), legend: '{{connector}}' }],
            unit: 'cps',
            mayBeEmpty: true,
          }),
          lines({
            title: 'Not acknowledged yet',
            description:
              'Records that a source has read and Kafka has not, or that a sink has and the other side has not. A rise is the slower side.',
            queries: [
              {
                expression: `sum by (connector) (${series(`${SOURCE}_source_record_active_count`, of)})`,
                legend: '{{connector}}',
              },
              {
                expression: `sum by (connector) (${series(`${SINK}_sink_record_active_count`, of)})`,
                legend: '{{connector}}',
              },
            ],
            unit: 'short',
            mayBeEmpty: true,
          }),
          lines({
            title: 'Slowest batches',
            description: 'How long the other side takes to give or to take one.',
            queries: [
              {
                expression: `max by (connector) (${series(`${SOURCE}_poll_batch_max_time_ms`, of)})`,
                legend: '{{connector}} poll',
              },
              {
                expression: `max by (connector) (${series(`${SINK}_put_batch_max_time_ms`, of)})`,
                legend: '{{connector}} put',
              },
            ],
            unit: 'ms',
            mayBeEmpty: true,
          }),
        ],
      },
      {
        title: 'What do they lose or leave aside?',
        panels: [
          lines({
            title: 'Left aside',
            description: 'Records that were skipped, or put into the dead-letter topic.',
            queries: [
              { expression: `${rate(`${ERRORS}_total_records_skipped_total`)} > 0`, legend: '{{connector}} skipped' },
              {
                expression: `${rate(`${ERRORS}_deadletterqueue_produce_requests_total`)} > 0`,
                legend: '{{connector}} dead letters',
              },
            ],
            unit: 'cps',
            signal: 'connect-records-left',
            mayBeEmpty: true,
          }),
          lines({
            title: 'Offsets that could not be written',
            description: 'Share of the tries. What was moved since is moved again after a restart.',
            queries: [
              {
                expression: `max by (connector) (${series(`${TASK}_offset_commit_failure_percentage`, of)})`,
                legend: '{{connector}}',
              },
            ],
            unit: 'percentunit',
          }),
          table({
            title: 'Tasks that do not run',
            description: 'kdk restart-failed starts those that failed, and says why they fail again.',
            queries: [{ expression: series(`${TASK}_status`, `status!="running",${of}`) }],
            columns: { connector: 'connector', task: 'task', status: 'state', node: 'worker' },
            unit: 'none',
            width: 24,
            mayBeEmpty: true,
          }),
        ],
      },
    ],
  };
}

/** Workers of Connect or of MirrorMaker: whether they are there, and whether they agree on who does what. */
export function workers(
  { series }: Pick<BoardContext, 'series'>,
  of: { readonly kafka: 'connect' | 'mirror'; readonly declared: number; readonly signal: string },
): Panel[] {
  const matcher = `kafka="${of.kafka}"`;
  return [
    number({
      title: `Workers that answer, of ${of.declared}`,
      description: 'Tasks of one that is lost move to the others.',
      queries: [{ expression: `sum(${series('up', matcher)})` }],
      unit: 'none',
      limits: { warning: of.declared, critical: 1, bad: 'below' },
      signal: of.signal,
    }),
    number({
      title: 'Share out tasks anew',
      description:
        'Workers that wait for the others to agree who does what. It takes seconds; if it goes on, one comes and goes.',
      queries: [
        { expression: `sum(${series('kafka_connect_connect_worker_rebalance_metrics_rebalancing', matcher)})` },
      ],
      unit: 'none',
      limits: { warning: 1 },
    }),
  ];
}
