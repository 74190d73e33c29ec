/** Something that Amazon MSK holds to: what it refuses, or takes and makes useless. */
export interface ServiceRule {
  /** One sentence: what the service wants. */
  readonly states: string;
  /** The page, or how else it is known. */
  readonly source: string;
  /** The day that the source was read. */
  readonly readOn: string;
}

const GUIDE = 'https://docs.aws.amazon.com/msk/latest/developerguide';

function rule(states: string, source: string, readOn = '2026-11-22'): ServiceRule {
  return { states, source, readOn };
}

/** Every rule of the service that a refusal of the kit stands for. */
export const SERVICE_RULES = {
  clusterName: rule(
    'The name of a cluster has up to 64 letters, digits and dashes, beginning with a letter or digit.',
    'AWS::MSK::Cluster, ClusterName; Amazon MSK API, CreateClusterV2',
  ),
  versionOffered: rule(
    'A cluster is made with a version that the service lists for its type of brokers.',
    `${GUIDE}/supported-kafka-versions.html and ListKafkaVersions, 2026-09-14`,
  ),
  sizeOfType: rule(
    'Standard brokers have sizes that begin with kafka., Express brokers sizes that begin with express.',
    `${GUIDE}/broker-instance-sizes.html`,
  ),
  smallRunsNoKraft: rule(
    'kafka.t3.small runs no version with KRaft.',
    'BadRequestException of CreateClusterV2, reproduced by cdk-preflight 0.0.143',
  ),
  subnets: rule('Standard brokers have two or three subnets, each in a zone of its own.', `${GUIDE}/limits.html`),
  subnetsOfExpress: rule('Express brokers have exactly three subnets.', `${GUIDE}/msk-broker-types-express.html`),
  subnetsOfServerless: rule('A Serverless cluster has two to six subnets.', `${GUIDE}/serverless.html`),
  twoZonesInCalifornia: rule('In us-west-1 a cluster has exactly two subnets.', `${GUIDE}/limits.html`),
  zoneWithoutMsk: rule('The zone use1-az3 takes no brokers.', `${GUIDE}/limits.html`),
  serverlessRegions: rule(
    'Serverless is not there in me-central-1, us-west-1 and GovCloud.',
    'AWS::MSK::ServerlessCluster, regions of the resource specification in cfn-lint 1.58.0',
  ),
  replicatorRegions: rule('The Replicator is not there in GovCloud.', `${GUIDE}/limits.html#msk-replicator-quota`),
  brokersPerZone: rule('Every zone has the same number of brokers.', 'AWS::MSK::Cluster, NumberOfBrokerNodes'),
  brokersPerCluster: rule('A cluster with KRaft has up to 60 brokers.', `${GUIDE}/limits.html`),
  volume: rule('A Standard broker has a volume of 1 to 16384 GiB.', `${GUIDE}/limits.html`),
  expressHasNoVolumes: rule(
    'Express brokers take neither StorageInfo nor StorageMode.',
    `${GUIDE}/msk-broker-types-express.html`,
  ),
  throughputSizes: rule(
    'Storage throughput can be provisioned on kafka.m5.4xlarge, kafka.m7g.2xlarge and larger ones.',
    `${GUIDE}/msk-provision-throughput-management.html`,
    '2026-11-26',
  ),
  throughputRange: rule(
    'Provisioned throughput is 250 MiB/s up to the ceiling of the size.',
    `${GUIDE}/msk-provision-throughput-management.html`,
    '2026-11-26',
  ),
  throughputVolume: rule(
    'Throughput can be provisioned for volumes of at least 10 GiB.',
    `${GUIDE}/msk-provision-throughput.html`,
    '2026-11-26',
  ),
  tieredStorage: rule(
    'Tiered storage needs Standard brokers other than kafka.t3.small, and Kafka 3.6.0 or later.',
    `${GUIDE}/msk-tiered-storage-requirements.html`,
  ),
  tieredCleanupPolicy: rule(
    'Tiered storage is switched on only where log.cleanup.policy is delete.',
    `${GUIDE}/msk-enable-cluster-tiered-storage-cli.html`,
    '2026-11-26',
  ),
  autoscaling: rule(
    'Volumes grow at 10 to 80 percent, up to 16384 GiB, and never shrink.',
    `${GUIDE}/msk-autoexpand.html`,
  ),
  rebalancing: rule('Only Express brokers rebalance by themselves.', `${GUIDE}/intelligent-rebalancing.html`),
  authentications: rule(
    'Clients log in with IAM, SCRAM-SHA-512 or TLS, or not at all.',
    'AWS::MSK::Cluster, ClientAuthentication',
  ),
  someAuthentication: rule(
    'A cluster without unauthenticated clients has at least one mechanism.',
    'BadRequestException of CreateClusterV2, reproduced by cdk-preflight 0.0.143',
  ),
  certificateAuthorities: rule(
    'TLS authentication has a list of authorities of AWS Private CA.',
    'BadRequestException of CreateClusterV2, reproduced by cdk-preflight 0.0.143',
  ),
  logDestination: rule(
    'A log destination that is on has its name, and broker logs have at least one.',
    'BadRequestException of CreateClusterV2, reproduced by cdk-preflight 0.0.143',
  ),
  logBucket: rule(
    'A bucket name has 3 to 63 lower-case letters, digits, dots and dashes.',
    'Amazon S3 user guide, Bucket naming rules',
  ),
  logStream: rule(
    'A delivery stream name has up to 64 letters, digits, dots, dashes and underscores.',
    'Amazon Data Firehose API, CreateDeliveryStream',
  ),
  logRetention: rule(
    'Log groups keep events for one of 22 numbers of days.',
    'Amazon CloudWatch Logs API, PutRetentionPolicy',
  ),
  optionsOfStandard: rule(
    'A configuration for Standard brokers has keys of the list of the service.',
    `${GUIDE}/msk-configuration-properties.html`,
    '2026-11-23',
  ),
  optionsOfExpress: rule(
    'A configuration for Express brokers has keys of the list of the service; the others are fixed.',
    `${GUIDE}/msk-configuration-express-read-write.html`,
    '2026-11-23',
  ),
  customDns: rule(
    'custom.advertised.listeners needs a load balancer, names and a certificate that are there before.',
    `${GUIDE}/msk-configuration-properties.html`,
  ),
  optionValues: rule(
    'Values have the type and the range of Kafka, and where it is narrower that of the service.',
    `${GUIDE}/msk-configuration-properties.html; ConfigDef of the version`,
    '2026-11-23',
  ),
  optionReplicas: rule('Every replica is on a broker of its own.', 'Apache Kafka, INVALID_REPLICATION_FACTOR (38)'),
  configurationName: rule(
    'The name of a configuration has letters, digits and dashes, beginning with a letter or digit.',
    'BadRequestException of CreateConfiguration, reproduced by cdk-preflight 0.0.143',
  ),
  topicName: rule(
    'A topic name has up to 249 letters, digits, dots, dashes and underscores.',
    'Apache Kafka, INVALID_TOPIC_EXCEPTION (17); AWS::MSK::Topic, TopicName',
  ),
  topicPartitions: rule('A topic has at least one partition.', 'AWS::MSK::Topic, PartitionCount'),
  topicReplicas: rule(
    'A topic has at most as many replicas as the cluster has brokers.',
    'Apache Kafka, INVALID_REPLICATION_FACTOR (38)',
  ),
  topicZones: rule(
    'Replicas are spread over the zones, one in each; another one shares the fate of its zone.',
    `${GUIDE}/bestpractices.html`,
  ),
  topicMinIsr: rule(
    'With as many in-sync replicas as replicas no broker may be restarted, which the service does for patches.',
    `${GUIDE}/bestpractices.html`,
  ),
  topicsOfExpress: rule(
    'Topics on Express brokers have three replicas, of which two must have a record.',
    `${GUIDE}/msk-broker-types-express.html`,
  ),
  topicOptionsOfExpress: rule(
    'Topics on Express brokers take eleven options.',
    `${GUIDE}/msk-configuration-express-read-write.html`,
    '2026-11-23',
  ),
  tieredTopicCluster: rule(
    'A topic is tiered only on a cluster with tiered storage.',
    `${GUIDE}/msk-tiered-storage-requirements.html`,
  ),
  tieredTopicPolicy: rule(
    'A tiered topic has cleanup.policy=delete alone.',
    `${GUIDE}/msk-tiered-storage-requirements.html`,
  ),
  tieredTopicLocal: rule(
    'The local retention of a tiered topic is below its retention.',
    `${GUIDE}/msk-guidelines-tiered-storage-topic-level-config.html`,
    '2026-11-26',
  ),
  tieredTopicRetention: rule(
    'A tiered topic keeps records for at least three days.',
    `${GUIDE}/msk-tiered-storage-requirements.html`,
  ),
  tieredTopicSegments: rule(
    'Segments of a tiered topic have at least 48 MiB and ten minutes.',
    `${GUIDE}/msk-guidelines-tiered-storage-topic-level-config.html`,
    '2026-11-26',
  ),
} as const satisfies Record<string, ServiceRule>;

export type ServiceRuleName = keyof typeof SERVICE_RULES;
