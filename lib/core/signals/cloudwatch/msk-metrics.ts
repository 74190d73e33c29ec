/**
 * Metrics that Amazon MSK publishes, by kind of cluster and level, with the dimensions that they come in. Only what alarms and dashboards of
 * the kit use. Sources: Amazon MSK developer guide, metrics-details.html (Standard), metrics-details-express.html, serverless-monitoring.html
 * and consumer-lag.html, mkc-monitoring-overview.html (MSK Connect), msk-replicator-metrics-ref.html, read 2026-11-27. The guide leaves
 * `Cluster Name` out where it lists lag metrics of provisioned clusters; they have it.
 */

export const MSK_LEVELS = ['DEFAULT', 'PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'] as const;
export type MskLevel = (typeof MSK_LEVELS)[number];
export type MskKind = 'standard' | 'express' | 'serverless';

export const MSK_NAMESPACE = 'AWS/Kafka';
export const CONNECT_NAMESPACE = 'AWS/KafkaConnect';

export const CLUSTER = 'Cluster Name';
export const BROKER = 'Broker ID';
export const TOPIC = 'Topic';
export const GROUP = 'Consumer Group';
export const AUTHENTICATION = 'Client Authentication';
export const REPLICATOR = 'ReplicatorName';
export const REPLICATOR_SIDE = 'ClusterAlias';
export const CONNECTOR = 'ConnectorName';

export interface PublishedMetric {
  readonly name: string;
  readonly dimensions: readonly string[];
  readonly level: MskLevel;
}

function published(level: MskLevel, dimensions: readonly string[], names: string): PublishedMetric[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => ({ name, dimensions, level }));
}

const OF_BROKER = [CLUSTER, BROKER];
const LAGS = published('DEFAULT', [CLUSTER, GROUP, TOPIC], 'EstimatedMaxTimeLag MaxOffsetLag SumOffsetLag');

/** Of both kinds of brokers. */
const PROVISIONED: readonly PublishedMetric[] = [
  ...published('DEFAULT', [CLUSTER], 'ActiveControllerCount GlobalPartitionCount GlobalTopicCount'),
  ...published(
    'DEFAULT',
    OF_BROKER,
    `BytesInPerSec BytesOutPerSec ConnectionCount CpuIdle CpuSystem CpuUser LeaderCount MemoryFree MemoryUsed MessagesInPerSec
     PartitionCount ProduceTotalTimeMsMean`,
  ),
  ...published('DEFAULT', [CLUSTER, BROKER, TOPIC], 'BytesInPerSec BytesOutPerSec'),
  ...published('DEFAULT', [CLUSTER, BROKER, AUTHENTICATION], 'ClientConnectionCount'),
  ...LAGS,
  ...published(
    'PER_BROKER',
    OF_BROKER,
    `ConnectionCloseRate ConnectionCreationRate FetchConsumerTotalTimeMsMean FetchFollowerTotalTimeMsMean FetchThrottleTime
     IAMNumberOfConnectionRequests IAMTooManyConnections NetworkProcessorAvgIdlePercent ProduceThrottleTime ReplicationBytesInPerSec
     ReplicationBytesOutPerSec RequestHandlerAvgIdlePercent RequestThrottleTime TcpConnections TrafficBytes`,
  ),
];

const STANDARD: readonly PublishedMetric[] = [
  ...PROVISIONED,
  ...published('DEFAULT', [CLUSTER], 'KafkaDataLogsDiskUsed OfflinePartitionsCount'),
  ...published(
    'DEFAULT',
    OF_BROKER,
    `BurstBalance CPUCreditBalance HeapMemoryAfterGC KafkaAppLogsDiskUsed KafkaDataLogsDiskUsed RootDiskUsed TrafficShaping
     UnderMinIsrPartitionCount UnderReplicatedPartitions`,
  ),
  ...published(
    'PER_BROKER',
    OF_BROKER,
    `BwInAllowanceExceeded BwOutAllowanceExceeded ConnTrackAllowanceExceeded PpsAllowanceExceeded VolumeQueueLength VolumeReadBytes
     VolumeReadOps VolumeWriteBytes VolumeWriteOps`,
  ),
];

const EXPRESS: readonly PublishedMetric[] = [...PROVISIONED, ...published('DEFAULT', [CLUSTER], 'StorageUsed')];

const SERVERLESS: readonly PublishedMetric[] = [
  ...published('DEFAULT', [CLUSTER, TOPIC], 'BytesInPerSec BytesOutPerSec MessagesInPerSec'),
  ...LAGS,
];

/** By kind of cluster. */
export const MSK_METRICS: Readonly<Record<MskKind, readonly PublishedMetric[]>> = {
  standard: STANDARD,
  express: EXPRESS,
  serverless: SERVERLESS,
};

/** Of MSK Replicator, in the namespace of clusters; it has no levels. */
export const REPLICATOR_METRICS: readonly PublishedMetric[] = [
  ...published(
    'DEFAULT',
    [REPLICATOR],
    `ConsumerGroupCount ConsumerGroupOffsetSyncFailure MessageLag ReplicationFailures ReplicationLatency ReplicatorBytesInPerSec
     ReplicatorFailure ReplicatorThroughput`,
  ),
  ...published('DEFAULT', [REPLICATOR, REPLICATOR_SIDE], 'AuthError KafkaClusterPingSuccessCount ThrottleTime'),
];

/** Of MSK Connect; it has no levels. */
export const CONNECT_METRICS: readonly PublishedMetric[] = published(
  'DEFAULT',
  [CONNECTOR],
  `BytesInPerSec BytesOutPerSec CpuUtilization ErroredTaskCount MemoryUtilization RunningTaskCount SinkRecordReadRate SinkRecordSendRate
   SourceRecordPollRate SourceRecordWriteRate WorkerCount`,
);

/** The level from which a metric is there; undefined where this kind of cluster never publishes it. */
export function levelOf(kind: MskKind, name: string, dimensions: readonly string[]): MskLevel | undefined {
  return MSK_METRICS[kind].find((metric) => metric.name === name && sameDimensions(metric.dimensions, dimensions))
    ?.level;
}

export function sameDimensions(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((dimension) => right.includes(dimension));
}
