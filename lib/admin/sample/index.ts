export * from './check';
export * from './load';
export * from './order-events';
