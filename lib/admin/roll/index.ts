/** Restarts the nodes of a cluster one by one. */
export { readHealth } from './read-health';
export * from './roll';
