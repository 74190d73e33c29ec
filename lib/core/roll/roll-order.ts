import { isBroker, isController, isFollowing, isServing, type ClusterState, type RollNode } from './cluster-health';

/**
 * Which node is restarted next: those that are down come first, since nothing is whole before they are back; then brokers, rack by rack,
 * then controllers; the active controller last, so that the quorum elects once. Asked again before each: another controller may be active
 * by then.
 */
export function nextToRestart<Node extends RollNode>(health: ClusterState, due: readonly Node[]): Node | undefined {
  const racks = new Map(health.cluster.brokers.map(({ id, rack }) => [id, rack ?? '']));
  const rank = (node: Node): readonly [number, string, number] => [
    stage(health, node),
    racks.get(node.id) ?? '',
    node.id,
  ];
  return [...due].sort((a, b) => compare(rank(a), rank(b)))[0];
}

function stage(health: ClusterState, node: RollNode): number {
  if (!isUp(health, node)) return 0;
  if (health.quorum.leaderId === node.id) return 3;
  return isController(node) && !isBroker(node) ? 2 : 1;
}

function isUp(health: ClusterState, node: RollNode): boolean {
  if (isBroker(node) && !isServing(health, node)) return false;
  return !isController(node) || health.quorum.leaderId < 0 || isFollowing(health, node.id);
}

function compare(a: readonly [number, string, number], b: readonly [number, string, number]): number {
  return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0) || a[2] - b[2];
}
