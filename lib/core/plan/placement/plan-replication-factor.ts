import type { ReplicaMove } from '../change';
import type { Tally, BrokerLoad } from './broker-load';
import type { BrokerSet } from './broker-set';
import { chooseBroker, type Loads } from './choose-broker';
import { level } from './level';
import { needBrokers, tally } from './plan-new-partitions';
import { ReplicaSlots, type Draft } from './replica-slots';

/** A partition whose number of replicas changes; `PartitionDescription` is one. */
export interface PartitionCopies {
  readonly partition: number;
  readonly replicas: readonly number[];
  /** Replicas that have every acknowledged record. @default all */
  readonly isr?: readonly number[];
}

export interface ReplicationFactorRequest {
  /** What the brokers hold, these partitions included; those in it may get replicas. */
  readonly load: BrokerLoad;
  /** Partitions with the wanted number of replicas are left as they are. */
  readonly partitions: readonly PartitionCopies[];
  /** Brokers of the topic's other partitions, so that the topic is even as a whole. @default none */
  readonly others?: readonly (readonly number[])[];
  readonly replicationFactor: number;
}

/**
 * Replicas are only added, or only taken away: nothing that is in its place moves, and the preferred leader stays. Copies are added in
 * the racks that have the fewest, and taken from brokers that are down, then from those that lag, then from crowded racks and full
 * brokers. Fails with `PLACEMENT-BROKERS` where there are too few brokers.
 */
export function planReplicationFactor({
  load,
  partitions,
  others = [],
  replicationFactor,
}: ReplicationFactorRequest): ReplicaMove[] {
  const { brokers } = load;
  const changed = partitions.filter(({ replicas }) => replicas.length !== replicationFactor);
  if (changed.some(({ replicas }) => replicas.length < replicationFactor)) needBrokers(brokers, replicationFactor);
  const loads: Loads = {
    topic: tally(brokers, [...partitions.map(({ replicas }) => replicas), ...others]),
    cluster: load.replicas.copy(),
  };
  const drafts = changed.map((copies) =>
    copies.replicas.length < replicationFactor
      ? raised(brokers, copies, replicationFactor, loads)
      : cut(brokers, copies, replicationFactor, loads),
  );
  if (loads.topic.spread > 1) level(loads.topic.brokers, new ReplicaSlots(brokers, drafts));
  return changed.map(({ partition, replicas }, index) => ({
    partition,
    from: replicas,
    to: drafts[index]!.replicas.map((broker) => brokers.id(broker)),
  }));
}

function raised(brokers: BrokerSet, copies: PartitionCopies, replicationFactor: number, loads: Loads): Draft {
  const before = copies.replicas.map((id) => brokers.index(id));
  const replicas = [...before];
  while (replicas.length < replicationFactor) {
    const broker = chooseBroker(brokers, replicas, loads)!;
    replicas.push(broker);
    count(loads, broker, 1);
  }
  return { replicas, mayLeave: (broker) => !before.includes(broker) };
}

function cut(brokers: BrokerSet, copies: PartitionCopies, replicationFactor: number, loads: Loads): Draft {
  const before = copies.replicas.map((id) => brokers.index(id));
  const inSync = new Set((copies.isr ?? copies.replicas).map((id) => brokers.index(id)));
  const replicas = [...before];
  while (replicas.length > replicationFactor) {
    const broker = mostDispensable(brokers, replicas, inSync, loads);
    replicas.splice(replicas.indexOf(broker), 1);
    count(loads, broker, -1);
  }
  const leader = replicas[0];
  return {
    replicas,
    mayLeave: (broker) => broker !== leader,
    mayEnter: (broker) => before.includes(broker) && inSync.has(broker),
  };
}

function mostDispensable(
  brokers: BrokerSet,
  replicas: readonly number[],
  inSync: ReadonlySet<number>,
  { topic, cluster }: Loads,
): number {
  const counts = brokers.rackCounts(replicas);
  const has = (tally: Tally, broker: number): number => (broker < 0 ? 0 : tally.brokers[broker]!);
  const keys = replicas.map((broker, position) => [
    // Where no other has every acknowledged record it stays, up or down: without it they are gone.
    replicas.every((other) => other === broker || !inSync.has(other)) && inSync.has(broker)
      ? -1
      : broker < 0
        ? 2
        : inSync.has(broker)
          ? 0
          : 1,
    position === 0 ? 0 : 1,
    broker < 0 ? 0 : counts[brokers.rackOf[broker]!]!,
    has(topic, broker),
    has(cluster, broker),
    position,
  ]);
  let worst = 0;
  for (const [position, key] of keys.entries()) {
    const differs = key.findIndex((value, index) => value !== keys[worst]![index]);
    if (differs >= 0 && key[differs]! > keys[worst]![differs]!) worst = position;
  }
  return replicas[worst]!;
}

function count({ topic, cluster }: Loads, broker: number, amount: 1 | -1): void {
  topic.add(broker, amount);
  cluster.add(broker, amount);
}
