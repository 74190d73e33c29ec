export * from './build';
export * from './cluster-facts';
export * from './hosts-facts';
export * from './kubernetes-facts';
export * from './lock';
export * from './msk-facts';
