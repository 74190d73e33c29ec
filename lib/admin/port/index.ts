export * from './admin';
export * from './connect';
export * from './data';
export type * from '../../core/cluster';
