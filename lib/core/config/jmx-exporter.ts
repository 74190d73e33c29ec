/** What is scraped at all: one bare node has 995 MBeans, 760 of them request metrics, and one set more for every topic and client. */
const OBJECT_NAMES: readonly string[] = [
  // Brokers
  'kafka.server:type=KafkaServer,name=BrokerState',
  'kafka.server:type=ReplicaManager,name=*',
  'kafka.server:type=ReplicaFetcherManager,name=MaxLag,*',
  'kafka.server:type=ReplicaFetcherManager,name=FailedPartitionsCount,*',
  'kafka.server:type=ReplicaFetcherManager,name=DeadThreadCount,*',
  // One a fetcher and broker that it fetches from.
  'kafka.server:type=replica-fetcher-metrics,*',
  // One a listener and network thread; beans of single clients have more keys and do not match.
  'kafka.server:type=socket-server-metrics,listener=*,networkProcessor=*',
  // Sums over all topics: beans of single topics have one key more and do not match.
  'kafka.server:type=BrokerTopicMetrics,name=*',
  'kafka.server:type=KafkaRequestHandlerPool,name=*',
  'kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,*',
  'kafka.server:type=SessionExpireListener,name=*',
  'kafka.server:type=broker-metadata-metrics',
  'kafka.server:type=group-coordinator-metrics',
  'kafka.coordinator.group:type=GroupMetadataManager,name=NumGroups*',
  'kafka.network:type=SocketServer,name=*',
  'kafka.network:type=RequestChannel,name=*',
  'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Produce',
  'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=FetchConsumer',
  'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=FetchFollower',
  'kafka.log:type=LogManager,*',
  'kafka.log:type=LogCleaner,name=*',
  'kafka.log:type=LogCleanerManager,*',
  'kafka.log:type=LogFlushStats,name=*',
  // Controllers and the quorum
  'kafka.controller:type=KafkaController,name=*',
  'kafka.controller:type=ControllerStats,name=*',
  'kafka.controller:type=ControllerEventManager,name=*',
  'kafka.server:type=raft-metrics',
  'kafka.server:type=MetadataLoader,*',
  // Connect and MirrorMaker workers
  'kafka.connect:type=connect-worker-metrics',
  'kafka.connect:type=connect-worker-rebalance-metrics',
  'kafka.connect:type=connector-metrics,*',
  'kafka.connect:type=connector-task-metrics,*',
  'kafka.connect:type=task-error-metrics,*',
  'kafka.connect.mirror:*',
];

interface Rule {
  readonly pattern: string;
  readonly name: string;
  readonly type?: 'GAUGE' | 'COUNTER';
  readonly value?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const YAMMER = 'kafka.([\\w.]+)<type=([^,]+), name=([^,]+)';

/** The same rule for beans with two, one and no keys beyond type and name; the first that matches wins. */
function withKeys(pattern: string, suffix: string, rule: Omit<Rule, 'pattern'>): Rule[] {
  return [
    { ...rule, pattern: `${pattern}, ([^,=]+)=([^,]+), ([^,=]+)=([^,]+)>${suffix}`, labels: { $4: '$5', $6: '$7' } },
    { ...rule, pattern: `${pattern}, ([^,=]+)=([^,]+)>${suffix}`, labels: { $4: '$5' } },
    { ...rule, pattern: `${pattern}>${suffix}` },
  ];
}

const RULES: readonly Rule[] = [
  // Meters count events since the start; the rate is Prometheus' work.
  ...withKeys(`${YAMMER.slice(0, -1)}?)PerSec`, '<>Count', { name: 'kafka_$1_$2_$3_total', type: 'COUNTER' }),
  // Idle shares: a gauge in one place, a meter of nanoseconds in another; its mean since the start would hide the present.
  ...withKeys(`${YAMMER.slice(0, -1)}?)Percent`, '<>(?:Value|OneMinuteRate)', {
    name: 'kafka_$1_$2_$3_percent',
    type: 'GAUGE',
  }),
  {
    pattern: 'kafka.network<type=RequestMetrics, name=TotalTimeMs, request=(\\w+)><>(\\d\\d)thPercentile',
    name: 'kafka_network_requestmetrics_totaltimems',
    type: 'GAUGE',
    labels: { request: '$1', quantile: '0.$2' },
  },
  {
    pattern: 'kafka.network<type=RequestMetrics, name=TotalTimeMs, request=(\\w+)><>Count',
    name: 'kafka_network_requestmetrics_requests_total',
    type: 'COUNTER',
    labels: { request: '$1' },
  },
  ...withKeys(YAMMER, '<>Value', { name: 'kafka_$1_$2_$3', type: 'GAUGE' }),
  // A text: which state a node of the quorum is in becomes a label.
  {
    pattern: 'kafka.server<type=raft-metrics><>current-state: ([a-z-]+)',
    name: 'kafka_server_raft_metrics_current_state',
    value: '1',
    type: 'GAUGE',
    labels: { state: '$1' },
  },
  // The exporter takes _total off the name of a gauge, and does not find that of a counter when it is asked for it alone.
  ...[
    ['connection-count', 'connection_count'],
    ['response-total', 'responses'],
  ].map(([attribute, name]): Rule => ({
    pattern: `kafka.server<type=replica-fetcher-metrics, broker-id=(\\d+), fetcher-id=(\\d+)><>${attribute}`,
    name: `kafka_server_replica_fetcher_metrics_${name}`,
    type: 'GAUGE',
    labels: { broker_id: '$1', fetcher_id: '$2' },
  })),
  {
    pattern: 'kafka.server<type=socket-server-metrics, listener=([^,]+), networkProcessor=(\\d+)><>connection-count',
    name: 'kafka_server_socket_server_metrics_connection_count',
    type: 'GAUGE',
    labels: { listener: '$1', network_processor: '$2' },
  },
  {
    pattern: 'kafka.server<type=(raft|broker-metadata|group-coordinator)-metrics><>([a-z0-9-]+)',
    name: 'kafka_server_$1_metrics_$2',
    type: 'GAUGE',
  },
  {
    pattern: 'kafka.connect<type=connector-task-metrics, connector=([^,]+), task=([^,]+)><>status: ([a-z-]+)',
    name: 'kafka_connect_connector_task_metrics_status',
    value: '1',
    type: 'GAUGE',
    labels: { connector: '$1', task: '$2', status: '$3' },
  },
  {
    pattern: 'kafka.connect<type=connector-metrics, connector=([^,]+)><>status: ([a-z-]+)',
    name: 'kafka_connect_connector_metrics_status',
    value: '1',
    type: 'GAUGE',
    labels: { connector: '$1', status: '$2' },
  },
  {
    pattern: 'kafka.connect<type=([^,]+), connector=([^,]+), task=([^,]+)><>([a-z0-9-]+)',
    name: 'kafka_connect_$1_$4',
    type: 'GAUGE',
    labels: { connector: '$2', task: '$3' },
  },
  { pattern: 'kafka.connect<type=([^,]+)><>([a-z0-9-]+)', name: 'kafka_connect_$1_$2', type: 'GAUGE' },
  {
    pattern: 'kafka.connect.mirror<type=([^,]+), ([^,=]+)=([^,]+), ([^,=]+)=([^,]+), ([^,=]+)=([^,]+)><>([a-z0-9-]+)',
    name: 'kafka_connect_mirror_$1_$8',
    type: 'GAUGE',
    labels: { $2: '$3', $4: '$5', $6: '$7' },
  },
];

/**
 * Configuration (YAML) of the JMX exporter for every process of the kit. Names are `kafka_<domain>_<type>_<name>` in lower case, with
 * `_total` for meters and `_percent` for idle shares: `kafka_server_replicamanager_underreplicatedpartitions`.
 */
export function jmxExporterRules(): string {
  const lines = ['lowercaseOutputName: true', 'lowercaseOutputLabelNames: true', 'includeObjectNames:'];
  for (const name of OBJECT_NAMES) lines.push(`  - ${JSON.stringify(name)}`);
  lines.push('rules:');
  for (const { pattern, name, value, type, labels } of RULES) {
    lines.push(`  - pattern: ${JSON.stringify(pattern)}`, `    name: ${JSON.stringify(name)}`);
    if (value !== undefined) lines.push(`    value: ${value}`);
    if (type !== undefined) lines.push(`    type: ${type}`);
    if (labels === undefined) continue;
    lines.push('    labels:');
    for (const [label, text] of Object.entries(labels))
      lines.push(`      ${JSON.stringify(label)}: ${JSON.stringify(text)}`);
  }
  return `${lines.join('\n')}\n`;
}
