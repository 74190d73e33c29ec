export * from './kafka-versions';
