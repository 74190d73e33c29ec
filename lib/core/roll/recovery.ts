import {
  isBroker,
  isController,
  isFollowing,
  isServing,
  QUORUM_FETCH_TIMEOUT_MS,
  type ClusterState,
  type RollNode,
} from './cluster-health';

export interface Recovery {
  /** What a restarted node has yet to do, as sentences without a full stop; empty: it carries its part again. */
  readonly missing: readonly string[];
  /** Replicas of its own that are not in sync, for progress. */
  readonly replicasBehind: number;
}

/** Kafka tells how far behind a controller was when it last asked: for so long after its restart that may be its former self. */
export const FORMER_SELF_MS = 2 * QUORUM_FETCH_TIMEOUT_MS;

/**
 * An open port is not enough: a node is back when it serves, every replica that it holds is in sync, and the quorum counts on it. To be
 * asked of a broker that was restarted itself: another may not have heard yet that it was away.
 */
export function recoveryOf(health: ClusterState, node: RollNode): Recovery {
  const missing: string[] = [];
  const behind = isBroker(node) ? replicasBehind(health, node) : 0;
  if (isBroker(node) && !isServing(health, node)) missing.push('it has not joined as a broker');
  if (behind > 0) missing.push(`${behind} of its replicas are not in sync`);
  if (isController(node)) {
    if (health.quorum.leaderId < 0) missing.push('the controllers have no leader');
    else if (!health.quorum.voters.some(({ id }) => id === node.id)) missing.push('it is no voter of the quorum');
    else if (!isFollowing(health, node.id)) missing.push('it does not follow the active controller');
  }
  return { missing, replicasBehind: behind };
}

function replicasBehind({ topics }: ClusterState, { id }: RollNode): number {
  return topics
    .flatMap(({ partitions }) => partitions)
    .filter(({ replicas, isr, leader }) => replicas.includes(id) && (leader < 0 || !isr.includes(id))).length;
}

/** Partitions whose preferred leader is the node and whose leader is another: given back, so that leaders do not pile up on the others. */
export function leadershipOwed({ topics }: ClusterState, { id }: RollNode): { topic: string; partition: number }[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ replicas, isr, leader }) => replicas[0] === id && leader !== id && isr.includes(id))
      .map(({ partition }) => ({ topic: name, partition })),
  );
}
