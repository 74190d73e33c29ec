import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { importEnvironment, readLiveCluster, type ImportOptions } from '../../../lib/admin/import';
import { saltedCredential } from '../../../lib/admin/users';
import type { Acl, AclOperation } from '../../../lib/core/cluster';
import { openText } from '../../support/environments';

export const WRITE = { validateOnly: false };
export const CONNECTION = { bootstrapServers: ['b1:9092'], authentication: 'none', encrypted: false } as const;

type Chosen = Partial<Pick<ImportOptions, 'target' | 'topics' | 'region' | 'connection'>>;

export async function imported(memory: MemoryCluster, chosen: Chosen = {}) {
  const { topics } = chosen;
  const isWanted = (topic: string) => topics?.some((pattern) => topic.startsWith(pattern.replace('*', ''))) ?? true;
  const live = await readLiveCluster(memory.connect(), { isWanted });
  return importEnvironment(live, { name: 'shop', target: 'hosts', connection: CONNECTION, check: openText, ...chosen });
}

export const acl = (principal: string, resource: string, operation: AclOperation, more: Partial<Acl> = {}): Acl => {
  const [type, name] = resource.split(' ') as [Acl['resourceType'], string];
  const prefixed = name.endsWith('*') && name !== '*';
  return {
    principal,
    host: '*',
    resourceType: type,
    resourceName: prefixed ? name.slice(0, -1) : name,
    pattern: prefixed ? 'prefixed' : 'literal',
    operation,
    permission: 'allow',
    ...more,
  };
};

export const topic = (
  name: string,
  partitions: number,
  config: Record<string, string> = {},
  replicationFactor = 3,
) => ({
  name,
  placement: { partitions, replicationFactor },
  config,
});

export async function shop(): Promise<MemoryCluster> {
  const memory = new MemoryCluster();
  const admin = memory.connect();
  const usual = { 'min.insync.replicas': '2', 'cleanup.policy': 'delete', 'retention.ms': '604800000' };
  await admin.createTopics(
    [
      topic('orders', 12, { ...usual, 'retention.ms': '2592000000', 'compression.type': 'zstd' }),
      topic('clicks', 6, { ...usual, 'retention.bytes': '1000000' }),
      topic('events', 6, usual),
      topic('profiles', 6, { 'min.insync.replicas': '2', 'cleanup.policy': 'compact' }),
    ],
    WRITE,
  );
  const mechanism = 'SCRAM-SHA-512';
  for (const user of ['checkout', 'billing'])
    await admin.alterUsers([await saltedCredential({ user, mechanism, iterations: 4096 }, 'secret')]);
  await admin.createAcls([
    acl('User:checkout', 'topic orders', 'write'),
    acl('User:checkout', 'topic orders', 'describe'),
    acl('User:checkout', 'topic orders', 'create'),
    acl('User:checkout', 'transactional-id checkout-*', 'write'),
    acl('User:checkout', 'transactional-id checkout-*', 'describe'),
    acl('User:billing', 'topic orders', 'read'),
    acl('User:billing', 'topic orders', 'describe'),
    acl('User:billing', 'group billing', 'read'),
    acl('User:billing', 'group billing', 'describe'),
    acl('User:billing', 'cluster kafka-cluster', 'describe', { permission: 'deny', host: '10.0.0.7' }),
  ]);
  await admin.alterQuotas(
    [
      { entity: { user: 'billing' }, set: { consumer_byte_rate: 20_971_520 }, remove: [] },
      { entity: { clientId: null }, set: { request_percentage: 150 }, remove: [] },
    ],
    WRITE,
  );
  return memory;
}
