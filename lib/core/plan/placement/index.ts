export { BrokerLoad } from './broker-load';
export { BrokerSet, type PlacementBroker } from './broker-set';
export type { PlannedMove } from './drafts';
export { planEvacuation, type Evacuation, type EvacuationRequest } from './plan-evacuation';
export { planNewPartitions, type NewPartitions } from './plan-new-partitions';
export { planReplicationFactor, type PartitionCopies, type ReplicationFactorRequest } from './plan-replication-factor';
export { planSpread, type SpreadRequest } from './plan-spread';
export { isCrowded } from './rack-crowding';
