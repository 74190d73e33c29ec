import type { AdminPort, DataPort } from '../../lib/admin';
import { accessContract } from './port-contract/access';
import { clusterContract } from './port-contract/cluster';
import { configContract } from './port-contract/configs';
import { groupContract } from './port-contract/groups';
import { leaseContract } from './port-contract/lease';
import { placementContract } from './port-contract/placement';
import { topicContract } from './port-contract/topics';

/** A cluster that holds nothing that begins with `contract-`, and a client of it that may do everything. */
export interface ContractCluster {
  readonly client: AdminPort & Partial<DataPort>;
  /** Ids of all brokers, ascending; all are up. */
  readonly brokers: readonly number[];
  /** A client of its own, as of another process. */
  open(): Promise<AdminPort>;
  close(): Promise<void>;
}

/** What is asked of a cluster depends on what it is. */
export interface ContractTraits {
  readonly brokers: 'one' | 'several';
  readonly authorizer: 'none' | 'standard';
  /** Whether it can refuse a move that changes the number of replicas: Kafka 4.1 and later. */
  readonly replicationFactor: 'guarded' | 'unguarded';
}

/** What every adapter of the port must do alike; run against real Kafka of several versions and against the cluster in memory. */
export function portContract(name: string, traits: ContractTraits, start: () => Promise<ContractCluster>): void {
  describe(`the port to ${name}`, () => {
    let cluster: ContractCluster | undefined;
    const opened = (): ContractCluster => cluster!;

    beforeAll(async () => {
      cluster = await start();
    }, 600_000);

    afterAll(() => cluster?.close(), 60_000);

    clusterContract(opened);
    topicContract(opened);
    configContract(opened);
    placementContract(opened, traits);
    accessContract(opened, traits);
    groupContract(opened);
    leaseContract(opened);
  });
}
