export * from './alarms';
export * from './client-authentication';
export * from './kafka-cluster';
export { KafkaGrants, type ConsumeAccess, type TransactionalAccess } from './kafka-grants';
export * from './kafka-network';
export * from './kafka-topic-acknowledgement';
