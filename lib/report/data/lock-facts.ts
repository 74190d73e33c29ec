import type { EnvironmentModel } from '../../core/model';

export interface LockSection {
  readonly clusterId?: string;
  readonly formed: boolean;
  readonly voters: readonly { readonly id: number; readonly directoryId: string }[];
  readonly nodes: number;
  readonly topics: number;
  /** What must not change by accident, and what the cluster was when it was locked; by name. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** What the lock file keeps; undefined where there is none. */
export function lockSection({ lock }: EnvironmentModel): LockSection | undefined {
  if (lock === undefined) return undefined;
  const { clusterId, formed, voters, nodes, topics, fixed, cluster = {}, listeners = {} } = lock;
  return {
    ...(clusterId === undefined ? {} : { clusterId }),
    ...{ formed, voters },
    nodes: Object.keys(nodes).length,
    topics: Object.keys(topics).length,
    facts: [...entries(fixed, ''), ...entries(cluster, 'cluster '), ...entries(listeners, 'listener ')],
  };
}

function entries(values: Readonly<Record<string, string>>, before: string): LockSection['facts'] {
  return Object.entries(values)
    .map(([name, value]) => ({ name: `${before}${name}`, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
