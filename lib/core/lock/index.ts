export * from './build';
export * from './lock';
export * from './msk-facts';
