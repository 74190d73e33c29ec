import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAdmin, type AdminPort, type KafkaClient } from '../../lib/admin';
import { poll, retry } from '../../lib/admin/wait';
import { AUTHORIZED, startAskedCluster, type AskedCluster } from '../support/clusters-to-ask';
import { REPOSITORY } from '../support/kdk';

const PATIENCE = { deadlineMs: 60_000 };
const GROUP = '__kdk_apply';

let cluster: AskedCluster;
let client: KafkaClient;

beforeAll(async () => {
  cluster = await startAskedCluster('4.3', {
    count: 3,
    properties: { ...AUTHORIZED, 'offsets.topic.replication.factor': '3' },
  });
  client = cluster.client;
  const topics = Array.from({ length: 600 }, (_, index) => `many-${index}`);
  await client.createTopics(
    topics.map((name) => ({ name, placement: { partitions: 1, replicationFactor: 3 }, config: {} })),
    { validateOnly: false },
  );
  // The topic of offsets is made now, behind all the others.
  await retry(() => client.commitOffsets('readers', [{ topic: 'many-0', partition: 0, offset: 0 }]), PATIENCE);
}, 600_000);

afterAll(() => cluster?.stop(), 60_000);

describe('a lease', () => {
  /** A process that takes the lease and then does nothing. */
  async function holder(): Promise<ChildProcess> {
    const options = { bootstrapServers: cluster.nodes.servers() };
    const script = `
      const { connectAdmin } = require(${JSON.stringify(join(REPOSITORY, 'dist/lib/admin'))});
      connectAdmin(${JSON.stringify(options)})
        .then(async (client) => {
          const lease = await client.takeLease({ group: '${GROUP}', holder: 'child' });
          console.log('held');
          process.once('SIGTERM', async () => { await lease.release(); await client.close(); });
        });`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
    expect(line).toBe('held');
    return child;
  }

  const take = async (admin: AdminPort = client): Promise<void> =>
    (await admin.takeLease({ group: GROUP, holder: 'test' })).release();

  test('keeps the process of its holder alive, and lets it end once it was released', async () => {
    const child = await holder();
    await sleep(4_000);
    expect(child.exitCode).toBeNull();
    await expect(take()).rejects.toMatchObject({ code: 'LEASE-HELD', message: expect.stringContaining('got child') });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await take();
  }, 60_000);

  test('is free again within a session after the process of its holder was killed', async () => {
    const child = await holder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(take()).rejects.toMatchObject({ code: 'LEASE-HELD' });
    const killedAt = Date.now();
    for (;;) {
      try {
        await take();
        break;
      } catch (error) {
        expect(error).toMatchObject({ code: 'LEASE-HELD' });
        expect(Date.now() - killedAt).toBeLessThan(40_000);
        await sleep(1_000);
      }
    }
  }, 120_000);

  test('is released where its client is closed', async () => {
    const own = await connectAdmin({ bootstrapServers: cluster.nodes.servers() });
    const lease = await own.takeLease({ group: GROUP, holder: 'closing' });
    await own.close();
    expect(lease.lost.aborted).toBe(false);
    await take();
  }, 60_000);
});

describe('while a broker is down', () => {
  /** The broker that coordinates the group of the lease: the leader of the partition that its name falls to. */
  async function coordinator(): Promise<number> {
    let hash = 0;
    for (const character of GROUP) hash = (31 * hash + character.charCodeAt(0)) | 0;
    const [offsets] = await client.describeTopics(['__consumer_offsets']);
    const { leader } = offsets!.partitions[(hash & 0x7fffffff) % offsets!.partitions.length]!;
    return leader;
  }

  test('all is answered by the others, a lease is kept, and what only that broker knows is an error of its own', async () => {
    const down = await coordinator();
    const lease = await client.takeLease({ group: GROUP, holder: 'outliving' });
    const up = cluster.nodes.ids.filter((id) => id !== down);
    await cluster.nodes.kill(down);

    const all = await client.describeTopics('all');
    const names = all.map(({ name }) => name).filter((name) => name.startsWith('many-'));
    expect(names).toHaveLength(600);
    const configs = await client.describeConfigs(names.map((name) => ({ type: 'topic', name })));
    expect(configs.map(({ name, error }) => [name, error])).toEqual(names.map((name) => [name, undefined]));
    const ofBrokers = await client.describeConfigs(
      cluster.nodes.ids.map((id) => ({ type: 'broker', name: String(id), options: ['node.id'] })),
    );
    expect(ofBrokers.map(({ name, error }) => [Number(name), error?.name])).toEqual(
      cluster.nodes.ids.map((id) => [id, id === down ? 'NETWORK_EXCEPTION' : undefined]),
    );
    const logDirs = await client.describeLogDirs(cluster.nodes.ids);
    expect(logDirs.map(({ item, error }) => [item, error?.retriable])).toEqual(
      cluster.nodes.ids.map((id) => [id, id === down ? true : undefined]),
    );
    const target = { type: 'broker', set: { 'log.retention.ms': '123456789' }, remove: [] } as const;
    const altered = await client.alterConfigs(
      cluster.nodes.ids.map((id) => ({ ...target, name: String(id) })),
      { validateOnly: false },
    );
    expect(altered.map(({ item, error }) => [Number(item.name), error?.name])).toEqual(
      cluster.nodes.ids.map((id) => [id, id === down ? 'NETWORK_EXCEPTION' : undefined]),
    );

    // Until the controller misses the broker, what it led and coordinated is with nobody.
    const offsets = await poll(
      () => client.listOffsets(names.slice(0, 100).map((topic) => ({ topic, partition: 0, at: 'latest' }))),
      (answers) => answers.every(({ error }) => error === undefined),
      PATIENCE,
    );
    expect(offsets.map(({ offset }) => offset)).toEqual(offsets.map(() => 0));
    expect((await client.listGroups()).map(({ group }) => group).sort()).toEqual([GROUP, 'readers']);
    expect((await client.committedOffsets(['readers'])).get('readers')).toHaveLength(1);
    const [made] = await client.createTopics(
      [{ name: 'made', placement: { partitions: 3, replicationFactor: 2 }, config: {} }],
      { validateOnly: false },
    );
    expect(made).toEqual({ topic: 'made' });
    expect((await client.describeCluster()).brokers.map(({ id }) => id)).toEqual(up);

    await sleep(15_000);
    expect(lease.lost.aborted).toBe(false);
    const other = await connectAdmin({ bootstrapServers: cluster.nodes.servers() });
    await expect(other.takeLease({ group: GROUP, holder: 'other' })).rejects.toMatchObject({ code: 'LEASE-HELD' });
    await lease.release();
    await (await other.takeLease({ group: GROUP, holder: 'other' })).release();
    await other.close();
  }, 180_000);
});

describe('when no broker answers any more', () => {
  test('fails with status 3, naming all of them, and says that a lease is lost', async () => {
    const lease = await client.takeLease({ group: GROUP, holder: 'lonely' });
    const lost = once(lease.lost, 'abort');
    for (const id of cluster.nodes.ids) await cluster.nodes.kill(id);
    const failure = await client.listTopics().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'KAFKA-UNREACHABLE', status: 3 });
    for (const server of cluster.nodes.servers()) expect((failure as Error).message).toContain(server);
    await lost;
    expect(lease.lost.reason).toMatchObject({ code: 'LEASE-LOST', status: 1 });
    await lease.release();
  }, 90_000);
});
