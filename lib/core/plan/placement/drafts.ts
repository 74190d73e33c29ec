import type { PartitionPlacement, TopicPartition } from '../../cluster';
import type { BrokerSet } from './broker-set';
import type { Draft } from './replica-slots';

/** A change of the replicas of one partition, by broker ids; the preferred leader first. */
export interface PlannedMove extends TopicPartition {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export interface PlacedDraft extends Draft {
  readonly placed: PartitionPlacement;
}

/**
 * In an order that has nothing to do with names: what is moved is taken from the front, and would otherwise be all the partitions of a
 * few topics.
 */
export function draftsOf(brokers: BrokerSet, partitions: readonly PartitionPlacement[]): PlacedDraft[] {
  return partitions
    .map((placed) => ({ placed, order: hash(`${placed.topic}#${placed.partition}`) }))
    .sort((a, b) => a.order - b.order)
    .map(({ placed }) => ({ placed, replicas: placed.replicas.map((id) => brokers.index(id)) }));
}

/** What differs from where it was, by topic and partition. */
export function movesOf(brokers: BrokerSet, drafts: readonly PlacedDraft[]): PlannedMove[] {
  const moves: PlannedMove[] = [];
  for (const { placed, replicas } of drafts) {
    const to = replicas.map((broker) => brokers.id(broker));
    if (to.every((broker, position) => broker === placed.replicas[position])) continue;
    moves.push({ topic: placed.topic, partition: placed.partition, from: placed.replicas, to });
  }
  return moves.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
}

/** FNV-1a, with the last steps of MurmurHash3, without which names that differ in their end have neighbouring values. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
