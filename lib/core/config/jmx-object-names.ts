/** What is scraped at all: one bare node has 995 MBeans, 760 of them request metrics, and one set more for every topic and client. */
export const JMX_OBJECT_NAMES: readonly string[] = [
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
  // Sums over all topics; of single topics bytes alone, since all that a broker counts would be twenty series for each.
  'kafka.server:type=BrokerTopicMetrics,name=*',
  'kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=*',
  'kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec,topic=*',
  // Who a quota is about: there are none where there is no quota. Users, clients, and clients of users are beans of different keys.
  ...['Produce', 'Fetch', 'Request', 'ControllerMutation'].flatMap((quota) =>
    ['user=*', 'client-id=*', 'user=*,client-id=*'].map((who) => `kafka.server:type=${quota},${who}`),
  ),
  'kafka.server:type=KafkaRequestHandlerPool,name=*',
  'kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,*',
  'kafka.server:type=SessionExpireListener,name=*',
  'kafka.server:type=broker-metadata-metrics',
  'kafka.server:type=group-coordinator-metrics',
  'kafka.server:type=group-coordinator-metrics,protocol=*',
  'kafka.coordinator.group:type=GroupMetadataManager,name=NumGroups*',
  'kafka.network:type=SocketServer,name=*',
  'kafka.network:type=RequestChannel,name=*',
  'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=Produce',
  'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=FetchConsumer',
  'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=FetchFollower',
  // Where the time of the two that clients wait for is spent, and what they are refused for.
  ...['Produce', 'FetchConsumer'].flatMap((request) =>
    ['RequestQueueTimeMs', 'LocalTimeMs', 'RemoteTimeMs', 'ThrottleTimeMs', 'ResponseQueueTimeMs', 'ResponseSendTimeMs']
      .map((phase) => `kafka.network:type=RequestMetrics,name=${phase},request=${request}`)
      .concat(`kafka.network:type=RequestMetrics,name=ErrorsPerSec,request=${request},error=*`),
  ),
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
  'kafka.connect:type=source-task-metrics,*',
  'kafka.connect:type=sink-task-metrics,*',
  'kafka.connect:type=task-error-metrics,*',
  'kafka.connect.mirror:type=MirrorSourceConnector,*',
  'kafka.connect.mirror:type=MirrorCheckpointConnector,*',
];
