export * from './msk';
export * from './selfmanaged';
export * from '../charts';
