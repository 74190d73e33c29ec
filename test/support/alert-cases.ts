/** Series of one environment, `dc`, as promtool reads them: what makes an alert fire within 90 minutes, and what is well. */
export interface AlertCase {
  readonly fires: Readonly<Record<string, string>>;
  readonly silent: Readonly<Record<string, string>>;
}

const at = (name: string, node = 'b1', more = ''): string =>
  `${name}{environment="dc",kafka="node",node="${node}"${more}}`;
const ZERO = '0x90';

/** A gauge that is 0 while all is well. */
function counted(name: string, value = 2, more = ''): AlertCase {
  return { fires: { [at(name, 'b1', more)]: `${value}x90`, [at(name, 'b2', more)]: ZERO }, silent: { [at(name, 'b1', more)]: ZERO, [at(name, 'b2', more)]: ZERO } }; // prettier-ignore
}

/** A counter that stands still while all is well. */
function grows(name: string, perMinute = 1): AlertCase {
  return { fires: { [at(name)]: `0+${perMinute}x90` }, silent: { [at(name)]: '7x90' } };
}

/** A share of idle time. */
function idle(name: string): AlertCase {
  return { fires: { [at(name)]: '0.2x90' }, silent: { [at(name)]: '0.6x90' } };
}

/** What is used of something, of 100. */
function used(name: string, of: string, more = ''): AlertCase {
  const share = (value: number): Record<string, string> => ({ [at(name, 'b1', more)]: `${value}x90`, [at(of, 'b1', more)]: '100x90' }); // prettier-ignore
  return { fires: share(90), silent: share(50) };
}

const up = (states: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(states).map(([node, values]) => [at('up', node, ',controller="true"'), values]));

const CONTROLLER = 'kafka_controller_kafkacontroller';
const REPLICAS = 'kafka_server_replicamanager';

/** What is free of 100 bytes. */
function disk(filling: string, well: string): AlertCase {
  const of = (free: string): Record<string, string> => ({
    'kafka_log_dir_free_bytes{environment="dc",node="b1",log_dir="/data/1/kafka"}': free,
    'kafka_log_dir_size_bytes{environment="dc",node="b1",log_dir="/data/1/kafka"}': '100x90',
  });
  return { fires: of(filling), silent: of(well) };
}

function ends(soon: number, later: number): AlertCase {
  const of = (days: number): Record<string, string> => ({
    'kafka_certificate_end_time_seconds{environment="dc",node="b1",listener="internal"}': `${days * 86_400}x90`,
  });
  return { fires: of(soon), silent: of(later) };
}

const task = (connector: string, status: string): string =>
  `kafka_connect_connector_task_metrics_status{environment="dc",kafka="mirror",connector="${connector}",task="0",status="${status}"}`;

const copied = (what: string, partition: number): string =>
  `kafka_connect_mirror_${what}{environment="dc",kafka="mirror",source="dc1",target="dc",topic="dc1.orders",partition="${partition}"}`;
/** What producers write at the source of the mirror. */
const WRITTEN = 'kafka_server_topicmetrics_bytesin_total{environment="dc1",node="b1",topic="orders"}';

const REFUSED = 'kafka_server_socket_server_metrics_failed_authentication_total';
const throttled = (user: string): string =>
  at('kafka_server_quota_throttle_time_ms', 'b1', `,quota="Produce",user="${user}"`);

function produce(slowest: string, requests: string): Record<string, string> {
  return {
    [at('kafka_network_requestmetrics_totaltimems', 'b1', ',request="Produce",quantile="0.99"')]: slowest,
    [at('kafka_network_requestmetrics_requests_total', 'b1', ',request="Produce"')]: requests,
  };
}

/** A connector that skips records, or none. */
function leaves(labels: string): AlertCase {
  const of = (skipped: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ total_records_skipped: skipped, deadletterqueue_produce_requests: '5x90' }).map(
        ([name, values]) => [`kafka_connect_task_error_metrics_${name}_total{environment="dc",${labels}}`, values],
      ),
    );
  return { fires: of('0+1x90'), silent: of('3x90') };
}

export const ALERT_CASES: Readonly<Record<string, AlertCase>> = {
  'offline-partitions': counted(`${CONTROLLER}_offlinepartitionscount`),
  'under-min-isr': counted(`${REPLICAS}_underminisrpartitioncount`),
  // Those of `scratch.once` are always so.
  'at-min-isr': {
    fires: { [at(`${REPLICAS}_atminisrpartitioncount`)]: '7x90' },
    silent: { [at(`${REPLICAS}_atminisrpartitioncount`)]: '6x90' },
  },
  'under-replicated': counted(`${REPLICAS}_underreplicatedpartitions`),
  'offline-log-dir': counted('kafka_log_logmanager_offlinelogdirectorycount'),
  'unclean-election': grows('kafka_controller_controllerstats_uncleanleaderelections_total'),
  'replication-stopped': {
    fires: {
      [at('kafka_server_replicafetchermanager_failedpartitionscount', 'b1', ',clientid="ReplicaFetcher"')]: '2x90',
      [at('kafka_server_replicafetchermanager_deadthreadcount', 'b1', ',clientid="ReplicaFetcher"')]: ZERO,
    },
    silent: {
      [at('kafka_server_replicafetchermanager_failedpartitionscount', 'b1', ',clientid="ReplicaFetcher"')]: ZERO,
      [at('kafka_server_replicafetchermanager_deadthreadcount', 'b1', ',clientid="ReplicaFetcher"')]: ZERO,
    },
  },
  'corrupt-records': grows('kafka_server_brokertopicmetrics_invalidmessagecrcrecords_total'),
  'cleaner-stopped': {
    fires: {
      [at('kafka_log_logcleaner_deadthreadcount')]: ZERO,
      [at('kafka_log_logcleanermanager_uncleanable_partitions_count', 'b1', ',logdirectory="/data/1/kafka"')]: '1x90',
    },
    silent: {
      [at('kafka_log_logcleaner_deadthreadcount')]: ZERO,
      [at('kafka_log_logcleanermanager_uncleanable_partitions_count', 'b1', ',logdirectory="/data/1/kafka"')]: ZERO,
    },
  },
  'node-down': { fires: up({ b1: ZERO, b2: '1x90', b3: '1x90' }), silent: up({ b1: '1x90', b2: '1x90', b3: '1x90' }) },
  'no-active-controller': {
    fires: { [at(`${CONTROLLER}_activecontrollercount`, 'b1')]: ZERO, [at(`${CONTROLLER}_activecontrollercount`, 'b2')]: ZERO }, // prettier-ignore
    silent: { [at(`${CONTROLLER}_activecontrollercount`, 'b1')]: ZERO, [at(`${CONTROLLER}_activecontrollercount`, 'b2')]: '1x90' }, // prettier-ignore
  },
  'two-active-controllers': {
    fires: { [at(`${CONTROLLER}_activecontrollercount`, 'b1')]: '1x90', [at(`${CONTROLLER}_activecontrollercount`, 'b2')]: '1x90' }, // prettier-ignore
    silent: { [at(`${CONTROLLER}_activecontrollercount`, 'b1')]: '1x90', [at(`${CONTROLLER}_activecontrollercount`, 'b2')]: ZERO }, // prettier-ignore
  },
  'quorum-no-spare': {
    fires: up({ b1: ZERO, b2: '1x90', b3: '1x90' }),
    silent: up({ b1: '1x90', b2: '1x90', b3: '1x90' }),
  },
  'quorum-behind': {
    fires: { [at('kafka_server_raft_metrics_high_watermark', 'b1')]: '100+10x90', [at('kafka_server_raft_metrics_high_watermark', 'b2')]: '100x90' }, // prettier-ignore
    silent: { [at('kafka_server_raft_metrics_high_watermark', 'b1')]: '100+10x90', [at('kafka_server_raft_metrics_high_watermark', 'b2')]: '95+10x90' }, // prettier-ignore
  },
  'fenced-brokers': counted(`${CONTROLLER}_fencedbrokercount`),
  'brokers-missing': {
    fires: { [at(`${CONTROLLER}_activebrokercount`)]: '2x90' },
    silent: { [at(`${CONTROLLER}_activebrokercount`)]: '3x90' },
  },
  'metadata-errors': {
    fires: { [at(`${CONTROLLER}_metadataerrorcount`)]: ZERO, [at('kafka_server_broker_metadata_metrics_metadata_apply_error_count')]: '1x90' }, // prettier-ignore
    silent: { [at(`${CONTROLLER}_metadataerrorcount`)]: ZERO, [at('kafka_server_broker_metadata_metrics_metadata_apply_error_count')]: ZERO }, // prettier-ignore
  },
  'isr-flapping': {
    fires: { [at(`${REPLICAS}_isrshrinks_total`)]: '0+2x90', [at(`${REPLICAS}_isrexpands_total`)]: '0+2x90' },
    // A broker that goes and comes back does it once.
    silent: {
      [at(`${REPLICAS}_isrshrinks_total`)]: '0x10 200x79',
      [at(`${REPLICAS}_isrexpands_total`)]: '0x12 200x77',
    },
  },
  'late-transactions': counted(`${REPLICAS}_partitionswithlatetransactionscount`),
  'request-handlers-busy': idle('kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent'),
  'network-threads-busy': idle('kafka_network_socketserver_networkprocessoravgidle_percent'),
  'heap-full': used('jvm_memory_pool_collection_used_bytes', 'jvm_memory_pool_max_bytes', ',pool="G1 Old Gen"'),
  'garbage-collection': {
    fires: { [at('jvm_gc_collection_seconds_sum', 'b1', ',gc="G1 Young Generation"')]: '0+12x90' },
    silent: { [at('jvm_gc_collection_seconds_sum', 'b1', ',gc="G1 Young Generation"')]: '0+1x90' },
  },
  'file-descriptors': used('process_open_fds', 'process_max_fds'),
  'too-many-replicas': {
    fires: { [at(`${REPLICAS}_partitioncount`)]: '4001x90' },
    silent: { [at(`${REPLICAS}_partitioncount`)]: '4000x90' },
  },
  'leaders-uneven': {
    fires: { [at(`${CONTROLLER}_preferredreplicaimbalancecount`)]: '20x90', [at(`${CONTROLLER}_globalpartitioncount`)]: '100x90' }, // prettier-ignore
    silent: { [at(`${CONTROLLER}_preferredreplicaimbalancecount`)]: '5x90', [at(`${CONTROLLER}_globalpartitioncount`)]: '100x90' }, // prettier-ignore
  },
  'ingress-high': {
    fires: { [at('kafka_server_brokertopicmetrics_bytesin_total')]: `0+${70 * 1024 * 1024}x90` },
    silent: { [at('kafka_server_brokertopicmetrics_bytesin_total')]: `0+${50 * 1024 * 1024}x90` },
  },
  'exporter-missing': {
    fires: { 'kafka_exporter_up{environment="dc",kafka="exporter"}': ZERO },
    silent: { 'kafka_exporter_up{environment="dc",kafka="exporter"}': '1x90' },
  },
  'disk-filling': disk('10x90', '20x90'),
  'disk-full': disk('40-0.5x90', '40x90'),
  'group-late': {
    fires: { 'kafka_group_lag_seconds{environment="dc",group="billing",topic="orders"}': '0+10x90' },
    silent: { 'kafka_group_lag_seconds{environment="dc",group="billing",topic="orders"}': '299x90' },
  },
  // promtool's clock begins at 1970.
  'certificate-ends-soon': ends(20, 22),
  'certificate-ends': ends(2, 4),
  'connect-worker-down': {
    fires: { 'up{environment="dc",kafka="connect",node="w0"}': ZERO },
    silent: { 'up{environment="dc",kafka="connect",node="w0"}': '1x90' },
  },
  'connect-task-failed': {
    fires: { 'kafka_connect_connector_task_metrics_status{environment="dc",kafka="connect",connector="orders",task="0",status="failed"}': '1x90' }, // prettier-ignore
    silent: { 'kafka_connect_connector_task_metrics_status{environment="dc",kafka="connect",connector="orders",task="0",status="running"}': '1x90' }, // prettier-ignore
  },
  'connect-records-left': leaves('kafka="connect",connector="orders",task="0"'),
  'mirror-worker-down': {
    fires: { 'up{environment="dc",kafka="mirror",node="m0"}': ZERO },
    silent: { 'up{environment="dc",kafka="mirror",node="m0"}': '1x90' },
  },
  'mirror-task-failed': {
    fires: { [task('dc1-source', 'failed')]: '1x90', [task('dc1-heartbeat', 'running')]: '1x90' },
    silent: { [task('dc1-source', 'running')]: '1x90' },
  },
  'mirror-late': {
    fires: { [copied('replication_latency_ms_max', 0)]: '20000x90', [copied('replication_latency_ms_max', 1)]: '700000x90' }, // prettier-ignore
    silent: { [copied('replication_latency_ms_max', 0)]: '599000x90', [copied('replication_latency_ms_max', 1)]: '_x90' }, // prettier-ignore
  },
  'mirror-stopped': {
    fires: { [WRITTEN]: '0+1000x90', [copied('records_total', 0)]: '0+10x20 200x69' },
    silent: { [WRITTEN]: '0+1000x90', [copied('records_total', 0)]: '0+10x90' },
  },
  'produce-slow': {
    fires: produce('1500x90', '0+10x90'),
    // Nobody has produced since.
    silent: produce('1500x90', '7x90'),
  },
  'clients-throttled': {
    fires: { [throttled('checkout')]: '250x90', [throttled('billing')]: ZERO },
    silent: { [throttled('checkout')]: '_x90', [throttled('billing')]: '120x3 0x87' },
  },
  'logins-refused': {
    fires: { [at(REFUSED, 'b1', ',listener="INTERNAL",network_processor="0"')]: '0+6x90' },
    silent: { [at(REFUSED, 'b1', ',listener="INTERNAL",network_processor="0"')]: '0+2x90' },
  },
  'single-replica': {
    fires: { 'kafka_topic_single_replica{environment="dc",topic="stray"}': '1x90' },
    silent: { 'kafka_topic_single_replica{environment="dc",topic="scratch.once"}': '1x90' },
  },
};

/** What a second look at a signal showed: on real clusters these went wrong. */
export interface FurtherCase {
  readonly signal: string;
  readonly when: string;
  /** @default 4.3 */
  readonly kafka?: string;
  readonly fires?: AlertCase['fires'];
  readonly silent?: AlertCase['silent'];
}

const HANDLERS_IDLE = 'kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent';
const combined = (idle: number): Record<string, string> => ({
  [at(HANDLERS_IDLE, 'b1', ',broker="true",controller="true"')]: `${idle}x90`,
});

export const FURTHER_CASES: readonly FurtherCase[] = [
  // All controllers are gone: sums and counts of nothing are nothing, and nothing is not below any limit.
  { signal: 'no-active-controller', when: 'no node is seen', fires: {} },
  { signal: 'quorum-no-spare', when: 'no controller answers', fires: up({ b1: ZERO, b2: ZERO, b3: ZERO }) },
  { signal: 'quorum-no-spare', when: 'no controller is there to ask', fires: {} },
  // A broker that is missing is not led by itself; that is said once.
  { signal: 'leaders-uneven', when: 'a broker is missing', silent: { [at(`${CONTROLLER}_preferredreplicaimbalancecount`)]: '33x90', [at(`${CONTROLLER}_globalpartitioncount`)]: '100x90', [at(`${CONTROLLER}_activebrokercount`)]: '2x90' } }, // prettier-ignore
  // Until 4.1 a combined node tells of both of its pools in one number, up to 2.
  { signal: 'request-handlers-busy', when: 'the broker alone is busy', kafka: '4.1', fires: combined(1.2), silent: combined(1.6) }, // prettier-ignore
  { signal: 'request-handlers-busy', when: 'both are busy', kafka: '4.1', fires: combined(0.4) },
];
