import type { Acl, KafkaClient } from '../../lib/admin';
import { poll } from '../../lib/admin/wait';
import { GUARD_ACLS } from '../../lib/core/cluster';
import { AUTHORIZED, startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';
import { logInWhenKnown, scramUser } from '../support/scram-user';

/** What Amazon MSK runs with: its brokers are super users, and what has no ACL is open to all. */
const OPEN = { ...AUTHORIZED, 'allow.everyone.if.no.acl.found': 'true' };
const SCRAM = {
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.sasl.scram-sha-512.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required;',
};

const right = (resourceType: Acl['resourceType'], resourceName: string, operation: Acl['operation']): Acl => ({
  principal: 'User:ada',
  host: '*',
  resourceType,
  resourceName,
  pattern: resourceName.endsWith('-') ? 'prefixed' : 'literal',
  operation,
  permission: 'allow',
});

/** What an environment makes of `produce` and `consume`. */
const RIGHTS = [
  right('topic', 'orders', 'write'),
  right('topic', 'orders', 'read'),
  right('topic', 'orders', 'describe'),
  right('group', 'billing', 'read'),
  right('group', 'billing', 'describe'),
  right('transactional-id', 'ada-', 'write'),
  right('transactional-id', 'ada-', 'describe'),
];

const topicOf = (name: string) => ({ name, placement: { partitions: 1, replicationFactor: 1 }, config: {} });
const really = { validateOnly: false };
const record = { key: 'k', value: 'v', timestampMs: 1_700_000_000_000 };

/** Everything that a client does all day: ids, records written and read, offsets, transactions. */
async function work(client: KafkaClient, topic: string, group: string, transactionalId: string): Promise<string[]> {
  const failed: string[] = [];
  const attempt = async (what: string, ask: () => Promise<unknown>): Promise<void> => {
    try {
      const answer = await ask();
      for (const item of [answer].flat() as ({ error?: { name: string } } | undefined)[])
        if (item?.error !== undefined) failed.push(`${what}: ${item.error.name}`);
    } catch (error) {
      failed.push(`${what}: ${(error as Error).message}`);
    }
  };
  await attempt('start a producer', async () => {
    const producer = await client.startProducer();
    const idempotence = { producer, firstSequence: 0 };
    return client.produce({ topic, partition: 0, records: [record], acks: 'all', idempotence });
  });
  await attempt('write', () => client.produce({ topic, partition: 0, records: [record], acks: 'all' }));
  await attempt('read', () => client.fetch(topic, new Map([[0, 0]])));
  await attempt('commit', () => client.commitOffsets(group, [{ topic, partition: 0, offset: 1 }]));
  await attempt('read offsets', async () => void (await client.committedOffsets([group])));
  await attempt('start a transaction', async () => void (await client.startProducer({ transactionalId })));
  return failed;
}

describe.each(['4.1', '3.9'])('a cluster of Kafka %s that is open where there are no ACLs', (version) => {
  let cluster: AskedCluster;
  let ada: KafkaClient;
  let bob: KafkaClient;

  beforeAll(async () => {
    cluster = await startAskedCluster(version, {
      listeners: { SASL: 'SASL_PLAINTEXT' },
      properties: { ...OPEN, ...SCRAM },
    });
    const { client, nodes } = cluster;
    await client.createTopics(['orders', 'public'].map(topicOf), really);
    await client.alterUsers([scramUser('ada', 'a password'), scramUser('bob', 'a password')]);
    const open = (username: string) =>
      logInWhenKnown({
        bootstrapServers: nodes.servers('SASL'),
        sasl: { mechanism: 'SCRAM-SHA-512', username, password: 'a password' },
      });
    [ada, bob] = [await open('ada'), await open('bob')];
  }, 600_000);

  afterAll(async () => {
    await ada?.close();
    await bob?.close();
    await cluster?.stop();
  }, 60_000);

  test('lets everybody do everything, is closed by guards, and those with ACLs of their own go on without one refusal', async () => {
    const { client } = cluster;
    // Topics that were just made, and the coordinators of the first group and transaction, take a moment.
    const atFirst = (who: KafkaClient, id: string) =>
      poll(
        () => work(who, 'orders', 'billing', id),
        (failed) => failed.length === 0,
        { deadlineMs: 30_000 },
      );
    await atFirst(bob, 'bob-1');
    await atFirst(ada, 'ada-1');
    expect((await bob.createTopics([topicOf('of-bob')], really)).map(({ error }) => error)).toEqual([undefined]);
    expect(await bob.describeAcls()).toEqual([]);

    let [rounds, after, closed, over] = [0, 0, false, false];
    const refused: string[] = [];
    const atWork = (async () => {
      for (; !over; rounds++) {
        const during = closed;
        refused.push(...(await work(ada, 'orders', 'billing', 'ada-1')));
        if (during) after++;
      }
    })();
    const settled = async (count: number): Promise<void> => {
      const from = rounds;
      await poll(
        async () => rounds,
        (now) => now >= from + count,
        { deadlineMs: 30_000 },
      );
    };
    await client.createAcls(RIGHTS);
    await settled(3);
    await client.createAcls(GUARD_ACLS);
    await poll(
      () => work(bob, 'public', 'anything', 'bob-1'),
      (failed) => failed.length === 6,
      { deadlineMs: 20_000 },
    );
    closed = true;
    await settled(5);
    over = true;
    await atWork;
    expect(refused).toEqual([]);
    expect(after).toBeGreaterThan(2);
  }, 120_000);

  test('refuses a user without ACLs on topics that were there, on topics made since, on groups, ids and the cluster', async () => {
    await cluster.client.createTopics([topicOf('new')], really);
    for (const topic of ['orders', 'public', 'of-bob', 'new'])
      expect(await work(bob, topic, `group-of-${topic}`, 'bob-2')).toEqual([
        expect.stringMatching(/^start a producer: .*CLUSTER_AUTHORIZATION_FAILED/),
        expect.stringMatching(/^write: .*TOPIC_AUTHORIZATION_FAILED/),
        expect.stringMatching(/^read: .*TOPIC_AUTHORIZATION_FAILED/),
        expect.stringMatching(/^commit: .*GROUP_AUTHORIZATION_FAILED/),
        expect.stringMatching(/^read offsets: .*GROUP_AUTHORIZATION_FAILED/),
        expect.stringMatching(/^start a transaction: .*TRANSACTIONAL_ID_AUTHORIZATION_FAILED/),
      ]);
    expect((await bob.createTopics([topicOf('more')], really)).map(({ error }) => error?.name)).toEqual([
      'TOPIC_AUTHORIZATION_FAILED',
    ]);
    const results = await bob.createAcls([{ ...RIGHTS[0]!, principal: 'User:bob' }]);
    expect(results.map(({ error }) => error?.name)).toEqual(['CLUSTER_AUTHORIZATION_FAILED']);
    await expect(bob.describeAcls()).rejects.toMatchObject({ code: 'KAFKA-REFUSED' });
    expect(await bob.describeTopics('all')).toEqual([]);
  }, 60_000);

  test('refuses whoever takes the name that the guards are about', async () => {
    const { client, nodes } = cluster;
    await client.alterUsers([scramUser('kdk-closed', 'a password')]);
    const closed = await logInWhenKnown({
      bootstrapServers: nodes.servers('SASL'),
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'kdk-closed', password: 'a password' },
    });
    expect(await work(closed, 'orders', 'billing', 'ada-1')).toHaveLength(6);
    await closed.close();
  }, 60_000);
});
