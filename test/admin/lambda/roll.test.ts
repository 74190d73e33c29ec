import { MemoryCluster } from '../../../lib/admin/adapters/memory';
import type { Fleet, FleetInstance, FleetNode, InstanceOrder, OrderResult } from '../../../lib/admin/fleet';
import { rollStep, type RollProgress, type RollWish } from '../../../lib/admin/lambda/roll/roll-step';
import { converge, desiredOf, fakeClock, topic } from '../reconcile/harness';

const NODES: readonly FleetNode[] = [1, 2, 3].map((id) => ({
  id,
  name: `n${id}`,
  roles: ['broker', 'controller'],
  group: `kafka-edge-n${id}`,
}));

/** Auto Scaling groups in memory: instances come and go, and Kafka on them with the cluster. */
class MemoryFleet implements Fleet {
  readonly orders: string[] = [];
  readonly due = new Set<number>();
  readonly old = new Set<string>();
  /** Nodes whose server.properties differ in an option that is dynamic. */
  readonly retuned = new Set<number>();
  readonly silent = new Set<string>();
  readonly failing = new Map<string, string>();
  readonly stopped = new Set<number>();
  /** Looks that a replaced instance is away for. */
  slowness = 2;
  private readonly running = new Map<number, string>(NODES.map(({ id }) => [id, `i-${id}-a`]));
  private readonly away = new Map<number, number>();

  constructor(private readonly cluster: MemoryCluster) {}

  instances(groups: readonly string[]): Promise<ReadonlyMap<string, readonly FleetInstance[]>> {
    return Promise.resolve(
      new Map(groups.map((group) => [group, this.instancesOf(NODES.find((n) => n.group === group)!)])),
    );
  }

  replace(instanceId: string): Promise<void> {
    const id = this.nodeOf(instanceId);
    this.orders.push(`replace n${id}`);
    this.cluster.stopBroker(id);
    this.running.set(id, `i-${id}-b`);
    this.away.set(id, this.slowness);
    this.due.delete(id);
    return Promise.resolve();
  }

  order(instanceId: string, order: InstanceOrder): Promise<OrderResult | undefined> {
    const id = this.nodeOf(instanceId);
    if (order !== 'state') this.orders.push(`${order} n${id}`);
    if (this.silent.has(instanceId)) return Promise.resolve(undefined);
    const error = this.failing.get(`${order} n${id}`);
    if (error !== undefined) return Promise.resolve({ ok: false, output: '', error });
    if (order === 'restart') {
      this.cluster.stopBroker(id);
      this.due.delete(id);
      this.cluster.startBroker(id);
    }
    return Promise.resolve({ ok: true, output: order === 'state' ? this.state(id) : '', error: '' });
  }

  private instancesOf({ id }: FleetNode): FleetInstance[] {
    const own = this.running.get(id)!;
    const left = this.away.get(id) ?? 0;
    if (left > 0) {
      this.away.set(id, left - 1);
      if (left === 1) this.cluster.startBroker(id);
      return [{ id: `i-${id}-a`, phase: 'going', current: false }];
    }
    return [{ id: own, phase: 'there', current: !this.old.has(own) }];
  }

  private state(id: number): string {
    const service = this.stopped.has(id) ? 'failing' : 'active';
    const lines = ['environment=edge', `name=n${id}`, `node=${id}`, 'cluster=x', `service=${service}`, 'clock=1'];
    if (this.stopped.has(id)) lines.push('said=no space left on device');
    if (this.due.has(id)) lines.push('due=jvm.options changed');
    if (this.retuned.has(id))
      lines.push('due=server.properties changed', 'before=num.io.threads=8', 'after=num.io.threads=16');
    return lines.join('\n');
  }

  private nodeOf(instanceId: string): number {
    return Number(/^i-(\d)-/.exec(instanceId)![1]);
  }
}

interface Scene {
  readonly cluster: MemoryCluster;
  readonly fleet: MemoryFleet;
  step(progress?: RollProgress, wish?: RollWish, signal?: AbortSignal): Promise<RollProgress>;
}

async function scene({ due = [1, 2, 3], old = [] as number[] } = {}): Promise<Scene> {
  const cluster = new MemoryCluster({ looksAStep: 2 });
  await converge(cluster, desiredOf({ topics: [topic('orders', { partitions: 6 })] }));
  const fleet = new MemoryFleet(cluster);
  for (const id of due) fleet.due.add(id);
  for (const id of old) fleet.old.add(`i-${id}-a`);
  const options = {
    environment: 'edge',
    nodes: NODES,
    runTimeOptions: ['num.io.threads'],
    report: () => undefined,
    clock: fakeClock(),
  };
  const never = new AbortController().signal;
  return {
    cluster,
    fleet,
    step: (progress = {}, wish = {}, signal = never) =>
      rollStep(cluster.connect(), fleet, { ...options, wish, progress, signal }),
  };
}

describe('the roll of instances', () => {
  test('puts the files in place everywhere, then restarts one node after the other', async () => {
    const { fleet, step } = await scene();
    expect(await step()).toMatchObject({ state: 'done', restarted: ['n2', 'n3', 'n1'], left: [] });
    expect(fleet.orders.slice(0, 3).sort()).toEqual(['update n1', 'update n2', 'update n3']);
    expect(fleet.orders.slice(3)).toEqual(['restart n2', 'restart n3', 'restart n1']);
  });

  test('has nothing to do where every node runs with what lies there', async () => {
    const { fleet, step } = await scene({ due: [] });
    expect(await step()).toMatchObject({ state: 'done', restarted: [] });
    expect(fleet.orders).toHaveLength(3);
  });

  test('replaces an instance whose launch template changed, once, and waits for the new one', async () => {
    const { cluster, fleet, step } = await scene({ due: [3], old: [2] });
    const replace = fleet.replace.bind(fleet);
    fleet.replace = (id) => {
      expect(cluster.replicasBehind()).toBe(0);
      return replace(id);
    };
    expect(await step()).toMatchObject({ state: 'done', restarted: ['n2', 'n3'] });
    expect(fleet.orders).toEqual(['update n1', 'update n3', 'replace n2', 'restart n3']);
    expect(cluster.replicasBehind()).toBe(0);
  });

  test('replaces every instance where a newer image is wanted, over several steps', async () => {
    const { fleet, step } = await scene({ due: [] });
    const wish = { all: 'instances' } as const;
    let progress = await step({}, wish, AbortSignal.abort());
    expect(progress).toMatchObject({ state: 'unfinished', former: ['i-1-a', 'i-2-a', 'i-3-a'] });
    while (progress.state !== 'done') progress = await step(progress, wish);
    expect(fleet.orders).toEqual(['replace n2', 'replace n3', 'replace n1']);
  });

  test('goes on where the time of the step is over, and sees the last node back first', async () => {
    const { cluster, fleet, step } = await scene();
    const time = new AbortController();
    const order = fleet.order.bind(fleet);
    fleet.order = async (instance, what) => {
      const result = await order(instance, what);
      if (what === 'restart') time.abort();
      return result;
    };
    const first = await step({}, {}, time.signal);
    expect(first).toMatchObject({
      state: 'unfinished',
      awaited: 2,
      restarted: ['n2'],
      left: expect.arrayContaining(['n1', 'n3']),
    });
    fleet.order = (instance, what) => {
      if (what === 'restart') expect(cluster.replicasBehind()).toBe(0);
      return order(instance, what);
    };
    const second = await step(first);
    expect(second).toMatchObject({ state: 'done', restarted: ['n2', 'n3', 'n1'] });
    expect(second.awaited).toBeUndefined();
    expect(fleet.orders.filter((line) => line.startsWith('update'))).toHaveLength(3);
  });

  test('waits for an instance that is on its way instead of ending it again', async () => {
    const { fleet, step } = await scene({ due: [] });
    await fleet.replace('i-2-a');
    fleet.slowness = 4;
    expect(await step()).toMatchObject({ state: 'done', restarted: ['n2'] });
    expect(fleet.orders.filter((line) => line.startsWith('replace'))).toEqual(['replace n2']);
  });

  test('says what it would do, and touches nothing', async () => {
    const { fleet, step } = await scene({ due: [3], old: [2] });
    const { state, plan } = await step({}, { dryRun: true });
    expect([state, plan!.map(({ name, why, obstacles }) => [name, why, obstacles])]).toEqual([
      'planned',
      [
        ['n2', 'its launch template changed', []],
        ['n3', 'jvm.options changed', []],
      ],
    ]);
    expect(fleet.orders).toEqual([]);
  });

  test('restarts no node for an option that the deployment changes at run time, and says which', async () => {
    const { fleet, step } = await scene({ due: [3] });
    for (const { id } of NODES) fleet.retuned.add(id);
    expect(await step({}, { dryRun: true })).toMatchObject({
      plan: [{ name: 'n3', why: 'jvm.options changed' }],
      atRunTime: ['num.io.threads'],
    });
    expect(await step()).toMatchObject({ state: 'done', restarted: ['n3'] });
  });

  test('fails where the cluster can spare no node, and touches none', async () => {
    const { cluster, fleet, step } = await scene();
    cluster.stopBroker(3);
    fleet.silent.add('i-3-a');
    fleet.failing.set('update n3', 'x');
    fleet.silent.delete('i-3-a');
    fleet.failing.delete('update n3');
    await expect(step({ updated: true }, { nodes: ['n1', 'n2'] })).rejects.toMatchObject({ code: 'ROLL-OBSTACLE' });
    expect(fleet.orders).toEqual([]);
  });

  test('fails where an instance does not take its files, before one is restarted; all are named', async () => {
    const { fleet, step } = await scene();
    fleet.failing.set('update n1', 'node: the files of the stack cannot be fetched: no way to AWS');
    fleet.silent.add('i-3-a');
    await expect(step()).rejects.toMatchObject({
      code: 'INSTANCE-UPDATE',
      message: expect.stringContaining(
        'got n1: node: the files of the stack cannot be fetched: no way to AWS; n3: i-3-a takes no orders;',
      ),
    });
    expect(fleet.orders.some((line) => line.startsWith('restart'))).toBe(false);
  });

  test('fails where a node does not come back, with its last words; the others are left alone', async () => {
    const { cluster, fleet, step } = await scene();
    const order = fleet.order.bind(fleet);
    fleet.order = async (instance, what) => {
      const result = await order(instance, what);
      if (what === 'restart') {
        cluster.stopBroker(2);
        fleet.stopped.add(2);
      }
      return result;
    };
    await expect(step()).rejects.toMatchObject({
      code: 'ROLL-NOT-BACK',
      message: expect.stringContaining('no space left on device'),
    });
    expect(fleet.orders.filter((line) => line.startsWith('restart'))).toEqual(['restart n2']);
  });

  test('fails for a node that the cluster has not', async () => {
    const { step } = await scene();
    await expect(step({}, { nodes: ['n9'] })).rejects.toMatchObject({ code: 'NODE-UNKNOWN' });
  });
});
