import type { PartitionPlacement } from '../../cluster';
import { Tally } from './broker-load';
import { BrokerSet, type PlacementBroker } from './broker-set';
import { chooseBroker } from './choose-broker';
import { draftsOf, movesOf, type PlacedDraft, type PlannedMove } from './drafts';
import { levelLeaders } from './lead';
import { level } from './level';
import { ReplicaSlots } from './replica-slots';

export interface SpreadRequest {
  /** Brokers that replicas are spread over. Replicas on others, which may be down, are left where they are. */
  readonly brokers: readonly PlacementBroker[];
  /** Every partition that may be moved. */
  readonly partitions: readonly PartitionPlacement[];
  /** Partitions that count and stay where they are. @default none */
  readonly staying?: readonly PartitionPlacement[];
}

/**
 * Spreads replicas and preferred leaders evenly over the brokers, for example over new ones, and apart over racks; no more moves than
 * that takes. A move that only changes the order of the replicas copies nothing.
 */
export function planSpread({ brokers: eligible, partitions, staying = [] }: SpreadRequest): PlannedMove[] {
  const brokers = new BrokerSet(eligible);
  const drafts = draftsOf(brokers, partitions);
  const fixed = draftsOf(brokers, staying);
  const replicas = new Tally(brokers);
  for (const draft of [...drafts, ...fixed]) for (const broker of draft.replicas) replicas.add(broker);
  for (const draft of drafts) takeApart(brokers, draft, replicas);
  if (replicas.spread > 1) level(replicas.brokers, new ReplicaSlots(brokers, drafts));
  const leaders = new Tally(brokers);
  for (const draft of [...drafts, ...fixed]) leaders.add(draft.replicas[0] ?? -1);
  levelLeaders(brokers, drafts, leaders);
  return movesOf(brokers, drafts);
}

/** Replicas of a crowded rack go to one that has at least two fewer. */
function takeApart(brokers: BrokerSet, { replicas }: PlacedDraft, load: Tally): void {
  for (;;) {
    const counts = brokers.rackCounts(replicas);
    const crowd = Math.max(...counts);
    if (crowd < 2) return;
    const to = chooseBroker(brokers, replicas, { topic: load, cluster: load });
    if (to === undefined || crowd - counts[brokers.rackOf[to]!]! < 2) return;
    const crowded = replicas.filter((broker) => broker >= 0 && counts[brokers.rackOf[broker]!] === crowd);
    const [from] = crowded.sort(
      (a, b) => Number(a === replicas[0]) - Number(b === replicas[0]) || load.brokers[b]! - load.brokers[a]! || a - b,
    );
    replicas[replicas.indexOf(from!)] = to;
    load.add(from!, -1);
    load.add(to);
  }
}
