export * from './ec2-certificates';
export * from './ec2-environment';
export * from './ec2-kafka-client';
export * from './ec2-kafka-cluster';
export * from './ec2-kafka-cluster-interface';
export * from './ec2-kafka-topic';
export * from '../aws';
export * from '../environment';
export { KafkaVersion } from '../core/versions/kafka-version';
