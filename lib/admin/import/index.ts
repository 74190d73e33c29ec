export type { ImportConnection, ImportTarget } from './connection';
export { importEnvironment, type ImportedEnvironment, type ImportOptions } from './environment';
export { readLiveCluster, type LiveCluster, type ReadOptions } from './live-cluster';
