export * from './features';
export * from './kafka-versions';
export * from './kubernetes';
