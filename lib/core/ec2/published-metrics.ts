/** Where metrics of clusters on EC2 are in CloudWatch; their dimensions are `Cluster`, `Cluster` and `Node`, or `Cluster` and `Group`. */
export const METRICS_NAMESPACE = 'KafkaDeploymentKit';

/** Units of CloudWatch. */
export type MetricUnit = 'Count' | 'Percent' | 'Bytes/Second' | 'Seconds' | 'None';

/** Which nodes a metric is read of. */
export type MeasuredNodes = 'all' | 'brokers' | 'controllers';

/** How the value of a node comes from the series that its JMX exporter exposes. */
export interface NodeReading {
  /** Series, of which all that match are taken: `name` or `name{label="text"}`. */
  readonly series: readonly string[];
  /** What is made of those that match. @default sum */
  readonly fold?: 'sum' | 'min' | 'max';
  /** Percent of the sum of this series, where that is more than nothing. @default the value itself */
  readonly percentOf?: string;
  /** @default 1 */
  readonly times?: number;
  /** What a counter grew by since the last look, or by the second. @default what it is */
  readonly growth?: 'since last look' | 'each second';
}

/** A metric of a cluster on EC2 that the function of its stack publishes each minute. */
export interface PublishedMetric {
  readonly name: string;
  readonly unit: MetricUnit;
  readonly nodes: MeasuredNodes;
  /** What it says of a node. */
  readonly what: string;
  /** Absent: it is not read of the JMX exporter. */
  readonly reading?: NodeReading;
  /** Also with the dimension `Node`: for what one looks at node by node. Every one costs as much as that of the cluster. */
  readonly byNode?: true;
}

const CONTROLLER = 'kafka_controller_kafkacontroller';
const REPLICAS = 'kafka_server_replicamanager';
const FETCHERS = 'kafka_server_replicafetchermanager';
const TRAFFIC = 'kafka_server_brokertopicmetrics';
const OLD_GENERATION = '{pool="G1 Old Gen"}';

const of =
  (nodes: MeasuredNodes, unit: MetricUnit) =>
  (name: string, what: string, reading?: NodeReading, more: Pick<PublishedMetric, 'byNode'> = {}): PublishedMetric => ({
    ...{ name, unit, nodes, what, ...more },
    ...(reading === undefined ? {} : { reading }),
  });
const countOfBrokers = of('brokers', 'Count');
const countOfControllers = of('controllers', 'Count');
const share = of('brokers', 'Percent');
const BY_NODE = { byNode: true } as const;

/**
 * Of each node: with the dimension `Cluster` alone one value a node goes into the metric, so its minimum and maximum are those of the worst
 * node, its sum that of the cluster, and it costs the same for three nodes and sixty.
 */
export const NODE_METRICS: readonly PublishedMetric[] = [
  of('all', 'Count')('NodeUp', 'Whether its JMX exporter answers: 0 or 1', undefined, BY_NODE),
  countOfControllers('OfflinePartitionsCount', 'Partitions without a leader, which the active controller counts', {
    series: [`${CONTROLLER}_offlinepartitionscount`],
  }),
  countOfControllers('FencedBrokerCount', 'Brokers that are registered and not heard of', {
    series: [`${CONTROLLER}_fencedbrokercount`],
  }),
  countOfControllers('ActiveBrokerCount', 'Brokers that serve', { series: [`${CONTROLLER}_activebrokercount`] }),
  countOfControllers('UncleanLeaderElections', 'Leaders elected out of sync since the last look', {
    series: ['kafka_controller_controllerstats_uncleanleaderelections_total'],
    growth: 'since last look',
  }),
  of('controllers', 'Percent')('LeadersElsewherePercent', 'Partitions that are not led by their preferred leader', {
    series: [`${CONTROLLER}_preferredreplicaimbalancecount`],
    percentOf: `${CONTROLLER}_globalpartitioncount`,
  }),
  countOfBrokers('UnderMinIsrPartitionCount', 'Partitions that it leads with fewer replicas in sync than min ISR', {
    series: [`${REPLICAS}_underminisrpartitioncount`],
  }),
  countOfBrokers('AtMinIsrPartitionCount', 'Partitions that it leads without a replica to spare', {
    series: [`${REPLICAS}_atminisrpartitioncount`],
  }),
  countOfBrokers('UnderReplicatedPartitions', 'Partitions that it leads with a replica that is not in sync', {
    series: [`${REPLICAS}_underreplicatedpartitions`],
  }),
  countOfBrokers('OfflineLogDirectoryCount', 'Log directories that it cannot use', {
    series: ['kafka_log_logmanager_offlinelogdirectorycount'],
  }),
  countOfBrokers('StoppedReplicas', 'Partitions, and fetchers, that it has given up copying', {
    series: [`${FETCHERS}_failedpartitionscount`, `${FETCHERS}_deadthreadcount`],
  }),
  countOfBrokers('CorruptRecords', 'Records with a wrong checksum since the last look', {
    series: [`${TRAFFIC}_invalidmessagecrcrecords_total`],
    growth: 'since last look',
  }),
  countOfBrokers('UncleanedPartitions', 'Partitions that it cannot compact, and cleaner threads that died', {
    series: ['kafka_log_logcleaner_deadthreadcount', 'kafka_log_logcleanermanager_uncleanable_partitions_count'],
  }),
  countOfBrokers('IsrShrinks', 'Times that replicas fell out of sync since the last look', {
    series: [`${REPLICAS}_isrshrinks_total`],
    growth: 'since last look',
  }),
  countOfBrokers('LateTransactions', 'Partitions that it leads with a transaction that should have ended', {
    series: [`${REPLICAS}_partitionswithlatetransactionscount`],
  }),
  of('all', 'Count')('MetadataErrors', 'Errors that it met in the metadata log since its start', {
    series: [
      `${CONTROLLER}_metadataerrorcount`,
      'kafka_server_broker_metadata_metrics_metadata_load_error_count',
      'kafka_server_broker_metadata_metrics_metadata_apply_error_count',
    ],
  }),
  of('all', 'Count')('MetadataRecordsBehind', 'Records of the metadata log that another node has and it has not'),
  of('all', 'Percent')('HeapAfterCollectionPercent', 'Heap that is full after a collection', {
    series: [`jvm_memory_pool_collection_used_bytes${OLD_GENERATION}`],
    percentOf: `jvm_memory_pool_max_bytes${OLD_GENERATION}`,
  }),
  of('all', 'Percent')('CollectionTimePercent', 'Time that garbage collection took since the last look', {
    series: ['jvm_gc_collection_seconds_sum'],
    growth: 'each second',
    times: 100,
  }),
  of('all', 'Percent')('OpenFilesPercent', 'Files that are open, of those that may be', {
    series: ['process_open_fds'],
    percentOf: 'process_max_fds',
  }),
  of('all', 'None')('CertificateDaysLeft', 'Days until the first of its certificates ends'),
  share('NetworkThreadsIdlePercent', 'Idle time of its network threads', {
    series: ['kafka_network_socketserver_networkprocessoravgidle_percent'],
    fold: 'min',
    times: 100,
  }),
  share(
    'RequestHandlersIdlePercent',
    'Idle time of its request handlers',
    {
      series: ['kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent'],
      fold: 'min',
      times: 100,
    },
    BY_NODE,
  ),
  share('DiskUsedPercent', 'How full the fullest of its log directories is', undefined, BY_NODE),
  countOfBrokers('PartitionCount', 'Replicas that it holds', { series: [`${REPLICAS}_partitioncount`] }, BY_NODE),
  of('brokers', 'Bytes/Second')(
    'BytesInPerSecond',
    'What producers write to it',
    { series: [`${TRAFFIC}_bytesin_total`], growth: 'each second' },
    BY_NODE,
  ),
  of('brokers', 'Bytes/Second')(
    'BytesOutPerSecond',
    'What consumers read from it',
    { series: [`${TRAFFIC}_bytesout_total`], growth: 'each second' },
    BY_NODE,
  ),
];

/** Of the cluster as a whole, a value each. */
export const CLUSTER_METRICS = {
  ClusterAnswers: 'Whether the cluster answered the administrator: 0 or 1',
  ControllersUp: 'Controllers whose JMX exporter answers',
  ActiveControllerCount: 'Controllers that say that they are the active one',
} as const;

/** Of each group that is watched. */
export const GROUP_METRICS = {
  LagRecords: { unit: 'Count', what: 'Records that it has yet to read, of all its topics' },
  LagSeconds: {
    unit: 'Seconds',
    what: 'How long ago the record that it reads next was the newest one, of its slowest partition',
  },
} as const;

/** Names of the series that have to be read of a node. */
export function seriesNames(metrics: readonly PublishedMetric[]): string[] {
  const all = metrics.flatMap(({ reading }) =>
    reading === undefined ? [] : [...reading.series, ...(reading.percentOf === undefined ? [] : [reading.percentOf])],
  );
  return [...new Set([...all, METADATA_LOG_END, ACTIVE_CONTROLLER].map((series) => series.split('{')[0]!))].sort();
}

/** How much of the metadata log a node has. */
export const METADATA_LOG_END = 'kafka_server_raft_metrics_high_watermark';

/** Whether a controller says that it is the active one. */
export const ACTIVE_CONTROLLER = `${CONTROLLER}_activecontrollercount`;
