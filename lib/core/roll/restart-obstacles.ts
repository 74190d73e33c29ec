import { isBroker, isController, isFollowing, isServing, type ClusterHealth, type RollNode } from './cluster-health';
import { someOf } from './some-of';

/** Why a node must not go down now. */
export interface RestartObstacle {
  readonly code: 'PARTITION-OFFLINE' | 'UNDER-MIN-ISR' | 'MIN-ISR-LOST' | 'QUORUM-NO-LEADER' | 'QUORUM-MAJORITY';
  /** A sentence without its full stop. */
  readonly message: string;
}

export interface RestartVerdict {
  /** Empty: it may go down. */
  readonly obstacles: readonly RestartObstacle[];
  /** What stops while it is down and cannot be kept, because there is nothing to keep it with. */
  readonly costs: readonly string[];
}

/**
 * Whether a node may be restarted without anything that works ceasing to: no partition falls below its min ISR, and the controllers that
 * stay have a majority that follows. One that is down already takes nothing away. It is the rule of Strimzi's roller, asked before a node
 * goes down rather than after.
 */
export function judgeRestart(health: ClusterHealth, node: RollNode): RestartVerdict {
  const verdicts = [
    ...(isBroker(node) && isServing(health, node) ? [brokerVerdict(health, node)] : []),
    ...(isController(node) && !isDead(health, node) ? [controllerVerdict(health, node)] : []),
  ];
  return {
    obstacles: verdicts.flatMap(({ obstacles }) => obstacles),
    costs: verdicts.flatMap(({ costs }) => costs),
  };
}

function brokerVerdict({ topics, minIsr }: ClusterHealth, { id }: RollNode): RestartVerdict {
  const offline: string[] = [];
  const under: string[] = [];
  const lost: string[] = [];
  const alone: string[] = [];
  for (const { name, partitions } of topics) {
    const needed = minIsr.get(name) ?? 1;
    for (const { partition, leader, replicas, isr } of partitions) {
      if (!replicas.includes(id)) continue;
      const label = `${name}-${partition}`;
      const left = isr.filter((replica) => replica !== id).length;
      if (replicas.length === 1) alone.push(label);
      else if (leader < 0) offline.push(label);
      else if (replicas.length <= needed) alone.push(label);
      else if (isr.length < needed) under.push(label);
      else if (left < needed) lost.push(label);
    }
  }
  return {
    obstacles: [
      ...obstacle('PARTITION-OFFLINE', offline, 'without a leader, and it holds a replica'),
      ...obstacle('UNDER-MIN-ISR', under, 'below min ISR already, and it holds a replica'),
      ...obstacle('MIN-ISR-LOST', lost, 'that would fall below min ISR without it'),
    ],
    costs:
      alone.length === 0
        ? []
        : [
            `${partitionsOf(alone)} cannot be written with acks=all while it is down, having no replica to spare: ${someOf(alone)}`,
          ],
  };
}

function obstacle(code: RestartObstacle['code'], partitions: readonly string[], what: string): RestartObstacle[] {
  if (partitions.length === 0) return [];
  return [{ code, message: `${partitionsOf(partitions)} ${what}: ${someOf(partitions)}` }];
}

/** A voter that has not asked the leader for long is not one that could be missed. */
function isDead(health: ClusterHealth, { id }: RollNode): boolean {
  if (health.quorum.leaderId < 0) return false;
  return health.quorum.voters.some((voter) => voter.id === id) && !isFollowing(health, id);
}

function controllerVerdict(health: ClusterHealth, { id }: RollNode): RestartVerdict {
  const { leaderId, voters } = health.quorum;
  if (leaderId < 0)
    return verdict('QUORUM-NO-LEADER', 'the controllers have no leader, so nobody can say whether they can spare one');
  const voting = [...new Set(voters.map((voter) => voter.id))];
  if (!voting.includes(id)) return { obstacles: [], costs: [] };
  if (voting.length === 1)
    return { obstacles: [], costs: ['the cluster has no active controller while it is down, having a single one'] };
  const majority = Math.floor(voting.length / 2) + 1;
  const following = voting.filter((voter) => voter !== id && isFollowing(health, voter));
  if (following.length >= majority) return { obstacles: [], costs: [] };
  // Two voters are both needed always: there is nothing to wait for.
  if (voting.length === 2 && following.length === 1)
    return { obstacles: [], costs: ['the cluster has no active controller while it is down, having two voters'] };
  return verdict(
    'QUORUM-MAJORITY',
    `of the other controllers ${following.length === 0 ? 'none' : following.join(', ')} would follow, and ${majority} of ${voting.length} are needed`,
  );
}

function verdict(code: RestartObstacle['code'], message: string): RestartVerdict {
  return { obstacles: [{ code, message }], costs: [] };
}

const partitionsOf = ({ length }: readonly string[]): string => (length === 1 ? '1 partition' : `${length} partitions`);
