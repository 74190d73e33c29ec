export * from './located';
export * from './yaml';
export * from './parse';
export { show } from './schema-issue';
export type * from './schema/environment';
export { TARGETS, type TargetName } from './schema/target';
