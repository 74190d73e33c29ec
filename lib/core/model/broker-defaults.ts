import type { KafkaRelease } from '../versions';

/** What the kit sets on every broker of its own accord, and why; `kafka.config` overrides any of it. */
export interface BrokerDefault {
  readonly option: string;
  readonly why: string;
  /** Where the reason comes from. */
  readonly source: string;
  /** The service fixes it on Express brokers of Amazon MSK and refuses to be told, even what it does anyway. */
  readonly fixedOnExpress?: true;
  /** Left out where it gives nothing. */
  value(facts: BrokerFacts): string | undefined;
}

export interface BrokerFacts {
  readonly release: KafkaRelease;
  readonly brokerCount: number;
  readonly racks: readonly string[];
  readonly managedBy: 'self' | 'service';
  /** A node that restarts has another address. */
  readonly movingAddresses?: boolean;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  /** What Amazon MSK advises with provisioned storage throughput; absent without. */
  readonly replicaFetchers?: number;
}

const internalReplication = (facts: BrokerFacts): string => String(Math.min(3, facts.brokerCount));
const internalMinIsr = (facts: BrokerFacts): string => String(facts.brokerCount >= 3 ? 2 : 1);
const newer = (facts: BrokerFacts, version: string): boolean => Number(facts.release.version) >= Number(version);

export const BROKER_DEFAULTS: readonly BrokerDefault[] = [
  {
    option: 'auto.create.topics.enable',
    why: 'a mistyped topic name must fail, not create a topic with default settings that nobody declared',
    source: 'Kafka default is true',
    value: () => 'false',
  },
  {
    option: 'default.replication.factor',
    fixedOnExpress: true,
    why: 'topics made by other means than this environment survive the loss of a broker too',
    source: 'Kafka default is 1',
    value: (facts) => String(facts.replicationFactor),
  },
  {
    option: 'min.insync.replicas',
    fixedOnExpress: true,
    why: 'with acks=all a record is on two brokers before it is acknowledged, and one broker may still be down; set for controllers too, since eligible leader replicas refuse a per-broker value',
    source: 'Kafka default is 1; KIP-966',
    value: (facts) => String(facts.minInSyncReplicas),
  },
  {
    option: 'unclean.leader.election.enable',
    fixedOnExpress: true,
    why: 'an unclean leader silently loses acknowledged records; waiting for a clean one does not',
    source: 'Kafka default is false, Amazon MSK default is true',
    value: () => 'false',
  },
  {
    option: 'offsets.topic.replication.factor',
    fixedOnExpress: true,
    why: 'losing committed offsets makes every consumer start over',
    source: 'Kafka default is 3, which fewer brokers cannot hold',
    value: internalReplication,
  },
  {
    option: 'transaction.state.log.replication.factor',
    fixedOnExpress: true,
    why: 'exactly-once depends on the transaction log surviving a broker',
    source: 'Kafka default is 3, which fewer brokers cannot hold',
    value: internalReplication,
  },
  {
    option: 'transaction.state.log.min.isr',
    fixedOnExpress: true,
    why: 'the transaction log is written like acks=all data',
    source: 'Kafka default is 2, which one broker cannot hold',
    value: internalMinIsr,
  },
  {
    option: 'share.coordinator.state.topic.replication.factor',
    why: 'the state of share groups survives a broker',
    source: 'Kafka default is 3, which fewer brokers cannot hold; KIP-932',
    value: (facts) => (facts.managedBy === 'self' && newer(facts, '4.1') ? internalReplication(facts) : undefined),
  },
  {
    option: 'share.coordinator.state.topic.min.isr',
    why: 'the state of share groups is written like acks=all data',
    source: 'Kafka default is 2, which one broker cannot hold; KIP-932',
    value: (facts) => (facts.managedBy === 'self' && newer(facts, '4.1') ? internalMinIsr(facts) : undefined),
  },
  {
    option: 'replica.selector.class',
    why: 'consumers that name their rack read from the replica in it, which saves traffic between zones',
    source: 'KIP-392',
    value: (facts) => (facts.racks.length > 1 ? 'org.apache.kafka.common.replica.RackAwareReplicaSelector' : undefined),
  },
  {
    option: 'num.replica.fetchers',
    fixedOnExpress: true,
    why: 'followers keep up with volumes of provisioned throughput only with more fetchers',
    source: 'Amazon MSK developer guide, Manage storage throughput; Amazon MSK default is 2',
    value: (facts) => facts.replicaFetchers?.toString(),
  },
  {
    option: 'controller.quorum.auto.join.enable',
    why: 'a controller that lost its disk becomes a voter again without anybody typing commands',
    source: 'Kafka default is false; Kafka 4.2 and later',
    value: (facts) => (facts.managedBy === 'self' && facts.release.autoJoin ? 'true' : undefined),
  },
  {
    option: 'initial.broker.registration.timeout.ms',
    why: 'brokers that start before the quorum wait for it instead of exiting after 60 s',
    source: 'Kafka default is 60000; seen on a first start where controllers took longer',
    value: (facts) => (facts.managedBy === 'self' ? '300000' : undefined),
  },
  {
    option: 'socket.connection.setup.timeout.ms',
    why: 'a node that dials the address which another had before it restarted gives up and asks for the name again before its session ends',
    source: 'Kafka default is 10000; seen in rollouts on Kubernetes: 11678 ms for one attempt, sessions of 9 s',
    value: (facts) => (facts.movingAddresses ? '3000' : undefined),
  },
  {
    option: 'socket.connection.setup.timeout.max.ms',
    why: 'attempts do not become longer than a session either',
    source: 'Kafka default is 30000',
    value: (facts) => (facts.movingAddresses ? '6000' : undefined),
  },
];
