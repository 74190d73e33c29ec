/** Hosts that somebody else runs: looking at them, copying and installing what their nodes are to run with, and restarting these. */
export * from './bring';
export * from './folder';
export * from './host-control';
export * from './look';
export { HOST_PATHS, probe, type HostLook, type HostPaths, type NodeHost } from './probe';
export { onEveryHost } from './every-host';
export type * from './shell';
export { install, missingFiles, stage, type StageOptions } from './stage';
