export * from './located';
export * from './yaml';
export * from './parse';
export { show } from './schema-issue';
export type * from './schema/environment';
export type { KubernetesListenerSpec } from './schema/kubernetes-listener';
export { TARGETS, type TargetName } from './schema/target';
