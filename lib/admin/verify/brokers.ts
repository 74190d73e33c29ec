import type { EnvironmentModel } from '../../core/model';
import type { BrokerDescription, ClusterDescription } from '../port';
import { listSome, ok, wrong, type VerifyCheck } from './check';

export function checkClusterId(model: EnvironmentModel, cluster: ClusterDescription): VerifyCheck {
  const id = 'CLUSTER-ID';
  if (model.managedBy === 'service') return ok({ id, evidence: `${cluster.clusterId}, chosen by the service` });
  if (cluster.clusterId === model.clusterId) return ok({ id, evidence: cluster.clusterId });
  return wrong(
    { id, evidence: `the cluster is ${cluster.clusterId}, the environment ${model.name} says ${model.clusterId}` },
    'This is another cluster: check the bootstrap servers, and which environment was meant.',
  );
}

/** Ids and racks of the brokers that are registered and not fenced, against those of the environment. */
export function checkBrokers(model: EnvironmentModel, actual: readonly BrokerDescription[]): VerifyCheck {
  const id = 'BROKERS';
  const evidence = `brokers ${actual.map((broker) => broker.id).join(', ')}`;
  if (model.managedBy === 'service') {
    if (actual.length === model.brokerCount) return ok({ id, evidence });
    return wrong(
      { id, evidence: `${evidence}; ${model.brokerCount} declared` },
      'Look at the state of the cluster in the console of the service.',
    );
  }
  const declared = new Map(
    model.nodes.filter(({ roles }) => roles.includes('broker')).map((node) => [node.id, node] as const),
  );
  const ids = new Set(actual.map((broker) => broker.id));
  const missing = [...declared.values()].filter((node) => !ids.has(node.id)).map((node) => `${node.id} (${node.name})`);
  const extra = actual.filter((broker) => !declared.has(broker.id)).map((broker) => String(broker.id));
  const moved = actual
    .filter((broker) => declared.has(broker.id) && declared.get(broker.id)!.rack !== broker.rack)
    .map(({ id: broker, rack }) => `${broker} in ${rack ?? 'none'} instead of ${declared.get(broker)!.rack ?? 'none'}`);
  const problems = [
    ...(missing.length > 0 ? [`missing: ${listSome(missing)}`] : []),
    ...(extra.length > 0 ? [`not declared: ${listSome(extra)}`] : []),
    ...(moved.length > 0 ? [`wrong rack: ${listSome(moved)}`] : []),
  ];
  if (problems.length === 0) {
    const racks = new Set(actual.flatMap(({ rack }) => (rack === undefined ? [] : [rack])));
    return ok({ id, evidence: racks.size === 0 ? evidence : `${evidence} in racks ${[...racks].sort().join(', ')}` });
  }
  return wrong(
    { id, evidence: `${evidence}; ${problems.join('; ')}` },
    missing.length > 0
      ? 'Start the missing nodes, or read their logs for why they stopped.'
      : 'Render the environment again and restart the nodes that differ.',
  );
}
