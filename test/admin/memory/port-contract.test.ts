import { MemoryCluster, type MemoryClusterOptions } from '../../../lib/admin/adapters/memory';
import { portContract, type ContractCluster } from '../../support/port-contract';

const opened = (options: MemoryClusterOptions) => async (): Promise<ContractCluster> => {
  const cluster = new MemoryCluster(options);
  const client = cluster.connect();
  const { brokers } = await client.describeCluster();
  return {
    client,
    brokers: brokers.map(({ id }) => id),
    open: async () => cluster.connect(),
    close: () => client.close(),
  };
};

portContract(
  'a cluster in memory',
  { brokers: 'several', authorizer: 'standard', replicationFactor: 'guarded' },
  opened({}),
);

portContract(
  'a cluster in memory whose brokers lag, of an older Kafka',
  { brokers: 'several', authorizer: 'standard', replicationFactor: 'unguarded' },
  opened({ kafka: '3.9', lag: 3, looksAStep: 2 }),
);

portContract(
  'a single broker in memory, without an authorizer',
  { brokers: 'one', authorizer: 'none', replicationFactor: 'guarded' },
  opened({ brokers: [{ id: 7 }], authorizer: false, config: { 'offsets.topic.replication.factor': '1' } }),
);
