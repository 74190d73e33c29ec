import { askedMetrics } from '../support/asked-metrics';
import { isAllowed, seriesOf } from '../support/exposed-beans';
import { watchedModel } from '../support/watched-model';

/** Beans of Kafka 4.3.1 and their attributes, as a running node and a running worker of Connect have them (2026-11-27). */
const BEANS: Readonly<Record<string, readonly string[]>> = {
  'kafka.controller:type=ControllerStats,name=UncleanLeaderElectionsPerSec': ['Count'],
  ...Object.fromEntries(
    [
      'ActiveBrokerCount',
      'ActiveControllerCount',
      'EventQueueOperationsTimedOutCount',
      'FencedBrokerCount',
      'GlobalPartitionCount',
      'GlobalTopicCount',
      'MetadataErrorCount',
      'OfflinePartitionsCount',
      'PreferredReplicaImbalanceCount',
      'TimedOutBrokerHeartbeatCount',
    ].map((name) => [`kafka.controller:type=KafkaController,name=${name}`, ['Value']]),
  ),
  'kafka.log:type=LogCleaner,name=DeadThreadCount': ['Value'],
  'kafka.log:type=LogCleanerManager,name=uncleanable-partitions-count,logDirectory="/data"': ['Value'],
  'kafka.log:type=LogManager,name=OfflineLogDirectoryCount': ['Value'],
  'kafka.network:type=RequestChannel,name=RequestQueueSize': ['Value'],
  'kafka.network:type=RequestMetrics,name=ErrorsPerSec,request=Produce,error=NOT_LEADER_OR_FOLLOWER': ['Count'],
  'kafka.network:type=RequestMetrics,name=LocalTimeMs,request=FetchConsumer': ['99thPercentile'],
  'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Produce': ['Count', '99thPercentile'],
  'kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent': ['Value'],
  'kafka.server:type=broker-metadata-metrics': [
    'last-applied-record-lag-ms',
    'metadata-apply-error-count',
    'metadata-load-error-count',
  ],
  ...Object.fromEntries(
    ['BytesIn', 'BytesOut', 'InvalidMessageCrcRecords', 'ReplicationBytesIn'].map((name) => [
      `kafka.server:type=BrokerTopicMetrics,name=${name}PerSec`,
      ['Count'],
    ]),
  ),
  'kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=orders.v1': ['Count'],
  'kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=orders.v1': ['Count'],
  'kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,delayedOperation=Produce': ['Value'],
  'kafka.server:type=Fetch,client-id=noisy': ['byte-rate', 'throttle-time'],
  'kafka.server:type=group-coordinator-metrics,protocol=classic': ['group-count'],
  'kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent': ['OneMinuteRate'],
  'kafka.server:type=Produce,user=checkout,client-id=shop-1': ['byte-rate', 'throttle-time'],
  'kafka.server:type=raft-metrics': [
    'append-records-rate',
    'commit-latency-avg',
    'commit-latency-max',
    'current-epoch',
    'high-watermark',
    'number-of-voters',
  ],
  ...Object.fromEntries(
    ['DeadThreadCount', 'FailedPartitionsCount', 'MaxLag'].map((name) => [
      `kafka.server:type=ReplicaFetcherManager,name=${name},clientId=Replica`,
      ['Value'],
    ]),
  ),
  ...Object.fromEntries(
    [
      'AtMinIsrPartitionCount',
      'LeaderCount',
      'PartitionCount',
      'PartitionsWithLateTransactionsCount',
      'ReassigningPartitions',
      'UnderMinIsrPartitionCount',
      'UnderReplicatedPartitions',
    ].map((name) => [`kafka.server:type=ReplicaManager,name=${name}`, ['Value']]),
  ),
  'kafka.server:type=ReplicaManager,name=IsrExpandsPerSec': ['Count'],
  'kafka.server:type=ReplicaManager,name=IsrShrinksPerSec': ['Count'],
  'kafka.server:type=Request,user=checkout': ['request-time', 'throttle-time'],
  'kafka.server:type=socket-server-metrics,listener=INTERNAL,networkProcessor=0': [
    'connection-count',
    'failed-authentication-total',
  ],
  'kafka.connect:type=connect-worker-rebalance-metrics': ['rebalancing'],
  'kafka.connect:type=connector-task-metrics,connector=orders,task=0': ['offset-commit-failure-percentage'],
  'kafka.connect:type=sink-task-metrics,connector=orders,task=0': [
    'put-batch-max-time-ms',
    'sink-record-active-count',
    'sink-record-read-total',
  ],
  'kafka.connect:type=source-task-metrics,connector=orders,task=0': [
    'poll-batch-max-time-ms',
    'source-record-active-count',
    'source-record-write-total',
  ],
  'kafka.connect:type=task-error-metrics,connector=orders,task=0': [
    'deadletterqueue-produce-requests',
    'total-records-skipped',
  ],
  'kafka.connect.mirror:type=MirrorCheckpointConnector,source=dc1,target=dc,group=billing,topic=dc1.orders,partition=0':
    ['checkpoint-latency-ms-max'],
  'kafka.connect.mirror:type=MirrorSourceConnector,source=dc1,target=dc,topic=dc1.orders,partition=0': [
    'byte-count',
    'record-count',
    'replication-latency-ms-max',
  ],
};

/** Texts become labels. */
const TEXTS = [
  { bean: 'kafka.server:type=raft-metrics', attribute: 'current-state', value: 'leader' },
  { bean: 'kafka.connect:type=connector-task-metrics,connector=orders,task=0', attribute: 'status', value: 'failed' },
];

const values = [
  ...Object.entries(BEANS).flatMap(([bean, attributes]) => attributes.map((attribute) => ({ bean, attribute }))),
  ...TEXTS,
];

describe('the allow-list of the JMX exporter', () => {
  test('tells all that alerts and panels ask for', () => {
    const told = new Set(values.map((value) => seriesOf(value)?.name));
    // What is not of Kafka itself: the virtual machine, and kdk exporter.
    const others = /^(jvm|process)_|^kafka_(certificate|exporter|group_(lag|members)|log_dir|topic_(data|single))/;
    expect(askedMetrics(watchedModel()).filter((name) => !told.has(name) && !others.test(name))).toEqual([]);
  });

  test('gives each value a name of its own, and says whose it is', () => {
    const names = values.map((value) => JSON.stringify(seriesOf(value)));
    expect(new Set(names).size).toBe(values.length);
    expect(
      seriesOf({ bean: 'kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=orders.v1', attribute: 'Count' }),
    ).toEqual({
      name: 'kafka_server_topicmetrics_bytesin_total',
      labels: { topic: 'orders.v1' },
    });
    expect(
      seriesOf({ bean: 'kafka.server:type=Produce,user=checkout,client-id=shop-1', attribute: 'throttle-time' }),
    ).toEqual({
      name: 'kafka_server_quota_throttle_time_ms',
      labels: { quota: 'Produce', user: 'checkout', client_id: 'shop-1' },
    });
    expect(
      seriesOf({
        bean: 'kafka.connect.mirror:type=MirrorSourceConnector,source=dc1,target=dc,topic=dc1.orders,partition=7',
        attribute: 'record-count',
      }),
    ).toEqual({
      name: 'kafka_connect_mirror_records_total',
      labels: { source: 'dc1', target: 'dc', topic: 'dc1.orders', partition: '7' },
    });
  });

  test.each([
    ['a topic beyond its bytes', 'kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec,topic=orders'],
    ['a partition', 'kafka.log:type=Log,name=Size,topic=orders,partition=0'],
    ['a request that nobody waits for', 'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Heartbeat'],
    [
      'a single connection',
      'kafka.server:type=socket-server-metrics,listener=INTERNAL,networkProcessor=0,connection=7',
    ],
    ['a client of a worker', 'kafka.consumer:type=consumer-metrics,client-id=connector-consumer-orders-0'],
  ])('leaves out %s', (_, bean) => expect(isAllowed(bean)).toBe(false));

  test.each([
    ['kafka.connect:type=task-error-metrics,connector=orders,task=0', 'total-retries'],
    ['kafka.connect:type=source-task-metrics,connector=orders,task=0', 'source-record-active-count-max'],
    [
      'kafka.connect.mirror:type=MirrorSourceConnector,source=dc1,target=dc,topic=orders,partition=0',
      'replication-latency-ms-avg',
    ],
    ['kafka.server:type=group-coordinator-metrics', 'event-queue-time-ms-p999'],
  ])('takes of %s no more than is asked for: not %s', (bean, attribute) =>
    expect(seriesOf({ bean, attribute })).toBeUndefined(),
  );
});
