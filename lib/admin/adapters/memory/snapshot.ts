import type { Acl, CommittedOffset, QuotaDescription, ScramCredential } from '../../port';
import type { MemoryGroups } from './groups';
import type { MetadataImage } from './metadata';

type Options = Readonly<Record<string, string>>;

/** Everything that was ever set on a cluster, as plain data to compare. */
export interface ClusterSnapshot {
  readonly topics: Readonly<
    Record<
      string,
      { readonly topicId: string; readonly replicas: readonly (readonly number[])[]; readonly config: Options }
    >
  >;
  /** Dynamic options, by `cluster` and `broker 1`. */
  readonly brokerConfig: Readonly<Record<string, Options>>;
  readonly acls: readonly Acl[];
  readonly quotas: readonly QuotaDescription[];
  readonly users: readonly ScramCredential[];
  readonly committed: Readonly<Record<string, readonly CommittedOffset[]>>;
}

export function snapshotOf(image: MetadataImage, groups: MemoryGroups): ClusterSnapshot {
  const topics = sorted(image.topics).map(([name, { topicId, partitions }]) => {
    const config = optionsOf(image.configs.get(`topic ${name}`));
    return [name, { topicId, replicas: partitions.map(({ replicas }) => replicas), config }] as const;
  });
  const brokerConfig = sorted(image.configs).flatMap(([key, values]) =>
    key.startsWith('topic ') ? [] : [[key.trim(), optionsOf(values)] as const],
  );
  const committed = sorted(groups.committed(groups.list().map(({ group }) => group))).map(([group, offsets]) => {
    const inOrder = [...offsets].sort((a, b) => a.topic.localeCompare(b.topic, 'en') || a.partition - b.partition);
    return [group, inOrder] as const;
  });
  return {
    topics: Object.fromEntries(topics),
    brokerConfig: Object.fromEntries(brokerConfig),
    acls: sorted(image.acls).map(([, acl]) => acl),
    quotas: sorted(image.quotas).map(([, quota]) => quota),
    users: sorted(image.users).map(([, { user, mechanism, iterations }]) => ({ user, mechanism, iterations })),
    committed: Object.fromEntries(committed.filter(([, offsets]) => offsets.length > 0)),
  };
}

function sorted<Value>(map: ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function optionsOf(values: ReadonlyMap<string, string> | undefined): Options {
  return Object.fromEntries(sorted(values ?? new Map<string, string>()));
}
