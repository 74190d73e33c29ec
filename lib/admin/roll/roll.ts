import { Failure, type Progress } from '../../core/issue';
import {
  FORMER_SELF_MS,
  isBroker,
  isController,
  judgeRestart,
  leadershipOwed,
  nextToRestart,
  recoveryOf,
  type ClusterHealth,
  type ClusterState,
  type NodeControl,
  type NodeState,
  type RestartVerdict,
  type RollNode,
} from '../../core/roll';
import { isRetriable } from '../failures';
import { inParallel } from '../parallel';
import type { AdminPort } from '../port';
import { LEASE_GROUP, underLease } from '../reconcile/lease';
import { poll, retry, SYSTEM_CLOCK, type Clock, type Patience } from '../wait';
import { readHealth, readState } from './read-health';

export interface RollOptions {
  /** Every node that may be restarted. */
  readonly nodes: readonly RollNode[];
  readonly control: NodeControl;
  /** `due`: those that do not run with the files that lie there, or do not run at all. `all`: every one. @default due */
  readonly which?: 'due' | 'all';
  /** A node that an earlier roll restarted and did not see back: waited for before another one goes down. @default none */
  readonly awaited?: RollNode;
  readonly progress: Progress;
  /** Ends the roll between two nodes, or while one is waited for; a restart that was ordered is carried out. */
  readonly signal: AbortSignal;
  /** How long a node that may not go down yet is waited for, milliseconds. @default 600000 */
  readonly patienceMs?: number;
  /** How long a restarted node may copy what it missed, milliseconds; while it gets on it is waited for longer. @default 1800000 */
  readonly recoveryMs?: number;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** A node that is to be restarted, and why. */
export interface DueNode extends RollNode {
  readonly why: string;
}

export interface RollPlan {
  /** In the order of now; who is the active controller may change it. */
  readonly due: readonly (DueNode & RestartVerdict)[];
  /** Nodes that run with what lies there. */
  readonly current: readonly RollNode[];
  /** Options that differ from what nodes were started with, and that `kdk apply` changes without a restart. */
  readonly atRunTime: readonly string[];
}

export interface RolledNode extends DueNode {
  /** From the order until every replica was in sync and the quorum counted on it, milliseconds. */
  readonly tookMs: number;
}

export interface RollReport {
  readonly restarted: readonly RolledNode[];
  /** Still to be restarted, because the roll was interrupted. */
  readonly left: readonly DueNode[];
  /** Restarted, and not seen back before the roll was interrupted. */
  readonly awaited?: RollNode;
}

/** Hosts that are asked at once. */
const AT_A_TIME = 8;
const READ_PATIENCE_MS = 120_000;
const PAUSE_MS = 500;

/** What a roll would do now; nothing is touched. */
export async function planRoll(admin: AdminPort, options: RollOptions): Promise<RollPlan> {
  const { due, atRunTime } = await dueNodes(options);
  const health = await read(admin, options);
  const planned: (DueNode & RestartVerdict)[] = [];
  for (let left = due; left.length > 0; left = without(left, planned.at(-1)!)) {
    const node = nextToRestart(health, left)!;
    planned.push({ ...node, ...judgeRestart(health, node) });
  }
  const current = options.nodes.filter(({ id }) => !due.some((node) => node.id === id));
  return { due: planned, current, atRunTime };
}

/**
 * Restarts nodes one by one: each only when nothing ceases to work without it, and the next only when it is back with every replica in
 * sync and its preferred partitions led by it again. Stops at the first doubt, and leaves the rest running as they are. There is no state
 * but that of the hosts and the cluster: run again, it does what is left.
 */
export async function roll(admin: AdminPort, options: RollOptions): Promise<RollReport> {
  const { clock = SYSTEM_CLOCK, progress, signal } = options;
  progress({ step: 'asking the hosts', total: options.nodes.length });
  let { due: left } = await dueNodes(options);
  const restarted: RolledNode[] = [];
  let { awaited } = options;
  if (left.length === 0 && awaited === undefined) return { restarted, left };
  const total = left.length;
  await underLease(admin, { clock, patienceMs: 60_000 }, async (lost) => {
    const ended = AbortSignal.any([signal, lost]);
    if (awaited !== undefined && (await recovered(admin, awaited, { ...options, signal: ended }))) awaited = undefined;
    while (left.length > 0 && awaited === undefined) {
      const node = await admitted(admin, left, { ...options, signal: ended });
      if (ended.aborted || node === undefined) break;
      const startedMs = clock.now();
      progress({ step: 'restarting nodes', done: restarted.length, total, detail: `${node.name}: ${node.why}` });
      await options.control.restart(node);
      if (!(await recovered(admin, node, { ...options, signal: ended }))) awaited = node;
      restarted.push({ ...node, tookMs: clock.now() - startedMs });
      left = without(left, node);
      progress({ step: 'restarting nodes', done: restarted.length, total });
    }
    if (lost.aborted && !signal.aborted) throw leaseLost(left);
  });
  return { restarted, left, ...(awaited === undefined ? {} : { awaited }) };
}

/** All hosts are asked before anything happens, and all that is wrong is told at once. */
async function dueNodes({
  nodes,
  control,
  which = 'due',
}: RollOptions): Promise<{ readonly due: readonly DueNode[]; readonly atRunTime: readonly string[] }> {
  const states = new Map<number, NodeState>();
  const failures: Failure[] = [];
  const look = async (node: RollNode): Promise<void> => {
    try {
      states.set(node.id, await control.look(node));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error);
    }
  };
  await inParallel(nodes, look, AT_A_TIME);
  if (failures.length > 0) throw hostsFailure(failures);
  const due = nodes.flatMap((node) => {
    const { running, due: changed } = states.get(node.id)!;
    const why = !running ? 'it does not run' : (changed ?? (which === 'all' ? 'all are restarted' : undefined));
    return why === undefined ? [] : [{ ...node, why }];
  });
  return { due, atRunTime: [...new Set([...states.values()].flatMap(({ atRunTime = [] }) => atRunTime))].sort() };
}

function hostsFailure(failures: readonly Failure[]): Failure {
  const [first] = failures;
  if (failures.length === 1) return first!;
  return new Failure(
    first!.code,
    `${failures.length} hosts cannot be rolled: ${failures.map(({ message }) => message).join(' ')}`,
    first!.hint,
    first!.status,
  );
}

/** Waits until the next node may go down. Undefined where the signal ended it. */
async function admitted(
  admin: AdminPort,
  left: readonly DueNode[],
  { patienceMs = 600_000, ...options }: RollOptions,
): Promise<DueNode | undefined> {
  const { clock = SYSTEM_CLOCK, progress, signal } = options;
  const judge = async (): Promise<{ node: DueNode } & RestartVerdict> => {
    const health = await read(admin, options);
    const node = nextToRestart(health, left)!;
    return { node, ...judgeRestart(health, node) };
  };
  const { node, obstacles } = await poll(
    judge,
    (verdict) => {
      const [why] = verdict.obstacles;
      if (why !== undefined)
        progress({ step: 'waiting until a node may go down', detail: `${verdict.node.name}: ${why.message}` });
      return why === undefined || signal.aborted;
    },
    { deadlineMs: patienceMs, pauseMs: PAUSE_MS, clock, again: () => false },
  );
  if (signal.aborted) return undefined;
  if (obstacles.length === 0) return node;
  throw new Failure(
    'ROLL-OBSTACLE',
    `${node.name} (node ${node.id}) must not go down, got ${obstacles.map(({ message }) => message).join('; ')}; nothing that works may cease to. ${leftRunning(left)}`,
    'See kdk status for what is wrong in the cluster, mend that, and run it again: it does what is left.',
  );
}

/** Whether it is back, as it says itself; another broker may not have heard yet that it was away. False where the signal ended waiting. */
async function recovered(
  admin: AdminPort,
  node: RollNode,
  { recoveryMs = 1_800_000, ...options }: RollOptions,
): Promise<boolean> {
  const { clock = SYSTEM_CLOCK, progress, signal, control } = options;
  const via = isBroker(node) ? { broker: node.id } : {};
  if (isController(node)) await clock.sleep(FORMER_SELF_MS, signal);
  let best = Infinity;
  let movedMs = clock.now();
  for (let pause = PAUSE_MS; ; pause = Math.min(pause * 1.5, 5_000)) {
    const state = await answered(readState(admin, via));
    const { missing, replicasBehind } =
      state === undefined ? { missing: ['it does not answer'], replicasBehind: Infinity } : recoveryOf(state, node);
    if (state !== undefined && missing.length === 0) {
      await giveLeadershipBack(admin, state, { node, clock });
      return true;
    }
    progress({ step: 'waiting until it is back', detail: `${node.name}: ${missing.join(', ')}` });
    if (replicasBehind < best) {
      best = replicasBehind;
      movedMs = clock.now();
    }
    if (signal.aborted) return false;
    const late = clock.now() - movedMs > recoveryMs;
    if (late) throw notBack(node, `${missing.join(', ')} after ${recoveryMs / 60_000} minutes without getting on`);
    const host = await control.look(node);
    if (!host.running) throw notBack(node, 'that its service has ended', host);
    await clock.sleep(pause, signal);
  }
}

async function answered<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isRetriable(error)) throw error;
    return undefined;
  }
}

function notBack({ id, name }: RollNode, got: string, { lastWords = [], log }: Partial<NodeState> = {}): Failure {
  const said = lastWords.length === 0 ? '' : ` It said last: ${lastWords.join(' | ')}`;
  return new Failure(
    'ROLL-NOT-BACK',
    `${name} (node ${id}) did not come back after its restart, got ${got}; it must serve with every replica in sync. No other node was touched after it.${said}`,
    `Look at ${log ?? `the log of the node on ${name}`}, mend it, and run it again: it does what is left.`,
  );
}

/** Else the others lead for it until Kafka's own balancing, five minutes later at best. What is not given back now is by that. */
async function giveLeadershipBack(
  admin: AdminPort,
  state: ClusterState,
  { node, clock }: { readonly node: RollNode; readonly clock: Clock },
): Promise<void> {
  const owed = leadershipOwed(state, node);
  if (owed.length > 0) await retry(() => admin.electPreferredLeaders(owed), { deadlineMs: READ_PATIENCE_MS, clock });
}

function read(admin: AdminPort, { clock = SYSTEM_CLOCK }: Pick<RollOptions, 'clock'>): Promise<ClusterHealth> {
  const patience: Patience = { deadlineMs: READ_PATIENCE_MS, clock };
  // A topic that goes between two of its questions makes all of them be asked again.
  return retry(() => readHealth(admin), patience);
}

function leaseLost(left: readonly DueNode[]): Failure {
  return new Failure(
    'LEASE-LOST',
    `another kdk may have begun to change the cluster, got the lease of ${LEASE_GROUP} lost; one at a time may. ${leftRunning(left)}`,
    'Run it again: it does what is left.',
  );
}

function leftRunning(left: readonly DueNode[]): string {
  return `Not restarted: ${left.map(({ name }) => name).join(', ')}.`;
}

function without<Node extends RollNode>(nodes: readonly Node[], { id }: RollNode): readonly Node[] {
  return nodes.filter((node) => node.id !== id);
}
