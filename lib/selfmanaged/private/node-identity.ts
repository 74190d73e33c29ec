/** Of every instance of a node; its role may attach to no other. */
export const NODE_TAG = 'kafka-node';
/** Of every instance of a cluster; the roll of a cluster gives orders to no other. */
export const CLUSTER_TAG = 'kafka-cluster';
/** Of every data volume of a cluster; its snapshots are of no other. */
export const DATA_TAG = 'kafka-data';
