export * from './judge';
export * from './wanted';
