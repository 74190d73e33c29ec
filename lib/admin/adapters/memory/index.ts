export type { MemoryBroker } from './brokers';
export { kafkaError, type KafkaErrorName } from './errors';
export {
  ProcessKilled,
  type Effect,
  type Faults,
  type ItemFaultOptions,
  type LossSchedule,
  type PortMethod,
} from './faults';
export type { MemoryMember } from './groups';
export { MemoryCluster, type MemoryClusterOptions } from './memory-cluster';
export type { MemoryWrite } from './records';
export type { Mutation, RequestLog } from './requests';
export type { Right } from './rights';
export type { ClusterSnapshot } from './snapshot';
