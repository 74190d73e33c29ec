export * from './rule';
export * from './check';
export * from './catalogue';
