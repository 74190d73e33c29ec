export * from './capacity';
export * from './connector-config';
export * from './declared-connectors';
export * from './limits';
export * from './plugin-parts';
export * from './problem';
export * from './secrets-provider';
export * from './worker-properties';
