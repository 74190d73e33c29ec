import { connectAdmin } from '../../lib/admin';
import { AUTHORIZED, startAskedCluster } from '../support/clusters-to-ask';
import { portContract, type ContractCluster } from '../support/port-contract';

async function contractCluster(...start: Parameters<typeof startAskedCluster>): Promise<ContractCluster> {
  const { client, nodes, stop } = await startAskedCluster(...start);
  const open = () => connectAdmin({ bootstrapServers: nodes.servers() });
  return { client, brokers: nodes.ids, open, close: stop };
}

portContract(
  'three nodes of Kafka 4.3',
  { brokers: 'several', authorizer: 'standard', replicationFactor: 'guarded' },
  () => contractCluster('4.3', { count: 3, properties: AUTHORIZED }),
);

portContract('a node of Kafka 4.1', { brokers: 'one', authorizer: 'standard', replicationFactor: 'guarded' }, () =>
  contractCluster('4.1', { properties: AUTHORIZED }),
);

portContract('a node of Kafka 3.9', { brokers: 'one', authorizer: 'none', replicationFactor: 'unguarded' }, () =>
  contractCluster('3.9'),
);
