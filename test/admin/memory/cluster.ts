import { MemoryCluster, type MemoryClusterOptions } from '../../../lib/admin/adapters/memory';
import type { Acl, AdminPort, NewTopic, PartitionDescription } from '../../../lib/admin';

export const really = { validateOnly: false };
export const dry = { validateOnly: true };

export function clusterOf(options: MemoryClusterOptions = {}): { cluster: MemoryCluster; port: AdminPort } {
  const cluster = new MemoryCluster(options);
  return { cluster, port: cluster.connect() };
}

export const topic = (name: string, config: Record<string, string> = {}): NewTopic => ({
  name,
  placement: { partitions: 1, replicationFactor: 3 },
  config,
});

export const placed = (name: string, ...assignments: number[][]): NewTopic => ({
  name,
  placement: { assignments },
  config: {},
});

export const acl = (principal: string): Acl => ({
  principal: `User:${principal}`,
  host: '*',
  resourceType: 'topic',
  resourceName: 'orders',
  pattern: 'literal',
  operation: 'read',
  permission: 'allow',
});

export async function partitionOf(port: AdminPort, name: string, partition = 0): Promise<PartitionDescription> {
  return (await port.describeTopics([name]))[0]!.partitions[partition]!;
}

/** Names of the errors of each item, `-` where it was done. */
export const outcomes = (results: readonly { readonly error?: { readonly name: string } }[]): string[] =>
  results.map(({ error }) => error?.name ?? '-');
