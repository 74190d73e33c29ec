import { METADATA_ERRORS } from '../../../core/signals';
import type { Board, BoardContext } from '../board';
import { lines, number, table } from '../panel';
import { activeControllers, controllersThatAnswer, declaredControllers } from './controllers';

const CONTROLLER = 'kafka_controller_kafkacontroller';
const RAFT = 'kafka_server_raft_metrics';

/** Whether controllers agree, and whether all nodes know what they agreed on. */
export function quorum(context: BoardContext): Board {
  const { series } = context;
  const { declared } = declaredControllers(context);
  const behind = `scalar(max(${series(`${RAFT}_high_watermark`)})) - max by (node) (${series(`${RAFT}_high_watermark`)})`;
  const rate = (name: string): string => `sum(increase(${series(name)}[$__rate_interval]))`;
  return {
    id: 'quorum',
    title: 'KRaft quorum',
    description: 'Whether controllers agree, and whether all nodes know what they agreed on.',
    variables: [],
    sections: [
      {
        title: 'Do they agree?',
        panels: [
          activeControllers(context),
          controllersThatAnswer(context),
          number({
            title: 'Voters, as they know it',
            description: `${declared} are declared. Fewer, or more: a change of the quorum that was not ended.`,
            queries: [{ expression: `max(${series(`${RAFT}_number_of_voters`)})` }],
            unit: 'none',
            limits: { warning: declared, bad: 'below' },
          }),
          number({
            title: 'Errors in metadata',
            description: 'A node that met one may act on what is not so.',
            queries: [
              {
                expression: `sum(${series('', `__name__=~"${METADATA_ERRORS.join('|')}"`)})`,
              },
            ],
            unit: 'none',
            limits: { critical: 1 },
            signal: 'metadata-errors',
          }),
          number({
            title: 'Elections in a day',
            description:
              'How often the epoch rose. A roll of the controllers is some; one an hour is a network or a disk that stalls.',
            queries: [
              {
                expression: `max(${series(`${RAFT}_current_epoch`)}) - min(min_over_time(${series(`${RAFT}_current_epoch`)}[1d]))`,
              },
            ],
            unit: 'none',
            limits: { warning: 24 },
          }),
          table({
            title: 'Who is what',
            description: 'State of each node in the quorum: leader (one), follower, or observer (brokers).',
            queries: [{ expression: `max by (node, state) (${series(`${RAFT}_current_state`)})` }],
            columns: { node: 'node', state: 'state' },
            unit: 'none',
          }),
          lines({
            title: 'Time of heartbeats that ran out',
            description:
              'Brokers that the controller did not hear from in time, and what it had to give up, in an interval.',
            queries: [
              {
                expression: `max(delta(${series(`${CONTROLLER}_timedoutbrokerheartbeatcount`)}[$__rate_interval]))`,
                legend: 'heartbeats',
              },
              {
                expression: `max(delta(${series(`${CONTROLLER}_eventqueueoperationstimedoutcount`)}[$__rate_interval]))`,
                legend: 'operations',
              },
            ],
            unit: 'none',
          }),
        ],
      },
      {
        title: 'Does everybody know?',
        panels: [
          lines({
            title: 'Furthest behind in the metadata log',
            description: 'Records that a node does not know to be agreed on; ten nodes.',
            queries: [{ expression: `topk(10, ${behind})`, legend: '{{node}}' }],
            unit: 'short',
            signal: 'quorum-behind',
          }),
          lines({
            title: 'Applied late by brokers',
            description: 'How old the last change was when a broker had applied it; ten brokers.',
            queries: [
              {
                expression: `topk(10, max by (node) (${series('kafka_server_broker_metadata_metrics_last_applied_record_lag_ms')}))`,
                legend: '{{node}}',
              },
            ],
            unit: 'ms',
            signal: 'quorum-behind',
          }),
          lines({
            title: 'Commit',
            description:
              'How long the quorum takes to agree on a change: the disks of controllers, and the way between them.',
            queries: [
              { expression: `max(${series(`${RAFT}_commit_latency_avg`)})`, legend: 'on average' },
              { expression: `max(${series(`${RAFT}_commit_latency_max`)})`, legend: 'at most' },
            ],
            unit: 'ms',
            mayBeEmpty: true,
          }),
          lines({
            title: 'Records appended',
            description: 'By the active controller: what changes in the cluster.',
            queries: [{ expression: `max(${series(`${RAFT}_append_records_rate`)})`, legend: 'records' }],
            unit: 'cps',
          }),
        ],
      },
      {
        title: 'What do they keep?',
        panels: [
          lines({
            title: 'Partitions and topics',
            description: 'Of the whole cluster.',
            queries: [
              { expression: `max(${series(`${CONTROLLER}_globalpartitioncount`)})`, legend: 'partitions' },
              { expression: `max(${series(`${CONTROLLER}_globaltopiccount`)})`, legend: 'topics' },
            ],
            unit: 'short',
          }),
          lines({
            title: 'Elections of leaders that were not in sync',
            description: 'Each is a loss of what only the former leader had.',
            queries: [
              {
                expression: rate('kafka_controller_controllerstats_uncleanleaderelections_total'),
                legend: 'elections',
              },
            ],
            unit: 'none',
            signal: 'unclean-election',
          }),
        ],
      },
    ],
  };
}
