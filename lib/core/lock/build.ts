import type { EnvironmentModel } from '../model';
import type { TargetLock } from './lock';

/** What `kdk lock` writes for the target of a model. A cluster that was formed once stays formed. */
export function lockEntry(model: EnvironmentModel, formed: boolean = model.formation === 'formed'): TargetLock {
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
  };
}

/** What a target cannot change later without replacing or losing something, by the path where it is written. */
function fixedFacts(model: EnvironmentModel): Record<string, string> {
  const { spec } = model;
  const facts: Record<string, string | undefined> = {};
  if (model.target === 'kubernetes') {
    facts['targets.kubernetes.rackSource'] = spec.targets?.kubernetes?.rackSource ?? 'statefulset-per-zone';
    facts['targets.kubernetes.namespace'] = spec.targets?.kubernetes?.namespace;
    // volumeClaimTemplates are immutable: another number of volumes or another class needs the claims replaced one by one.
    facts['targets.kubernetes.storageClass'] = spec.targets?.kubernetes?.storageClass;
    for (const pool of model.pools) facts[`nodePools.${pool.name}.volumes`] = String(pool.volumeBytes.length);
  }
  if (model.target === 'msk' || model.target === 'msk-serverless' || model.target === 'ec2') {
    facts['aws.account'] = spec.aws?.account;
    facts['aws.region'] = spec.aws?.region;
    facts['aws.vpc.id'] = spec.aws?.vpc?.id;
    facts['aws.vpc.subnets'] = spec.aws?.vpc?.subnets?.join(',');
    facts['aws.kmsKey'] = spec.aws?.kmsKey;
    // Another number moves topics between stacks, which would delete and create them.
    facts['targets.msk.topicStacks'] = spec.targets?.msk?.topicStacks?.toString();
    facts['racks'] = model.racks.join(',');
  }
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
