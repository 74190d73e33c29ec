export * from './demand';
export * from './node-capacity';
export * from './node-types';
export * from './segments';
export * from './utilization';
