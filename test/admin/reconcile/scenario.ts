import { MemoryCluster, type ClusterSnapshot } from '../../../lib/admin/adapters/memory';
import { aclKey } from '../../../lib/core/cluster';
import type { DesiredState } from '../../../lib/core/plan';
import { access, allow, converge, desiredOf, topic } from './harness';

/** A cluster with something of every kind, some of it somebody else's. */
export async function startingCluster(): Promise<MemoryCluster> {
  const cluster = new MemoryCluster();
  const placement = { partitions: 2, replicationFactor: 2 };
  const admin = cluster.connect();
  await admin.createTopics(
    ['foreign', 'foreign-too'].map((name) => ({ name, placement, config: { 'retention.ms': '77' } })),
    { validateOnly: false },
  );
  await admin.createAcls([allow('stranger', 'foreign'), allow('stranger', 'orders')]);
  const salted = { salt: new Uint8Array(32), saltedPassword: new Uint8Array(64), iterations: 5000 };
  await admin.alterUsers([{ user: 'stranger', mechanism: 'SCRAM-SHA-512', ...salted }]);
  await admin.alterQuotas([{ entity: { user: 'stranger' }, set: { producer_byte_rate: 7 }, remove: [] }], {
    validateOnly: false,
  });
  await converge(cluster, BEFORE);
  cluster.requests.reset();
  return cluster;
}

const users = (...names: string[]): DesiredState['users'] => ({
  mechanism: 'SCRAM-SHA-512',
  iterations: 4096,
  users: names.map((name) => ({ name, secret: { secret: name, key: 'password' }, path: `principals.${name}` })),
  deleted: [],
});

const BEFORE = desiredOf({
  topics: [
    topic('orders', { partitions: 2, replicationFactor: 2, config: {} }),
    topic('clicks', { partitions: 1 }),
    topic('old', { partitions: 1 }),
  ],
  access: access([allow('ann', 'old'), allow('bob', 'clicks')]),
  users: users('ann', 'bob'),
  quotas: { quotas: [{ entity: { user: 'ann' }, values: { producer_byte_rate: 5 }, path: 'ann' }], deleted: [] },
});

/** Every kind of change there is: topics made, grown, moved, altered and deleted, access of all sorts. */
export const AFTER = desiredOf({
  topics: [
    topic('orders', { partitions: 2, replicationFactor: 3, config: { 'retention.ms': '5000' } }),
    topic('clicks', { partitions: 3 }),
    topic('new', { partitions: 2 }),
    topic('newer', { partitions: 2 }),
  ],
  deletedTopics: [{ name: 'old', reason: 'replaced', path: 'topics.old' }],
  access: access([allow('ann', 'new'), allow('cyd', 'clicks')], ['bob']),
  users: { ...users('ann', 'cyd')!, deleted: [{ name: 'bob', reason: 'left', path: 'principals.bob' }] },
  quotas: { quotas: [{ entity: { user: 'ann' }, values: { consumer_byte_rate: 6 }, path: 'ann' }], deleted: [] },
  brokerOptions: [{ option: 'message.max.bytes', value: '2000000', update: 'cluster-wide', path: 'kafka.config' }],
});

/** What an apply has to leave behind, whatever happened on the way; ids of topics and the order of replicas are Kafka's. */
export function shapeOf({ topics, acls, users: credentials, quotas, brokerConfig }: ClusterSnapshot): unknown {
  return {
    topics: Object.fromEntries(
      Object.entries(topics)
        .filter(([name]) => !name.startsWith('__'))
        .map(([name, { replicas, config }]) => [name, { factors: replicas.map(({ length }) => length), config }]),
    ),
    acls: acls.map(aclKey).sort(),
    users: credentials.map(({ user, iterations }) => `${user} ${iterations}`).sort(),
    quotas: quotas.map(({ entity, values }) => JSON.stringify([entity, values])).sort(),
    brokerConfig,
  };
}
