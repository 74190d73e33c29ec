export * from './check';
export * from './verify';
