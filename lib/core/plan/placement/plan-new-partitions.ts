import { Failure } from '../../issue';
import { Tally, type BrokerLoad } from './broker-load';
import type { BrokerSet } from './broker-set';
import { chooseBroker } from './choose-broker';
import { lead, levelLeaders } from './lead';
import { level } from './level';
import { ReplicaSlots, type Draft } from './replica-slots';

export interface NewPartitions {
  /** What the brokers hold; those in it may get replicas. */
  readonly load: BrokerLoad;
  /** Brokers of the partitions that the topic has. */
  readonly existing: readonly (readonly number[])[];
  readonly count: number;
  readonly replicationFactor: number;
}

/**
 * The brokers of each new partition, the preferred leader first: racks even, the topic's replicas and leaders even over the brokers, and
 * of equally good brokers those that hold the least of all topics. Fails with `PLACEMENT-BROKERS` where there are too few brokers.
 */
export function planNewPartitions({ load, existing, count, replicationFactor }: NewPartitions): number[][] {
  const { brokers } = load;
  needBrokers(brokers, replicationFactor);
  const loads = { topic: tally(brokers, existing), cluster: load.replicas.copy() };
  const drafts: Draft[] = [];
  for (let partition = 0; partition < count; partition++) {
    const replicas: number[] = [];
    while (replicas.length < replicationFactor) {
      const broker = chooseBroker(brokers, replicas, loads)!;
      replicas.push(broker);
      loads.topic.add(broker);
      loads.cluster.add(broker);
    }
    drafts.push({ replicas });
  }
  if (loads.topic.spread > 1) level(loads.topic.brokers, new ReplicaSlots(brokers, drafts));
  const leaders = {
    topic: tally(
      brokers,
      existing.map((replicas) => replicas.slice(0, 1)),
    ),
    cluster: load.leaders.copy(),
  };
  for (const draft of drafts) lead(draft, leaders);
  levelLeaders(brokers, drafts, leaders.topic);
  return drafts.map(({ replicas }) => replicas.map((index) => brokers.id(index)));
}

export function tally(brokers: BrokerSet, partitions: readonly (readonly number[])[]): Tally {
  const counted = new Tally(brokers);
  for (const replicas of partitions) for (const id of replicas) counted.add(brokers.index(id));
  return counted;
}

export function needBrokers(brokers: BrokerSet, replicationFactor: number): void {
  if (replicationFactor <= brokers.size) return;
  throw new Failure(
    'PLACEMENT-BROKERS',
    `there are too few brokers, got ${brokers.size} for replication factor ${replicationFactor}; each replica is on a broker of its own.`,
    'Start or add brokers, or lower the replication factor.',
  );
}
