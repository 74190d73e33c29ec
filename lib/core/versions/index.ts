export * from './features';
export * from './kafka-versions';
