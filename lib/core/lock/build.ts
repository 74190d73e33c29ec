import type { EnvironmentModel } from '../model';
import { clusterState } from './cluster-facts';
import { fixedFacts } from './fixed-facts';
import { kubernetesState } from './kubernetes-facts';
import type { TargetLock } from './lock';
import { mskFacts } from './msk-facts';

/** What `kdk lock` writes for the target of a model. A cluster that was formed once stays formed. */
export function lockEntry(model: EnvironmentModel, formed: boolean = model.formation === 'formed'): TargetLock {
  const cluster = stateOf(model);
  const listeners = model.managedBy === 'service' ? model.listeners : undefined;
  return {
    ...(model.managedBy === 'self' ? { clusterId: model.clusterId } : {}),
    formed,
    voters: model.nodes.flatMap(({ id, directoryId }) => (directoryId === undefined ? [] : [{ id, directoryId }])),
    nodes: Object.fromEntries(
      model.nodes.map(({ name, id, rack, roles }) => [
        name,
        { id, roles: [...roles], ...(rack === undefined ? {} : { rack }) },
      ]),
    ),
    topics: Object.fromEntries(
      model.topics.map(({ name, partitions, replicationFactor }) => [name, { partitions, replicationFactor }]),
    ),
    fixed: fixedFacts(model),
    ...(cluster === undefined ? {} : { cluster }),
    ...(listeners === undefined
      ? {}
      : { listeners: Object.fromEntries(listeners.map(({ name, authentication }) => [name, authentication])) }),
  };
}

function stateOf(model: EnvironmentModel): Record<string, string> | undefined {
  switch (model.target) {
    case 'kubernetes':
      return kubernetesState(model);
    case 'hosts':
    case 'ec2':
      return clusterState(model);
    default:
      return mskFacts(model);
  }
}
