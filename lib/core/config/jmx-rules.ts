/** What a series is called: the first pattern that is found in `domain<key=value, ...><>attribute: value` wins. */
export interface JmxRule {
  readonly pattern: string;
  readonly name: string;
  readonly type?: 'GAUGE' | 'COUNTER';
  readonly value?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

const LISTENER = 'kafka.server<type=socket-server-metrics, listener=([^,]+), networkProcessor=(\\d+)><>';
const YAMMER = 'kafka.([\\w.]+)<type=([^,]+), name=([^,]+)';

/** The same rule for beans with two, one and no keys beyond type and name; the first that matches wins. */
function withKeys(pattern: string, suffix: string, rule: Omit<JmxRule, 'pattern'>): JmxRule[] {
  return [
    { ...rule, pattern: `${pattern}, ([^,=]+)=([^,]+), ([^,=]+)=([^,]+)>${suffix}`, labels: { $4: '$5', $6: '$7' } },
    { ...rule, pattern: `${pattern}, ([^,=]+)=([^,]+)>${suffix}`, labels: { $4: '$5' } },
    { ...rule, pattern: `${pattern}>${suffix}` },
  ];
}

export const JMX_RULES: readonly JmxRule[] = [
  // Before the rule for all meters: a sum over the series of single topics and of all topics would count twice.
  {
    pattern: 'kafka.server<type=BrokerTopicMetrics, name=(\\w+)PerSec, topic=([^,]+)><>Count',
    name: 'kafka_server_topicmetrics_$1_total',
    type: 'COUNTER',
    labels: { topic: '$2' },
  },
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
  {
    pattern:
      'kafka.network<type=RequestMetrics, name=(RequestQueue|Local|Remote|Throttle|ResponseQueue|ResponseSend)TimeMs, request=(\\w+)><>99thPercentile',
    name: 'kafka_network_requestmetrics_phasetimems',
    type: 'GAUGE',
    labels: { phase: '$1', request: '$2', quantile: '0.99' },
  },
  ...quotaRules(),
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
  ].map(([attribute, name]): JmxRule => ({
    pattern: `kafka.server<type=replica-fetcher-metrics, broker-id=(\\d+), fetcher-id=(\\d+)><>${attribute}`,
    name: `kafka_server_replica_fetcher_metrics_${name}`,
    type: 'GAUGE',
    labels: { broker_id: '$1', fetcher_id: '$2' },
  })),
  {
    pattern: `${LISTENER}connection-count`,
    name: 'kafka_server_socket_server_metrics_connection_count',
    type: 'GAUGE',
    labels: { listener: '$1', network_processor: '$2' },
  },
  // Passwords that are wrong, and certificates that have ended or are not known.
  {
    pattern: `${LISTENER}failed-authentication-total`,
    name: 'kafka_server_socket_server_metrics_failed_authentication_total',
    type: 'COUNTER',
    labels: { listener: '$1', network_processor: '$2' },
  },
  // Of the sixty that a coordinator has: what it is asked for, and whether it keeps up.
  {
    pattern:
      'kafka.server<type=group-coordinator-metrics><>(offset-(?:commit|expiration|deletion)-count|(?:group-completed|consumer-group|share-group|streams-group)-rebalance-count|partition-load-time-max|event-queue-size|(?:event-queue|event-processing)-time-ms-p99|thread-idle-ratio-avg): ',
    name: 'kafka_server_group_coordinator_metrics_$1',
    type: 'GAUGE',
  },
  {
    pattern: 'kafka.server<type=group-coordinator-metrics, protocol=(\\w+)><>group-count: ',
    name: 'kafka_server_group_coordinator_metrics_groups',
    type: 'GAUGE',
    labels: { protocol: '$1' },
  },
  {
    pattern: 'kafka.server<type=(raft|broker-metadata)-metrics><>([a-z0-9-]+)',
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
  ...taskRules(),
  { pattern: 'kafka.connect<type=([^,]+)><>([a-z0-9-]+)', name: 'kafka_connect_$1_$2', type: 'GAUGE' },
  ...mirrorRules(),
];

/** How fast who comes under a quota is, and how long it was made to wait. */
function quotaRules(): JmxRule[] {
  const attributes = {
    'byte-rate': 'byte_rate',
    'request-time': 'request_time_percent',
    'throttle-time': 'throttle_time_ms',
  };
  const who: readonly (readonly [keys: string, labels: Record<string, string>])[] = [
    [', user=([^,]+), client-id=([^,]+)', { user: '$2', client_id: '$3' }],
    [', user=([^,]+)', { user: '$2' }],
    [', client-id=([^,]+)', { client_id: '$2' }],
  ];
  return Object.entries(attributes).flatMap(([attribute, name]) =>
    who.map(([keys, labels]): JmxRule => ({
      pattern: `kafka.server<type=(Produce|Fetch|Request|ControllerMutation)${keys}><>${attribute}`,
      name: `kafka_server_quota_${name}`,
      type: 'GAUGE',
      labels: { quota: '$1', ...labels },
    })),
  );
}

/** Of the sixty attributes that a task has, those that say whether it moves records, and how many it could not. */
function taskRules(): JmxRule[] {
  const labels = { connector: '$2', task: '$3' };
  const task = 'kafka.connect<type=([^,]+), connector=([^,]+), task=([^,]+)><>';
  const counters = [
    'source-record-(?:poll|write)',
    'sink-record-(?:read|send)',
    'total-record-(?:errors|failures)',
    'total-records-skipped',
    'deadletterqueue-produce-(?:requests|failures)',
  ];
  const gauges = [
    'offset-commit-(?:failure-percentage|max-time-ms)',
    'source-record-active-count',
    'sink-record-active-count',
    '(?:poll|put)-batch-max-time-ms',
    'partition-count',
    'last-error-timestamp',
  ];
  return [
    // Counters whose names end in -total, and those that do not.
    {
      pattern: `${task}(${counters.slice(0, 2).join('|')})-total: `,
      name: 'kafka_connect_$1_$4_total',
      type: 'COUNTER',
      labels,
    },
    {
      pattern: `${task}(${counters.slice(2).join('|')}): `,
      name: 'kafka_connect_$1_$4_total',
      type: 'COUNTER',
      labels,
    },
    { pattern: `${task}(${gauges.join('|')}): `, name: 'kafka_connect_$1_$4', type: 'GAUGE', labels },
  ];
}

/** By partition, as MirrorMaker counts them: four series each, where it has twelve. */
function mirrorRules(): JmxRule[] {
  const flow = 'kafka.connect.mirror<type=Mirror(Source|Checkpoint)Connector, source=([^,]+), target=([^,]+)';
  const source = { source: '$2', target: '$3', topic: '$4', partition: '$5' };
  const copied = `${flow}, topic=([^,]+), partition=(\\d+)><>`;
  return [
    {
      pattern: `${copied}(record|byte)-count`,
      name: 'kafka_connect_mirror_$6s_total',
      type: 'COUNTER',
      labels: source,
    },
    {
      pattern: `${copied}(replication-latency-ms-max|record-age-ms-max)`,
      name: 'kafka_connect_mirror_$6',
      type: 'GAUGE',
      labels: source,
    },
    {
      pattern: `${flow}, group=([^,]+), topic=([^,]+), partition=(\\d+)><>(checkpoint-latency-ms-max)`,
      name: 'kafka_connect_mirror_$7',
      type: 'GAUGE',
      labels: { source: '$2', target: '$3', group: '$4', topic: '$5', partition: '$6' },
    },
  ];
}
