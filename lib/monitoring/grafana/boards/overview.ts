import { partitionsWithoutSpare, SLOW_PRODUCE_MS } from '../../../core/signals';
import type { Board, BoardContext, Section } from '../board';
import { lines, none, number, table } from '../panel';
import { RECORDED } from '../../recording-rules';
import { activeControllers, controllersThatAnswer } from './controllers';
import { full, load } from './overview-capacity';

const CONTROLLER = 'kafka_controller_kafkacontroller';
const REPLICAS = 'kafka_server_replicamanager';

/** Whether all is well, by the questions that somebody asks who was woken up. */
export function overview(context: BoardContext): Board {
  return {
    id: 'overview',
    title: 'Overview',
    description:
      'Is data safe, is it available, is it late, will it be full, is it overloaded: green, or a page that says what to do.',
    variables: [],
    sections: [alerts(context), safe(context), available(context), late(context), full(context), load(context)],
  };
}

function alerts({ series }: BoardContext): Section {
  return {
    title: 'What is wrong now',
    panels: [
      table({
        title: 'Alerts',
        description:
          'What fires or is about to. The name of a signal leads to its page: what to look at, the way out, what not to do.',
        queries: [
          {
            expression: `sort_desc(sum by (severity, alertstate, signal, node, group, topic, connector, source, user) (${series('ALERTS')}))`,
          },
        ],
        columns: {
          severity: 'severity',
          alertstate: 'state',
          signal: 'signal',
          ...{ node: 'node', group: 'group', topic: 'topic', connector: 'connector', source: 'source', user: 'user' },
        },
        unit: 'none',
        width: 24,
        height: 6,
        mayBeEmpty: true,
      }),
    ],
  };
}

function safe({ model, series }: BoardContext): Section {
  const withoutSpare = partitionsWithoutSpare(model);
  return {
    title: 'Is data safe?',
    panels: [
      none({
        title: 'Without leader',
        description: 'Partitions that nobody can read or write.',
        queries: [{ expression: `max(${series(`${CONTROLLER}_offlinepartitionscount`)})` }],
        signal: 'offline-partitions',
      }),
      none({
        title: 'Below min ISR',
        description: 'Partitions on which producers with acks=all are refused.',
        queries: [{ expression: `sum(${series(`${REPLICAS}_underminisrpartitioncount`)})` }],
        signal: 'under-min-isr',
      }),
      ...(withoutSpare === undefined
        ? []
        : [
            number({
              title: 'None to spare',
              description: `Partitions on which producers with acks=all are refused when one more broker goes${withoutSpare === 0 ? '' : `; of ${withoutSpare} topics declare it`}.`,
              queries: [{ expression: `sum(${series(`${REPLICAS}_atminisrpartitioncount`)})` }],
              unit: 'none',
              limits: { warning: withoutSpare + 1 },
              signal: 'at-min-isr',
            }),
          ]),
      none({
        title: 'Not in sync',
        description: 'Partitions with fewer copies than declared.',
        queries: [{ expression: `sum(${series(`${REPLICAS}_underreplicatedpartitions`)})` }],
        signal: 'under-replicated',
        severity: 'warning',
      }),
      none({
        title: 'Log directories offline',
        description: 'Disks that failed or are full, with every replica on them.',
        queries: [{ expression: `sum(${series('kafka_log_logmanager_offlinelogdirectorycount')})` }],
        signal: 'offline-log-dir',
      }),
      none({
        title: 'Unclean elections in a day',
        description: 'Leaders that lacked acknowledged records: those are gone.',
        queries: [
          {
            expression: `sum(increase(${series('kafka_controller_controllerstats_uncleanleaderelections_total')}[1d]))`,
          },
        ],
        signal: 'unclean-election',
      }),
    ],
  };
}

function available(context: BoardContext): Section {
  const { model, series } = context;
  return {
    title: 'Is it available?',
    panels: [
      number({
        title: `Brokers that serve, of ${model.brokerCount}`,
        description: 'As the controller counts them: registered and not fenced.',
        queries: [{ expression: `max(${series(`${CONTROLLER}_activebrokercount`)})` }],
        unit: 'none',
        limits: { warning: model.brokerCount, critical: model.brokerCount - 1, bad: 'below' },
        signal: 'brokers-missing',
      }),
      controllersThatAnswer(context),
      activeControllers(context),
      none({
        title: 'Nodes that do not answer',
        description: 'Down, or not reached by Prometheus.',
        queries: [{ expression: `count(${series('up', 'kafka="node"')} == 0) or vector(0)` }],
        signal: 'node-down',
        severity: 'warning',
      }),
      none({
        title: 'Fenced brokers',
        description: 'Registered, but the controller does not hear from them.',
        queries: [{ expression: `max(${series(`${CONTROLLER}_fencedbrokercount`)})` }],
        signal: 'fenced-brokers',
        severity: 'warning',
      }),
      number({
        title: 'First certificate ends in',
        description: 'Of those that nodes show on their listeners.',
        queries: [{ expression: `(min(${series('kafka_certificate_end_time_seconds')}) - time()) / 86400` }],
        unit: 'd',
        limits: { warning: 21, critical: 3, bad: 'below' },
        signal: 'certificate-ends-soon',
        ofExporter: true,
      }),
    ],
  };
}

function late({ series }: BoardContext): Section {
  return {
    title: 'Is it late?',
    panels: [
      number({
        title: 'Slowest group',
        description: 'How long ago the record that it reads next was the newest one.',
        queries: [{ expression: `max(${series(RECORDED.groupLagSeconds)})` }],
        unit: 's',
        signal: 'group-late',
        ofExporter: true,
        mayBeEmpty: true,
      }),
      none({
        title: 'Late transactions',
        description: 'Partitions at which consumers with read_committed stand still.',
        queries: [{ expression: `sum(${series(`${REPLICAS}_partitionswithlatetransactionscount`)})` }],
        signal: 'late-transactions',
        severity: 'warning',
      }),
      number({
        title: 'Produce, 99th percentile',
        description: 'Of the slowest broker, with the time that followers take.',
        queries: [
          {
            expression: `max(${series('kafka_network_requestmetrics_totaltimems', 'request="Produce",quantile="0.99"')})`,
          },
        ],
        unit: 'ms',
        limits: { warning: SLOW_PRODUCE_MS },
        signal: 'produce-slow',
      }),
      lines({
        title: 'Groups that are furthest behind',
        description: 'Ten of them.',
        queries: [{ expression: `topk(10, ${series(RECORDED.groupLagSeconds)})`, legend: '{{group}}' }],
        unit: 's',
        width: 12,
        height: 6,
        ofExporter: true,
        mayBeEmpty: true,
      }),
    ],
  };
}
