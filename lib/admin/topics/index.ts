export * from './create';
export * from './differences';
