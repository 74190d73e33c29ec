/** Nodes on machines that a cloud replaces. */
export * from './fleet';
export * from './fleet-control';
