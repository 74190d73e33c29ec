export * from './msk';
export * from './selfmanaged';
