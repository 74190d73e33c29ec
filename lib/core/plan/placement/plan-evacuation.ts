import type { PartitionPlacement, TopicPartition } from '../../cluster';
import { Tally } from './broker-load';
import { BrokerSet, type PlacementBroker } from './broker-set';
import { chooseBroker } from './choose-broker';
import { draftsOf, movesOf, type PlacedDraft, type PlannedMove } from './drafts';
import { lead, levelLeaders } from './lead';
import { level } from './level';
import { ReplicaSlots } from './replica-slots';

export interface EvacuationRequest {
  /** Brokers that are up; those that leave may be among them. */
  readonly brokers: readonly PlacementBroker[];
  /** Ids of the brokers that are to hold nothing any more: one, or all of a rack. */
  readonly leaving: readonly number[];
  /** Every partition of the cluster. */
  readonly partitions: readonly PartitionPlacement[];
}

export interface Evacuation {
  readonly moves: readonly PlannedMove[];
  /** Partitions with more replicas than there are brokers left; they stay until their replication factor is cut. */
  readonly stuck: readonly TopicPartition[];
}

/**
 * Moves everything off brokers, and nothing else: the copies go to the racks with the fewest and to the emptiest brokers there. Where the
 * preferred leader leaves, a broker that has the records takes over.
 */
export function planEvacuation({ brokers: up, leaving, partitions }: EvacuationRequest): Evacuation {
  const gone = new Set(leaving);
  const brokers = new BrokerSet(up.filter(({ id }) => !gone.has(id)));
  const leavingIndexes = new Set(leaving.map((id) => brokers.index(id)));
  const drafts = draftsOf(brokers, partitions);
  const cluster = new Tally(brokers);
  const leaders = new Tally(brokers);
  const topics = new Map<string, Tally>();
  for (const { placed, replicas } of drafts) {
    let topic = topics.get(placed.topic);
    if (topic === undefined) topics.set(placed.topic, (topic = new Tally(brokers)));
    for (const broker of replicas) {
      cluster.add(broker);
      topic.add(broker);
    }
    leaders.add(replicas[0] ?? -1);
  }
  const stuck: TopicPartition[] = [];
  const moved: PlacedDraft[] = [];
  const leaderless: PlacedDraft[] = [];
  for (const draft of drafts) {
    const staying = draft.replicas.filter((broker) => !leavingIndexes.has(broker));
    if (staying.length === draft.replicas.length) continue;
    const to = replaced(brokers, draft, leavingIndexes, { topic: topics.get(draft.placed.topic)!, cluster });
    if (to === undefined) {
      stuck.push({ topic: draft.placed.topic, partition: draft.placed.partition });
      continue;
    }
    const movable = { ...draft, replicas: to, mayLeave: (broker: number) => !staying.includes(broker) };
    moved.push(movable);
    if (leavingIndexes.has(draft.replicas[0]!)) leaderless.push(movable);
  }
  if (cluster.spread > 1) level(cluster.brokers, new ReplicaSlots(brokers, moved));
  for (const draft of leaderless) {
    const staying = draft.replicas.filter((broker) => draft.mayLeave?.(broker) === false && broker >= 0);
    lead(draft, { topic: leaders, cluster: leaders }, staying.length > 0 ? staying : draft.replicas);
  }
  levelLeaders(brokers, leaderless, leaders);
  return {
    moves: movesOf(brokers, moved),
    stuck: stuck.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1)),
  };
}

/** The replicas with others in place of those that leave; undefined, and nothing counted, where there are too few brokers. */
function replaced(
  brokers: BrokerSet,
  { replicas }: PlacedDraft,
  leaving: ReadonlySet<number>,
  loads: { readonly topic: Tally; readonly cluster: Tally },
): number[] | undefined {
  const to = [...replicas];
  const entered: number[] = [];
  for (const [position, broker] of replicas.entries()) {
    if (!leaving.has(broker)) continue;
    const chosen = chooseBroker(
      brokers,
      to.filter((other) => !leaving.has(other)),
      loads,
    );
    if (chosen === undefined) {
      for (const each of entered) for (const tally of [loads.topic, loads.cluster]) tally.add(each, -1);
      return undefined;
    }
    to[position] = chosen;
    entered.push(chosen);
    loads.topic.add(chosen);
    loads.cluster.add(chosen);
  }
  return to;
}
