export * from './admin';
export * from './connect';
export * from './connect-workers';
export * from './data';
export type * from '../../core/cluster';
