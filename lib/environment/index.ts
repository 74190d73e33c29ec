export * from './kafka-environment';
