export * from './external-access';
export * from './image-folder';
export * from './kafka-chart';
export * from './kafka-connect-chart';
export * from './kafka-environment-chart';
export * from './kafka-listener';
export * from './node-pool';
export * from '../lib/environment';
export { KafkaVersion } from '../lib/core/versions/kafka-version';
