export * from './kafka-environment-chart';
