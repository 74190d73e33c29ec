import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import type { Acl } from '../../../lib/core/cluster';

const TOPICS = 10_000;
const DO_IT = { validateOnly: false };

const names = Array.from({ length: TOPICS }, (_, index) => `topic-${index}`);
const acls = Array.from({ length: 2 * TOPICS }, (_, index): Acl => ({
  principal: `User:app-${index}`,
  host: '*',
  resourceType: 'topic',
  resourceName: `topic-${index % TOPICS}`,
  pattern: 'literal',
  operation: 'read',
  permission: 'allow',
}));

async function filled(lag = 0) {
  const cluster = new MemoryCluster({ lag });
  const port = cluster.connect();
  for (let start = 0; start < TOPICS; start += 1000) {
    const placement = { partitions: 3, replicationFactor: 3 };
    const config = { 'retention.ms': '1000' };
    await port.createTopics(
      names.slice(start, start + 1000).map((name) => ({ name, placement, config })),
      DO_IT,
    );
  }
  await port.createAcls(acls);
  return { cluster, port };
}

describe('a memory cluster of 10,000 topics and 20,000 ACLs', () => {
  it('is made and read whole', async () => {
    const { port } = await filled();
    const resources = names.map((name) => ({ type: 'topic' as const, name }));
    const configs = await port.describeConfigs(resources);
    expect(configs[0]!.entries.length).toBeGreaterThan(25);
    expect(configs[9999]!.entries).toContainEqual({ option: 'retention.ms', value: '1000', source: 'topic' });
    const topics = await port.describeTopics('all');
    expect(topics).toHaveLength(TOPICS);
    expect(await port.describeAcls()).toHaveLength(2 * TOPICS);
  });

  it('is read from brokers that lag, while one of them stops', async () => {
    const { cluster, port } = await filled(2);
    cluster.stopBroker(2);
    for (let look = 0; look < 5; look++) await port.describeTopics('all', { broker: 1 });
    cluster.startBroker(2);
    for (let look = 0; look < 5; look++) await port.describeTopics('all', { broker: 1 });
    const topics = await port.describeTopics('all', { broker: 1 });
    expect(topics.every(({ partitions }) => partitions.every(({ isr }) => isr.length === 3))).toBe(true);
  });
});
