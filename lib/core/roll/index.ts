/** Restarting the nodes of a cluster one by one: which may go down, which is next, and when it is back. */
export { isBroker, isController, type ClusterHealth, type ClusterState, type RollNode } from './cluster-health';
export * from './clock-skew';
export * from './downgrade';
export * from './host-due';
export * from './host-state';
export * from './recovery';
export * from './restart-obstacles';
export * from './roll-order';
export * from './node-control';
export { dueOf, runTimeOptions, startChanges, type ChangedNode, type StartChanges } from './start-changes';
