export * from './model';
export * from './resolve';
export * from './targets';
export { derivedUuid, shortHash } from './kafka-uuid';
export { BROKER_DEFAULTS, type BrokerDefault } from './broker-defaults';
export { describeTopic, replicationDefaults, topicFieldPath, type TopicField } from './topics';
export type { Explain } from './explain';
export * from './kubernetes-names';
export * from './kubernetes-images';
