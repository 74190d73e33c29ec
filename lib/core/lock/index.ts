export * from './build';
export * from './lock';
