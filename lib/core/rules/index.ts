export * from './rule';
export * from './check';
export * from './catalogue';
export { POD_RULES } from './pods';
export * from './options';
export * from './leaves';
