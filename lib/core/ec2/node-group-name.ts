import type { EnvironmentModel, NodeModel } from '../model';

/** Name of the Auto Scaling group of a node: a name and not an id, since its own instances, the roll of the cluster and alarms speak of it. */
export function nodeGroupName(model: EnvironmentModel, node: Pick<NodeModel, 'name'>): string {
  return `kafka-${model.name}-${node.name}`;
}
