export * from './adapters/connect-rest';
export * from './adapters/platformatic';
export * from './failures';
export * from './port';
export * from './sample';
export * from './status';
export * from './topics';
export * from './verify';
