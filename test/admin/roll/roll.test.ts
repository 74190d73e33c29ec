import fc from 'fast-check';
import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import { planRoll, roll, type RollOptions } from '../../../lib/admin/roll';
import { Failure } from '../../../lib/core/issue';
import type { NodeControl, NodeState, RollNode } from '../../../lib/core/roll';
import { converge, desiredOf, fakeClock, topic } from '../reconcile/harness';

const NODES: readonly RollNode[] = [1, 2, 3].map((id) => ({ id, name: `n${id}`, roles: ['broker', 'controller'] }));

/** Hosts of a cluster in memory: which run, which have new files, and what happens when one is restarted. */
class Hosts implements NodeControl {
  readonly restarted: number[] = [];
  readonly due = new Set<number>();
  readonly stopped = new Set<number>();
  readonly unreachable = new Set<number>();
  fails?: number;

  constructor(private readonly cluster: MemoryCluster) {}

  async look({ id, name }: RollNode): Promise<NodeState> {
    if (this.unreachable.has(id))
      throw new Failure('HOST-UNREACHABLE', `${name} cannot be reached, got a time-out; it must.`, 'Check it.', 3);
    return Promise.resolve({
      running: !this.stopped.has(id),
      ...(this.due.has(id) ? { due: 'server.properties differs' } : {}),
    });
  }

  restart({ id }: RollNode): Promise<void> {
    this.restarted.push(id);
    this.cluster.stopBroker(id);
    this.due.delete(id);
    this.stopped.delete(id);
    if (this.fails === id) this.stopped.add(id);
    else this.cluster.startBroker(id);
    return Promise.resolve();
  }
}

interface Scene {
  readonly cluster: MemoryCluster;
  readonly hosts: Hosts;
  readonly options: RollOptions;
  readonly told: string[];
}

async function scene({ looksAStep = 3, due = [1, 2, 3], partitions = 6 } = {}): Promise<Scene> {
  const cluster = new MemoryCluster({ looksAStep });
  await converge(cluster, desiredOf({ topics: [topic('orders', { partitions })] }));
  const hosts = new Hosts(cluster);
  for (const id of due) hosts.due.add(id);
  const told: string[] = [];
  const options: RollOptions = {
    nodes: NODES,
    control: hosts,
    progress: ({ step, detail }) => told.push(`${step} ${detail ?? ''}`),
    signal: new AbortController().signal,
    clock: fakeClock(),
  };
  return { cluster, hosts, options, told };
}

describe('a roll', () => {
  test('restarts what is due, the active controller last, and gives leadership back', async () => {
    const { cluster, hosts, options } = await scene();
    const before = cluster.snapshot().topics;
    const { restarted, left } = await roll(cluster.connect(), options);
    expect(hosts.restarted).toEqual([2, 3, 1]);
    expect([restarted.map(({ name }) => name), left]).toEqual([['n2', 'n3', 'n1'], []]);
    expect(cluster.snapshot().topics).toEqual(before);
  });

  test('leaves alone what runs with what lies there', async () => {
    const { cluster, hosts, options } = await scene({ due: [3] });
    await roll(cluster.connect(), options);
    expect(hosts.restarted).toEqual([3]);
    await roll(cluster.connect(), options);
    expect(hosts.restarted).toEqual([3]);
  });

  test('restarts all where all are asked for', async () => {
    const { cluster, hosts, options } = await scene({ due: [] });
    const { restarted } = await roll(cluster.connect(), { ...options, which: 'all' });
    expect(restarted.map(({ why }) => why)).toEqual(Array(3).fill('all are restarted'));
    expect(hosts.restarted).toHaveLength(3);
  });

  test('begins with the one that is down', async () => {
    const { cluster, hosts, options } = await scene();
    hosts.stopped.add(3);
    cluster.stopBroker(3);
    await roll(cluster.connect(), options);
    expect(hosts.restarted[0]).toBe(3);
  });

  test('never takes a node while a replica of another is behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.subarray([1, 2, 3], { minLength: 1 }),
        fc.constantFrom(0, 0, 2, 6),
        async (looksAStep, partitions, due, lag) => {
          const { cluster, hosts, options } = await scene({ looksAStep, partitions, due });
          cluster.setLag(lag);
          const restart = hosts.restart.bind(hosts);
          hosts.restart = (node) => {
            expect(cluster.replicasBehind()).toBe(0);
            return restart(node);
          };
          await roll(cluster.connect(), options);
          expect([...hosts.restarted].sort()).toEqual(due);
          expect(cluster.replicasBehind()).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('waits for a node that may not go down yet, and says why', async () => {
    const { cluster, hosts, options, told } = await scene({ looksAStep: 40, due: [2] });
    cluster.stopBroker(3);
    cluster.startBroker(3);
    await roll(cluster.connect(), options);
    expect(hosts.restarted).toEqual([2]);
    expect(told.find((line) => line.startsWith('waiting until a node may go down'))).toContain('n2: 6 partitions');
  });

  test('fails where a node may not go down for too long, and touches nothing', async () => {
    const { cluster, hosts, options } = await scene({ looksAStep: 0, due: [2, 1] });
    cluster.stopBroker(3);
    await expect(roll(cluster.connect(), options)).rejects.toMatchObject({
      code: 'ROLL-OBSTACLE',
      message: expect.stringMatching(
        /^n2 \(node 2\) must not go down, got 6 partitions .*; of the other controllers 1 would follow.* Not restarted: n1, n2\.$/,
      ),
    });
    expect(hosts.restarted).toEqual([]);
  });

  test('fails where a node does not start again, and touches no other', async () => {
    const { cluster, hosts, options } = await scene();
    hosts.fails = 2;
    await expect(roll(cluster.connect(), options)).rejects.toMatchObject({
      code: 'ROLL-NOT-BACK',
      message: expect.stringContaining(
        'n2 (node 2) did not come back after its restart, got that its service has ended',
      ),
    });
    expect(hosts.restarted).toEqual([2]);
    delete hosts.fails;
    await roll(cluster.connect(), options);
    expect(hosts.restarted).toEqual([2, 2, 3, 1]);
  });

  test('fails where a node never catches up, with how far it is', async () => {
    const { cluster, hosts, options } = await scene({ looksAStep: 0 });
    await expect(roll(cluster.connect(), options)).rejects.toMatchObject({
      code: 'ROLL-NOT-BACK',
      message: expect.stringContaining('6 of its replicas are not in sync after 30 minutes without getting on'),
    });
    expect(hosts.restarted).toEqual([2]);
  });

  test('fails for all hosts that cannot be reached at once, before anything happens', async () => {
    const { cluster, hosts, options } = await scene();
    hosts.unreachable.add(1).add(3);
    await expect(roll(cluster.connect(), options)).rejects.toMatchObject({
      code: 'HOST-UNREACHABLE',
      status: 3,
      message: expect.stringMatching(/^2 hosts cannot be rolled: n1 .* n3 /),
    });
    expect(hosts.restarted).toEqual([]);
  });

  test('ends between two nodes when interrupted, and says what is left', async () => {
    const { cluster, hosts, options } = await scene();
    const ended = new AbortController();
    const restart = hosts.restart.bind(hosts);
    hosts.restart = async (node) => {
      await restart(node);
      ended.abort('interrupted');
    };
    const { restarted, left } = await roll(cluster.connect(), { ...options, signal: ended.signal });
    expect([restarted.map(({ name }) => name), left.map(({ name }) => name)]).toEqual([['n2'], ['n1', 'n3']]);
    await roll(cluster.connect(), options);
    expect(hosts.restarted).toEqual([2, 3, 1]);
  });

  test('fails where it loses its lease, and touches no other node', async () => {
    const { cluster, hosts, options } = await scene();
    const restart = hosts.restart.bind(hosts);
    hosts.restart = async (node) => {
      await restart(node);
      cluster.breakLease();
    };
    await expect(roll(cluster.connect(), options)).rejects.toMatchObject({ code: 'LEASE-LOST' });
    expect(hosts.restarted).toEqual([2]);
  });
});

describe('the plan of a roll', () => {
  test('has the order, the reasons and what would hold it up, and touches nothing', async () => {
    const { cluster, hosts, options } = await scene({ looksAStep: 0, due: [1, 2] });
    cluster.stopBroker(3);
    const { due, current } = await planRoll(cluster.connect(), options);
    expect(due.map(({ name, why, obstacles }) => [name, why, obstacles.map(({ code }) => code)])).toEqual([
      ['n2', 'server.properties differs', ['MIN-ISR-LOST', 'QUORUM-MAJORITY']],
      ['n1', 'server.properties differs', ['MIN-ISR-LOST', 'QUORUM-MAJORITY']],
    ]);
    expect(current.map(({ name }) => name)).toEqual(['n3']);
    expect(hosts.restarted).toEqual([]);
  });
});
