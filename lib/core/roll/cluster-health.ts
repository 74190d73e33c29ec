import type { ClusterDescription, QuorumDescription, TopicDescription } from '../cluster';

/** Who serves, who leads, and whose replicas are in sync, as one broker tells it; the quorum as its leader does. */
export interface ClusterState {
  readonly cluster: ClusterDescription;
  readonly topics: readonly TopicDescription[];
  readonly quorum: QuorumDescription;
}

/** What decides whether a node may go down: read from the cluster, not declared. */
export interface ClusterHealth extends ClusterState {
  /** In force, by topic. */
  readonly minIsr: ReadonlyMap<string, number>;
}

/** A controller that is further behind has lost its leader: the default of `controller.quorum.fetch.timeout.ms`. */
export const QUORUM_FETCH_TIMEOUT_MS = 2_000;

export interface RollNode {
  readonly id: number;
  /** Of the host, the pod or the instance. */
  readonly name: string;
  readonly roles: readonly string[];
}

export const isBroker = ({ roles }: RollNode): boolean => roles.includes('broker');
export const isController = ({ roles }: RollNode): boolean => roles.includes('controller');

/** One that is fenced, starting or gone serves nobody. */
export function isServing({ cluster }: ClusterState, { id }: RollNode): boolean {
  return cluster.brokers.some((broker) => broker.id === id);
}

/** Whether a controller holds all that the leader held a moment ago. */
export function isFollowing({ quorum }: ClusterState, id: number): boolean {
  if (quorum.leaderId === id) return true;
  return quorum.voters.some(
    (voter) => voter.id === id && voter.behindMs !== undefined && voter.behindMs <= QUORUM_FETCH_TIMEOUT_MS,
  );
}
