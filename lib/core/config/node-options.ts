import type { EnvironmentModel, NodeModel } from '../model';

/** Kafka refuses to start a node with it that is no controller. */
const CONTROLLERS_ONLY: readonly string[] = ['controller.quorum.auto.join.enable'];

/**
 * The options of the cluster and of the node's pool, by name, sorted. Controllers get all of them too: they, not brokers, apply the
 * defaults of topics (replication factor, min ISR).
 */
export function nodeOptions(model: EnvironmentModel, node: NodeModel): ReadonlyMap<string, string> {
  const merged = new Map([...model.brokerConfig].map(([name, { value }]) => [name, value]));
  for (const [name, value] of node.pool.config) merged.set(name, value);
  if (!node.roles.includes('controller')) CONTROLLERS_ONLY.forEach((name) => merged.delete(name));
  return new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}
