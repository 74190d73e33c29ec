import { formatBytes } from '../units';
import type { Signal, Watched } from './signal';
import { bytesPerSecondDeclared, MOST_REPLICAS } from './thresholds';

const HANDLERS_IDLE = 'kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent';

/** Share of time that request handlers of each node wait for work. */
export function handlersIdle({ model, series }: Watched, matchers?: string): string {
  const also = matchers === undefined ? '' : `,${matchers}`;
  const isCombined = model.nodes.some(({ roles }) => roles.length > 1);
  if (!model.kafka.handlerIdleSummed || !isCombined) return `min by (node) (${series(HANDLERS_IDLE, matchers)})`;
  // Controllers have little to do: what is over their 1 is that of the broker.
  const combined = `broker="true",controller="true"${also}`;
  return `min by (node) (clamp_min(${series(HANDLERS_IDLE, combined)} - 1, 0) or ${series(HANDLERS_IDLE, matchers)} unless ${series(HANDLERS_IDLE, combined)})`;
}

/** Whether nodes have enough of what they need. */
export const LOAD_SIGNALS: readonly Signal[] = [
  {
    id: 'request-handlers-busy',
    title: 'Request handlers are busy',
    question: 'is it overloaded',
    why: 'Below a third of idle time requests wait for a thread, and latency grows fast from there.',
    severity: 'warning',
    prometheus: (watched) => ({
      expression: `${handlersIdle(watched)} < 0.3`,
      forMinutes: 15,
      summary: 'Request handlers of {{ $labels.node }} are idle {{ $value | humanizePercentage }} of the time.',
    }),
  },
  {
    id: 'network-threads-busy',
    title: 'Network threads are busy',
    question: 'is it overloaded',
    why: 'TLS and many connections are their work; a busy one makes all of its clients wait.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `min by (node) (${series('kafka_network_socketserver_networkprocessoravgidle_percent')}) < 0.3`,
      forMinutes: 15,
      summary: 'Network threads of {{ $labels.node }} are idle {{ $value | humanizePercentage }} of the time.',
    }),
  },
  {
    id: 'heap-full',
    title: 'The heap is nearly full after a collection',
    question: 'is it overloaded',
    why: 'Collections follow each other, the node stalls, falls out of the ISR, and ends.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum by (node) (${series('jvm_memory_pool_collection_used_bytes', 'pool="G1 Old Gen"')}) / sum by (node) (${series('jvm_memory_pool_max_bytes', 'pool="G1 Old Gen"')} > 0) > 0.8`,
      forMinutes: 15,
      summary: 'The heap of {{ $labels.node }} is {{ $value | humanizePercentage }} full after a collection.',
    }),
  },
  {
    id: 'garbage-collection',
    title: 'Garbage collection takes the time of requests',
    question: 'is it overloaded',
    why: 'A tenth of the time spent so is seconds of standstill a minute, which cost places in the ISR.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `sum by (node) (rate(${series('jvm_gc_collection_seconds_sum')}[5m])) > 0.1`,
      forMinutes: 15,
      summary: '{{ $labels.node }} spends {{ $value | humanizePercentage }} of its time on garbage collection.',
    }),
  },
  {
    id: 'file-descriptors',
    title: 'Open files near their limit',
    question: 'will it be full',
    why: 'Two files a segment and one a connection: at the limit no segment rolls and no client comes in.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `${series('process_open_fds', 'kafka="node"')} / ${series('process_max_fds', 'kafka="node"')} > 0.8`,
      forMinutes: 15,
      summary: '{{ $labels.node }} has {{ $value | humanizePercentage }} of its files open.',
    }),
  },
  {
    id: 'too-many-replicas',
    title: 'A broker holds many replicas',
    question: 'is it overloaded',
    why: 'Restarts, elections and memory grow with them.',
    severity: 'warning',
    prometheus: ({ series }) => ({
      expression: `max by (node) (${series('kafka_server_replicamanager_partitioncount')}) > ${MOST_REPLICAS}`,
      forMinutes: 60,
      summary: `{{ $labels.node }} holds {{ $value }} replicas; ${MOST_REPLICAS} are a good limit.`,
    }),
  },
  {
    id: 'leaders-uneven',
    title: 'Leaders are not where they belong',
    question: 'is it overloaded',
    why: 'Some brokers do the work of others; Kafka gives leadership back by itself within minutes where it can.',
    severity: 'warning',
    prometheus: ({ model, series }) => ({
      // A broker that is missing leads nothing, which others say: brokers-missing.
      expression: `max(${series('kafka_controller_kafkacontroller_preferredreplicaimbalancecount')}) / max(${series('kafka_controller_kafkacontroller_globalpartitioncount')} > 0) > 0.1 unless max(${series('kafka_controller_kafkacontroller_activebrokercount')}) < ${model.brokerCount}`,
      forMinutes: 30,
      summary: '{{ $value | humanizePercentage }} of partitions are not led by their preferred leader.',
    }),
  },
  {
    id: 'ingress-high',
    title: 'More comes in than the cluster was sized for',
    question: 'is it overloaded',
    why: 'Capacity was checked against the load that the topics declare; beyond it retention, disks and a lost rack no longer fit.',
    severity: 'warning',
    prometheus: ({ model, series }) => {
      const bytesPerSecond = bytesPerSecondDeclared(model);
      if (bytesPerSecond === 0) return undefined;
      return {
        expression: `sum(rate(${series('kafka_server_brokertopicmetrics_bytesin_total')}[5m])) > ${bytesPerSecond}`,
        forMinutes: 30,
        summary: `Producers write {{ $value | humanize1024 }}B/s; the topics declare ${formatBytes(bytesPerSecond)}/s.`,
      };
    },
  },
];
