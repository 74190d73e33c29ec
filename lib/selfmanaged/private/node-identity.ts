import type { EnvironmentModel, NodeModel } from '../../core/model';

/** Of every instance of a node; its role may attach to no other. */
export const NODE_TAG = 'kafka-node';
/** Of every instance of a cluster; the roll of a cluster gives orders to no other. */
export const CLUSTER_TAG = 'kafka-cluster';
/** Of every data volume of a cluster; its snapshots are of no other. */
export const DATA_TAG = 'kafka-data';

/** Name of the group of a node: a name and not an id, since its own instances and the roll of the cluster speak of it. */
export function nodeGroupName(model: EnvironmentModel, node: Pick<NodeModel, 'name'>): string {
  return `kafka-${model.name}-${node.name}`;
}
