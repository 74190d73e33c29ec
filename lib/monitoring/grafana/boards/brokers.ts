import { handlersIdle, SLOW_PRODUCE_MS } from '../../../core/signals';
import type { Board, BoardContext, Section } from '../board';
import { lines, stack } from '../panel';
import { choice } from '../variables';
import { machines, replicas } from './broker-resources';
import { BY_NODE, most, MOST, OF } from './of-nodes';

const TOPICS = 'kafka_server_brokertopicmetrics';
const REQUESTS = 'kafka_network_requestmetrics';

/** Which broker, and what it spends its time on. */
export function brokers(context: BoardContext): Board {
  return {
    id: 'brokers',
    title: 'Brokers',
    description: `Which broker, and what it spends its time on. Of many, the ${MOST} that matter are shown.`,
    variables: [choice('node', { label: 'Node', series: context.series('up', 'kafka="node",broker="true"') })],
    sections: [traffic(context), requests(context), threads(context), machines(context), replicas(context)],
  };
}

function traffic({ series }: BoardContext): Section {
  const rate = (name: string): string =>
    most(`sum by (node) (rate(${series(`${TOPICS}_${name}_total`, OF)}[$__rate_interval]))`);
  const panel = (title: string, name: string, description: string, signal?: string) =>
    lines({
      title,
      description,
      queries: [{ expression: rate(name), legend: BY_NODE }],
      unit: 'Bps',
      width: 8,
      ...(signal === undefined ? {} : { signal }),
    });
  return {
    title: 'What they carry',
    panels: [
      panel(
        'Produced',
        'bytesin',
        'Whether the load is even: one that leads more than the others has more to do.',
        'leaders-uneven',
      ),
      panel('Consumed', 'bytesout', 'What clients read.'),
      panel(
        'Copied from other brokers',
        'replicationbytesin',
        'What followers read of leaders, moves of replicas among it.',
      ),
    ],
  };
}

function requests({ series }: BoardContext): Section {
  const slow = (request: string): string =>
    most(`max by (node) (${series(`${REQUESTS}_totaltimems`, `request="${request}",quantile="0.99",${OF}`)})`);
  const phases = (request: string): string =>
    `avg by (phase) (${series(`${REQUESTS}_phasetimems`, `request="${request}",${OF}`)})`;
  const refused = `sum by (request, error) (rate(${series(`${REQUESTS}_errors_total`, `error!="NONE",${OF}`)}[$__rate_interval]))`;
  return {
    title: 'How long requests take',
    panels: [
      lines({
        title: 'Produce, 99th percentile',
        description: 'With the time that followers take where producers want acks=all.',
        queries: [{ expression: slow('Produce'), legend: BY_NODE }],
        unit: 'ms',
        limits: { warning: SLOW_PRODUCE_MS },
        signal: 'produce-slow',
      }),
      stack({
        title: 'Where produce requests spend their time',
        description:
          'RequestQueue: handlers are busy. Local: the disk. Remote: followers. ResponseQueue and ResponseSend: network threads, or slow clients.',
        queries: [{ expression: phases('Produce'), legend: '{{phase}}' }],
        unit: 'ms',
        signal: 'produce-slow',
      }),
      lines({
        title: 'Fetch of followers, 99th percentile',
        description:
          'Up to half a second is waiting for records; what is above it is a follower that is about to leave the ISR.',
        queries: [{ expression: slow('FetchFollower'), legend: BY_NODE }],
        unit: 'ms',
      }),
      stack({
        title: 'Where fetches of consumers spend their time',
        description:
          'Remote is waiting for records. Local is reading them: from the disk, where they are no longer in memory.',
        queries: [{ expression: phases('FetchConsumer'), legend: '{{phase}}' }],
        unit: 'ms',
      }),
      lines({
        title: 'Requests',
        description: 'By what they ask for.',
        queries: [
          {
            expression: `sum by (request) (rate(${series(`${REQUESTS}_requests_total`, OF)}[$__rate_interval]))`,
            legend: '{{request}}',
          },
        ],
        unit: 'reqps',
      }),
      lines({
        title: 'Refused requests',
        description: 'By reason. NOT_LEADER_OR_FOLLOWER for moments is a leader that changed.',
        queries: [{ expression: `topk(${MOST}, ${refused} > 0)`, legend: '{{request}} {{error}}' }],
        unit: 'reqps',
        mayBeEmpty: true,
      }),
    ],
  };
}

function threads({ model, series }: BoardContext): Section {
  const idle = (name: string): string => `bottomk(${MOST}, min by (node) (${series(name, OF)}))`;
  return {
    title: 'How busy they are',
    panels: [
      lines({
        title: 'Request handlers, idle',
        description: 'The busiest. Below a third, requests wait for a thread.',
        queries: [{ expression: `bottomk(${MOST}, ${handlersIdle({ model, series }, OF)})`, legend: BY_NODE }],
        unit: 'percentunit',
        limits: { critical: 0.3, bad: 'below' },
        width: 8,
        signal: 'request-handlers-busy',
      }),
      lines({
        title: 'Network threads, idle',
        description: 'The busiest.',
        queries: [{ expression: idle('kafka_network_socketserver_networkprocessoravgidle_percent'), legend: BY_NODE }],
        unit: 'percentunit',
        limits: { critical: 0.3, bad: 'below' },
        width: 8,
        signal: 'network-threads-busy',
      }),
      lines({
        title: 'Requests that wait',
        description: 'For a handler, and for what they asked for: followers (produce) or records (fetch).',
        queries: [
          {
            expression: `max(${series('kafka_network_requestchannel_requestqueuesize', OF)})`,
            legend: 'for a handler',
          },
          {
            expression: `max by (delayedoperation) (${series('kafka_server_delayedoperationpurgatory_purgatorysize', `delayedoperation=~"Produce|Fetch",${OF}`)})`,
            legend: '{{delayedoperation}}',
          },
        ],
        unit: 'short',
        width: 8,
      }),
      lines({
        title: 'Connections',
        description: 'By listener.',
        queries: [
          {
            expression: `sum by (listener) (${series('kafka_server_socket_server_metrics_connection_count', OF)})`,
            legend: '{{listener}}',
          },
        ],
        unit: 'short',
      }),
      lines({
        title: 'CPU',
        description: 'Cores that the process of a node uses.',
        queries: [
          {
            expression: most(
              `sum by (node) (rate(${series('process_cpu_seconds_total', `kafka="node",${OF}`)}[$__rate_interval]))`,
            ),
            legend: BY_NODE,
          },
        ],
        unit: 'short',
      }),
    ],
  };
}
