export * from './ec2-environment';
export * from './ec2-kafka-cluster';
export * from '../aws';
export * from '../environment';
export { KafkaVersion } from '../core/versions/kafka-version';
