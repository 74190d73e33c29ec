import type { FeatureDescription } from '../../port';
import type { MemoryAcls } from './access';
import type { MemoryBrokers } from './brokers';
import type { MemoryConfigs } from './configs';
import type { Faults } from './faults';
import type { MemoryGroups } from './groups';
import type { MemoryLeases } from './leases';
import type { MetadataLog } from './metadata';
import type { MemoryPlacement } from './placement';
import type { MemoryQuotas } from './quotas';
import type { MemoryRecords } from './records';
import type { Requests } from './requests';
import type { MemoryTopics } from './topics';
import type { MemoryUsers } from './users';

/** What a client of the cluster works with: all of the cluster. */
export interface PortParts {
  readonly log: MetadataLog;
  readonly brokers: MemoryBrokers;
  readonly features: readonly FeatureDescription[];
  readonly topics: MemoryTopics;
  readonly configs: MemoryConfigs;
  readonly placement: MemoryPlacement;
  readonly acls: MemoryAcls;
  readonly users: MemoryUsers;
  readonly quotas: MemoryQuotas;
  readonly records: MemoryRecords;
  readonly groups: MemoryGroups;
  readonly leases: MemoryLeases;
  readonly requests: Requests;
  readonly faults: Faults;
  /** Somebody looked at where replicas are. */
  readonly looked: () => void;
}
