import { aclKey } from '../../../lib/core/cluster';
import { acl, clusterOf, placed, really, topic } from './cluster';

describe('brokers that lag', () => {
  it('see a change after as many looks as they lag, each by itself, in order', async () => {
    const { cluster, port } = clusterOf({ lag: 2 });
    await port.createTopics([topic('a')], really);
    const seen = async (broker: number) => (await port.listTopics({ broker })).map(({ name }) => name);
    expect(await seen(1)).toEqual([]);
    await port.createTopics([topic('b')], really);
    expect([await seen(1), await seen(1), await seen(1)]).toEqual([[], ['a'], ['a', 'b']]);
    expect([await seen(3), await seen(3), await seen(3)]).toEqual([[], [], ['a', 'b']]);
    expect(Object.keys(cluster.snapshot().topics)).toEqual(['a', 'b']);
  });

  it('may lag one by one, and show everything of old: options, ACLs, quotas and users', async () => {
    const { cluster, port } = clusterOf();
    await port.createTopics([topic('a')], really);
    cluster.setLag(1, { broker: 2 });
    const user = { user: 'ada', mechanism: 'SCRAM-SHA-512' as const, iterations: 8192 };
    await port.alterConfigs([{ type: 'topic', name: 'a', set: { 'retention.ms': '7' }, remove: [] }], really);
    await port.createAcls([acl('ada')]);
    await port.alterQuotas([{ entity: { user: 'ada' }, set: { producer_byte_rate: 1 }, remove: [] }], really);
    await port.alterUsers([{ ...user, salt: Buffer.from('s'), saltedPassword: Buffer.from('p') }]);
    const looks = [
      async (broker: number) =>
        (await port.describeConfigs([{ type: 'topic', name: 'a', options: ['retention.ms'] }], { broker }))[0]!
          .entries[0]!.source,
      async (broker: number) => (await port.describeAcls({ broker })).map(aclKey),
      async (broker: number) => port.describeQuotas({ broker }),
      async (broker: number) => port.describeUsers({ broker }),
    ];
    expect(await Promise.all(looks.map((look) => look(1)))).toEqual([
      'topic',
      [aclKey(acl('ada'))],
      [{ entity: { user: 'ada' }, values: { producer_byte_rate: 1 } }],
      [user],
    ]);
    const { cluster: other, port: behind } = clusterOf({ lag: 9 });
    await behind.createAcls([acl('ada')]);
    expect(await behind.describeAcls()).toEqual([]);
    expect(other.snapshot().acls).toHaveLength(1);
    expect(await port.describeAcls({ broker: 2 })).toEqual([]);
    expect(await port.describeAcls({ broker: 2 })).toHaveLength(1);
  });

  it('know all of it when they start', async () => {
    const { cluster, port } = clusterOf({ lag: 5 });
    cluster.stopBroker(2);
    await port.createTopics([placed('a', [1])], really);
    cluster.startBroker(2);
    expect(await port.listTopics({ broker: 2 })).toHaveLength(1);
    expect(await port.listTopics({ broker: 1 })).toHaveLength(0);
  });

  it('do not make the controller lag: it refuses what it has', async () => {
    const { port } = clusterOf({ lag: 5 });
    await port.createTopics([topic('a')], really);
    expect((await port.createTopics([topic('a')], really))[0]!.error!.name).toBe('TOPIC_ALREADY_EXISTS');
  });
});
