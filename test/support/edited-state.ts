import type { AdminPort, CommittedOffset, QuotaDescription } from '../../lib/admin';
import { aclKey, quotaEntityKey } from '../../lib/core/cluster';

export interface ClusterState {
  readonly topics: readonly (readonly [name: string, partitions: readonly string[], config: Record<string, string>])[];
  readonly cluster: Record<string, string>;
  readonly acls: readonly string[];
  readonly users: readonly string[];
  readonly quotas: readonly (readonly [entity: string, values: QuotaDescription['values']])[];
  readonly committed: readonly (readonly [group: string, offsets: readonly CommittedOffset[]])[];
}

/** All that edits change, in a fixed order. */
export async function stateOf(port: AdminPort): Promise<ClusterState> {
  const topics = (await port.describeTopics('all')).filter(({ name }) => name.startsWith('edit')).sort(by('name'));
  const configs = await port.describeConfigs(topics.map(({ name }) => ({ type: 'topic', name })));
  const [cluster] = await port.describeConfigs([{ type: 'cluster', name: '' }]);
  const committed = await port.committedOffsets(['edit-group', 'edit-other']);
  const byPlace = (a: CommittedOffset, b: CommittedOffset) =>
    a.topic.localeCompare(b.topic) || a.partition - b.partition;
  return {
    topics: topics.map(({ name, partitions }, index) => [
      name,
      partitions.map(({ replicas: on, isr, leader }) => `${on.join()} isr ${[...isr].sort().join()} leader ${leader}`),
      set(configs[index]!.entries.filter(({ source }) => source === 'topic')),
    ]),
    cluster: set(cluster!.entries),
    acls: (await port.describeAcls()).map(aclKey).sort(),
    users: (await port.describeUsers()).map((user) => JSON.stringify(user)).sort(),
    quotas: (await port.describeQuotas())
      .map(({ entity, values }) => [quotaEntityKey(entity), Object.fromEntries(Object.entries(values).sort())] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    committed: [...committed].map(([group, offsets]) => [group, [...offsets].sort(byPlace)]),
  };
}

const by =
  <Key extends string>(key: Key) =>
  (a: Record<Key, string>, b: Record<Key, string>) =>
    a[key] < b[key] ? -1 : 1;

function set(entries: readonly { readonly option: string; readonly value?: string }[]): Record<string, string> {
  return Object.fromEntries(
    entries.map(({ option, value = '' }) => [option, value] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
