export * from './rule';
export * from './check';
export * from './catalogue';
export * from './options';
export * from './leaves';
