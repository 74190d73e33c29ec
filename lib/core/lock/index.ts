export * from './build';
export * from './kubernetes-facts';
export * from './lock';
export * from './msk-facts';
