import { setTimeout as sleep } from 'node:timers/promises';
import { connectAdmin, type KafkaClient } from '../../lib/admin';
import { isRetriable } from '../../lib/admin/failures';
import { planRoll, roll, type RollOptions } from '../../lib/admin/roll';
import { retry } from '../../lib/admin/wait';
import type { EnvironmentModel } from '../../lib/core/model';
import { controlLocal, localState, upLocal, type LocalControl } from '../../lib/local';
import { AcknowledgedLoad, lostRecords, readAll } from '../support/acknowledged-load';
import { startCluster, type TestCluster } from '../support/cluster';

const PARTITIONS = 6;
const MIN_ISR = 2;
const silent = (): undefined => undefined;

let cluster: TestCluster;
let client: KafkaClient;

beforeAll(async () => {
  cluster = await startCluster();
  client = await connectAdmin({ bootstrapServers: cluster.bootstrapServers, timeoutMs: 5_000 });
  const topic = { name: 'orders', placement: { partitions: PARTITIONS, replicationFactor: 3 } };
  const config = { 'min.insync.replicas': String(MIN_ISR) };
  await client.createTopics([{ ...topic, config }], { validateOnly: false });
}, 600_000);

afterAll(async () => {
  await client?.close();
  await cluster?.stop();
}, 60_000);

const pids = (): (number | undefined)[] => localState({ root: cluster.root })!.nodes.map(({ pid }) => pid);

/** The same environment with a setting that brokers read only when they start. */
function withOption(model: EnvironmentModel, option: string, value: string): EnvironmentModel {
  const brokerConfig = new Map([
    ...model.brokerConfig,
    [option, { value, source: 'environment' as const, why: 'test' }],
  ]);
  return { ...model, formation: 'formed', brokerConfig };
}

const changed = (): EnvironmentModel => withOption(cluster.model, 'queued.max.requests', '321');

async function controlled<T>(model: EnvironmentModel, work: (options: RollOptions) => Promise<T>): Promise<T> {
  const { signal } = new AbortController();
  const control: LocalControl = await controlLocal(model, { root: cluster.root, progress: silent, signal });
  try {
    return await work({ nodes: model.nodes, control, progress: silent, signal });
  } finally {
    control.release();
  }
}

/** Looks at all partitions, as brokers tell of them, again and again. */
async function fewestInSync(until: () => boolean): Promise<{ fewest: number; looks: number }> {
  const seen = { fewest: Infinity, looks: 0 };
  while (!until()) {
    try {
      const [topic] = await client.describeTopics(['orders']);
      for (const { isr } of topic!.partitions) seen.fewest = Math.min(seen.fewest, isr.length);
      seen.looks++;
    } catch (error) {
      if (!isRetriable(error)) throw error;
    }
    await sleep(200);
  }
  return seen;
}

describe('a roll of real nodes', () => {
  test('says first what it would do', async () => {
    const { due, current } = await controlled(changed(), (options) => planRoll(client, options));
    expect(current).toEqual([]);
    expect(due.map(({ why }) => why)).toEqual(Array(3).fill('queued.max.requests in server.properties changed'));
    const { leaderId } = await client.describeQuorum();
    expect(due.at(-1)!.id).toBe(leaderId);
  }, 60_000);

  test('up refuses what the running nodes were not started with, and says how', async () => {
    const up = upLocal(changed(), { root: cluster.root, progress: silent });
    await expect(up).rejects.toMatchObject({ code: 'CONFIG-CHANGED', hint: expect.stringContaining('kdk roll') });
  }, 60_000);

  test('loses no acknowledged record, never falls below min ISR, and leaves every node with the new settings', async () => {
    const before = pids();
    const load = new AcknowledgedLoad({ client: () => client, topic: 'orders', partitions: PARTITIONS, acks: 'all' });
    let ended = false;
    const watched = fewestInSync(() => ended);
    const { restarted, left } = await controlled(changed(), (options) => roll(client, options)).finally(() => {
      ended = true;
    });
    await load.stop();
    const { fewest, looks } = await watched;
    const took = restarted.map(({ name, tookMs }) => `${name} ${Math.round(tookMs / 1000)} s`).join(', ');
    console.log(
      `rolled ${took}; ${load.acknowledged.size} records acknowledged, ${load.unanswered} unanswered, ${looks} looks`,
    );
    expect([restarted.length, left]).toEqual([3, []]);
    expect(pids().filter((pid) => pid === undefined || before.includes(pid))).toEqual([]);
    expect(looks).toBeGreaterThan(10);
    expect(fewest).toBe(MIN_ISR);
    expect(load.acknowledged.size).toBeGreaterThan(1_000);
    expect(lostRecords(load.acknowledged, await readAll(client, 'orders'))).toEqual([]);
    const asked = restarted.map(({ id }) => ({
      type: 'broker' as const,
      name: String(id),
      options: ['queued.max.requests'],
    }));
    const described = await retry(() => client.describeConfigs(asked), { deadlineMs: 30_000 });
    expect(described.map(({ entries }) => entries[0]?.value)).toEqual(['321', '321', '321']);
    const [orders] = await client.describeTopics(['orders']);
    expect(orders!.partitions.map(({ leader, replicas }) => leader === replicas[0])).toEqual(
      Array(PARTITIONS).fill(true),
    );
  }, 600_000);

  test('has nothing to do the second time', async () => {
    const before = pids();
    expect(await controlled(changed(), (options) => roll(client, options))).toEqual({ restarted: [], left: [] });
    expect(pids()).toEqual(before);
  }, 60_000);

  test('starts the node that was killed, and touches no other', async () => {
    const before = pids();
    await cluster.signal(cluster.model.nodes[1]!.id, 'SIGKILL');
    const { restarted } = await controlled(changed(), (options) => roll(client, options));
    expect(restarted).toMatchObject([{ name: cluster.model.nodes[1]!.name, why: 'it does not run' }]);
    expect([pids()[0], pids()[2]]).toEqual([before[0], before[2]]);
  }, 300_000);

  test('fails at the first node that does not start, with what it said, and leaves the others running', async () => {
    const broken = withOption(changed(), 'queued.max.requests', '0');
    const before = pids();
    await expect(controlled(broken, (options) => roll(client, options))).rejects.toMatchObject({
      code: 'ROLL-NOT-BACK',
      message: expect.stringContaining('queued.max.requests'),
    });
    expect(pids().filter((pid) => pid !== undefined && before.includes(pid))).toHaveLength(2);
    const { restarted } = await controlled(changed(), (options) => roll(client, options));
    expect(restarted).toHaveLength(1);
  }, 300_000);
});
