import type { PartitionPlacement } from '../../cluster';
import type { DesiredState, DesiredTopic } from '../desired';
import { NO_EVIDENCE } from '../no-evidence';
import type { ObservedState } from '../observed';
import { planSpread, type PlannedMove } from '../placement';
import { newBrokers } from './new-brokers';
import { refusal } from '../topics/scope';
import { spreads } from '../topics/spreads';
import { TopicContext } from '../topics/topic-context';

export interface PlanOfSpread {
  /** Ids, in order; not empty. */
  readonly added: readonly number[];
  /** Empty while a broker is silent. */
  readonly moves: readonly PlannedMove[];
  /** Brokers that hold replicas and do not answer. */
  readonly silent: readonly number[];
}

const planned = new WeakMap<
  ObservedState,
  { readonly desired: DesiredState; readonly plan: PlanOfSpread | undefined }
>();

/** Asked twice for a plan, for what it costs and for its changes: the work is done once for a cluster as it was read. */
export function planOfSpread(desired: DesiredState, observed: ObservedState): PlanOfSpread | undefined {
  const known = planned.get(observed);
  if (known?.desired === desired) return known.plan;
  const plan = compute(desired, observed);
  planned.set(observed, { desired, plan });
  return plan;
}

/**
 * Where the replicas of the declared topics go, so that brokers that were added get their share. Topics of others stay and do not count.
 * Partitions that are moved now, or that another change of the plan moves or adds to, count as they are then and wait for the next plan.
 */
function compute(desired: DesiredState, observed: ObservedState): PlanOfSpread | undefined {
  if (!spreads(desired)) return undefined;
  const context = new TopicContext(desired, observed, NO_EVIDENCE);
  const partitions: PartitionPlacement[] = [];
  const staying: PartitionPlacement[] = [];
  for (const wanted of desired.topics) {
    const topic = observed.topics.get(wanted.name);
    if (topic === undefined || refusal(context, wanted.name, '') !== undefined) continue;
    const waits = changesPlacement(desired, wanted, topic.partitions);
    for (const { partition, replicas, moving } of context.settled(topic))
      (waits || moving ? staying : partitions).push({ topic: wanted.name, partition, replicas });
  }
  const all = [...partitions, ...staying];
  const { brokers } = observed.cluster;
  const added = newBrokers(brokers, all);
  if (added.length === 0) return undefined;
  const alive = new Set(brokers.map(({ id }) => id));
  const silent = [...new Set(all.flatMap(({ replicas }) => replicas.filter((id) => !alive.has(id))))];
  if (silent.length > 0) return { added, moves: [], silent: silent.sort((a, b) => a - b) };
  const moves = planSpread({ brokers, partitions, staying });
  return moves.length === 0 ? undefined : { added, moves, silent };
}

/** Whether another change of the same plan says where replicas of the topic go. */
function changesPlacement(
  { topicsManagedBy }: DesiredState,
  { partitions, replicationFactor }: DesiredTopic,
  found: readonly { readonly replicas: readonly number[] }[],
): boolean {
  return (
    topicsManagedBy === 'reconciler' &&
    (found.length < partitions || found.some(({ replicas }) => replicas.length !== replicationFactor))
  );
}
