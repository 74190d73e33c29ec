import { Fn, Size, Token, type Stack } from 'aws-cdk-lib/core';
import {
  ClientAuthentication,
  KafkaNetwork,
  KafkaVersion,
  MskBrokers,
  MskCluster,
  MskLogs,
  MskServerlessCluster,
  MskStorageMode,
  MskTopic,
  type MskClusterProps,
  type MskTopicProps,
} from '../../lib/msk';
import { testStack } from '../support/cdk';
import { clusterIn, NETWORK } from '../support/msk';
import { environmentOf } from '../support/msk-environment';

const SMALL = { instanceType: 'kafka.m7g.large', count: 3, storage: Size.gibibytes(100) };
const TOKEN = Fn.importValue('something');

describe('what the service would refuse', () => {
  const standard = (count: number, instanceType = 'kafka.m7g.large', gib = 100): MskBrokers =>
    MskBrokers.standard({ instanceType, count, storage: Size.gibibytes(gib) });
  test.each<[string, Partial<MskClusterProps>, string | RegExp]>([
    [
      'a name with an underscore',
      { clusterName: 'my_cluster' },
      'clusterName: not a name for a cluster, got "my_cluster"',
    ],
    [
      'a version that only Express has',
      { kafkaVersion: KafkaVersion.V4_2 },
      'kafkaVersion: Amazon MSK does not offer the version for Standard brokers, got 4.2',
    ],
    [
      'a version that Express has not',
      { brokers: MskBrokers.express({ instanceType: 'express.m7g.large', count: 3 }) },
      'does not offer the version for Express brokers, got 4.1; 3.9 and 4.2 are allowed',
    ],
    [
      'an Express size for standard brokers',
      { brokers: standard(3, 'express.m7g.large') },
      'brokers.instanceType: not a size of Standard brokers',
    ],
    [
      'four brokers in three zones',
      { brokers: standard(4) },
      'brokers.count: the brokers cannot be spread evenly over the zones, got 4 for 3 zones; a multiple of 3 is allowed. Use 6.',
    ],
    ['63 brokers', { brokers: standard(63) }, 'too many brokers for a cluster with KRaft, got 63'],
    [
      'a volume of 17 TiB',
      { brokers: standard(3, 'kafka.m7g.large', 17_408) },
      'brokers.storage: not a size for the volume',
    ],
    [
      'one subnet',
      { network: KafkaNetwork.fromIds('vpc-1', ['subnet-1']) },
      'network: not a number of subnets that the service takes for Standard brokers, got 1',
    ],
    [
      'OAuth',
      { clientAuthentications: [ClientAuthentication.OAUTHBEARER] },
      'clientAuthentications: Amazon MSK does not know the authentication, got oauthbearer',
    ],
    [
      'client certificates without an authority',
      { clientAuthentications: [ClientAuthentication.MTLS] },
      'certificateAuthorityArns: nobody vouches for client certificates',
    ],
    [
      'an option that the service does not take',
      { configuration: { 'log.dirs': '/data' } },
      'configuration["log.dirs"]: Amazon MSK does not take the option',
    ],
    ['a mistyped option', { configuration: { 'num.partition': '3' } }, 'Did you mean num.partitions?'],
    [
      'throughput of a small size',
      { brokers: MskBrokers.standard({ ...SMALL, provisionedThroughputMiBps: 300 }) },
      'brokers.provisionedThroughputMiBps: no throughput can be provisioned for this size of brokers, got 300 MiB/s on kafka.m7g.large',
    ],
    [
      'tiered storage of kafka.t3.small',
      {
        brokers: MskBrokers.standard({ ...SMALL, instanceType: 'kafka.t3.small', storageMode: MskStorageMode.TIERED }),
      },
      'brokers.storageMode: the size of the brokers has no tiered storage, got kafka.t3.small',
    ],
    [
      'volumes that cannot grow',
      { brokers: MskBrokers.standard({ ...SMALL, storageAutoscaling: { maxStorage: Size.gibibytes(100) } }) },
      'brokers.storageAutoscaling.maxStorage: not a size that volumes of 100 GiB can grow to, got 100 GiB',
    ],
    [
      'a volume that is not whole',
      { brokers: MskBrokers.standard({ ...SMALL, storage: Size.mebibytes(1536) }) },
      'brokers.storage: not a size for the volume of a broker, got 1.5 GiB',
    ],
    ['broker logs that go nowhere', { brokerLogs: MskLogs.none() }, 'brokerLogs: broker logs go nowhere'],
    [
      'logs for 31 days',
      { authorizerLogs: MskLogs.to({ retentionDays: 31 }) },
      'authorizerLogs.retentionDays: not a number of days that a log group keeps events, got 31',
    ],
    [
      'a prefix without a bucket',
      { brokerLogs: MskLogs.to({ prefix: 'kafka/' }) },
      'brokerLogs.prefix: there is no bucket for the prefix, got kafka/',
    ],
    [
      'compaction of everything with tiers',
      {
        brokers: MskBrokers.standard({ ...SMALL, storageMode: MskStorageMode.TIERED }),
        configuration: { 'log.cleanup.policy': 'compact' },
      },
      'configuration["log.cleanup.policy"]: topics of a cluster with tiered storage are not compacted',
    ],
    [
      'a value out of the range of the service',
      { configuration: { 'replica.lag.time.max.ms': '5000' } },
      'configuration["replica.lag.time.max.ms"]: the value of replica.lag.time.max.ms is out of the range of the service, got 5000',
    ],
    [
      'more replicas than brokers',
      { configuration: { 'default.replication.factor': '5' } },
      'configuration["default.replication.factor"]: the value of default.replication.factor is above the number of brokers, got 5 for 3',
    ],
    [
      'a name that is a token',
      { clusterName: TOKEN },
      'clusterName: the value is known only while deploying, got a token',
    ],
    [
      'subnets that are a token',
      { network: KafkaNetwork.fromIds('vpc-1', Fn.split(',', TOKEN)) },
      'network: the value is known only while deploying, got a token; a literal is needed',
    ],
    [
      'a size and a number that are tokens',
      { brokers: MskBrokers.standard({ ...SMALL, instanceType: TOKEN, count: Token.asNumber({ Ref: 'Count' }) }) },
      /brokers.instanceType: [^]*brokers.count: the value is known only while deploying/,
    ],
    [
      'a volume that is a token',
      { brokers: MskBrokers.standard({ ...SMALL, storage: Size.gibibytes(Token.asNumber({ Ref: 'Size' })) }) },
      'brokers.storage: the value is known only while deploying, got a token',
    ],
    [
      'an option that is a token',
      { configuration: { 'num.partitions': TOKEN } },
      'configuration["num.partitions"]: the value is known only while deploying',
    ],
    [
      'both a VPC and a network',
      { vpc: {} as never },
      'vpc: where the brokers live is not clear, got both vpc and network',
    ],
  ])('fails for %s', (_what, props, message) => {
    expect(() => clusterIn(testStack(), props)).toThrow(message);
  });

  test('fails once with every problem at once', () => {
    expect(() => clusterIn(testStack(), { clusterName: 'a_b', brokers: standard(61) })).toThrow(
      /clusterName[^]*brokers.count[^]*brokers.count/,
    );
  });
});

describe('names that are there already', () => {
  test('fails for two clusters of one name in a stack, and takes two names', () => {
    const stack = testStack();
    clusterIn(stack, { clusterName: 'events' });
    clusterIn(stack, { clusterName: 'second' }, 'Second');
    expect(() => clusterIn(stack, { clusterName: 'events' }, 'Third')).toThrow(
      'Test/Third: clusterName: a cluster of this name is there already, got events of Test/Events',
    );
    expect(() => new MskServerlessCluster(stack, 'None', { network: NETWORK, clusterName: 'second' })).toThrow(
      'a cluster of this name is there already, got second of Test/Second',
    );
  });

  test('fails for two topics of one name on a cluster, and takes them on two', () => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    const other = clusterIn(stack, {}, 'Other');
    const props = { topicName: 'orders', partitions: 3 };
    new MskTopic(stack, 'Orders', { ...props, cluster });
    new MskTopic(stack, 'OtherOrders', { ...props, cluster: other });
    expect(() => new MskTopic(stack, 'Again', { ...props, cluster })).toThrow(
      'Test/Again: topicName: a topic of the cluster of this name is there already, got orders of Test/Orders',
    );
  });

  test('fails for a topic that an environment declares, or whose reconciler owns all of them', () => {
    const props = { topicName: 'orders', partitions: 3 };
    const declared = environmentOf('kafka: { version: "4.1" }\ntopics: { orders: {} }');
    const owned = environmentOf('kafka: { version: "4.1" }\ntargets: { msk: { topicsManagedBy: reconciler } }');
    const clusterOf = (stack: Stack): MskCluster =>
      stack.node.findAll().find((one): one is MskCluster => one instanceof MskCluster)!;
    expect(() => new MskTopic(declared, 'Orders', { ...props, cluster: clusterOf(declared) })).toThrow(
      'got orders of Test/Kafka/Topics',
    );
    expect(() => new MskTopic(owned, 'Orders', { ...props, cluster: clusterOf(owned) })).toThrow(
      "Test/Orders: cluster: topics of the cluster are the reconciler's, got orders for CloudFormation",
    );
  });
});

describe('what a topic cannot be', () => {
  test.each<[string, Partial<MskTopicProps>, string | RegExp]>([
    [
      'more replicas than brokers',
      { replicationFactor: 5 },
      'replicationFactor: the replication factor is above the number of brokers, got 5 for 3',
    ],
    [
      'a mistyped option',
      { config: { 'compresion.type': 'zstd' } },
      'config["compresion.type"]: the option is not known',
    ],
    ['a wrong value', { config: { 'segment.ms': '1h' } }, 'config["segment.ms"]: the value of segment.ms is not'],
    [
      'an option with a property of its own',
      { config: { 'retention.ms': '1' } },
      'config["retention.ms"]: the option has a property of its own, got retention.ms; retention says it. Use retention.',
    ],
    [
      'tiers that the cluster does not have',
      { config: { 'remote.storage.enable': 'true' } },
      'config["remote.storage.enable"]: the cluster has no tiered storage',
    ],
    ['a name that is a token', { topicName: TOKEN }, 'topicName: the value is known only while deploying'],
    [
      'partitions that are a token',
      { partitions: Token.asNumber({ Ref: 'P' }) },
      'partitions: the value is known only while deploying',
    ],
  ])('fails for %s', (_what, props, message) => {
    const stack = testStack();
    const cluster = clusterIn(stack);
    expect(() => new MskTopic(stack, 'Orders', { cluster, topicName: 'orders', partitions: 3, ...props })).toThrow(
      message,
    );
  });

  test('fails for an option that topics of Express brokers do not take', () => {
    const stack = testStack();
    const brokers = MskBrokers.express({ instanceType: 'express.m7g.large', count: 3 });
    const cluster = clusterIn(stack, { kafkaVersion: KafkaVersion.V4_2, brokers });
    const props = {
      cluster,
      topicName: 'orders',
      partitions: 3,
      replicationFactor: 2,
      config: { 'segment.ms': '1000000' },
    };
    expect(() => new MskTopic(stack, 'Orders', props)).toThrow(
      /replicationFactor: the service fixes replicationFactor, got 2; 3 is allowed[^]*config\["segment.ms"\]: the option cannot be set/,
    );
  });
});
