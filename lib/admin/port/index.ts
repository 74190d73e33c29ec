export * from './admin';
export * from './connect';
export * from './connect-workers';
export * from './data';
export * from './membership';
export type * from '../../core/cluster';
