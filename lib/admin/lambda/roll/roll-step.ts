import { Failure, type ProgressEvent } from '../../../core/issue';
import { fleetControl, type Fleet, type FleetNode } from '../../fleet';
import type { AdminPort } from '../../port';
import { planRoll, roll, type RollPlan } from '../../roll';
import { SYSTEM_CLOCK, type Clock } from '../../wait';

/** What whoever starts a roll may say; all of it may be left out. */
export interface RollWish {
  /** Only says what it would do. */
  readonly dryRun?: boolean;
  /** Names; @default all */
  readonly nodes?: readonly string[];
  /** `instances`: replaces every instance, for the newest image; `restart`: restarts every node. @default what has changed */
  readonly all?: 'instances' | 'restart';
}

/** From step to step: the state machine hands back what it was handed. */
export interface RollProgress {
  readonly state?: RollState;
  /** Files were put in place on every instance. */
  readonly updated?: boolean;
  /** A node that was restarted and may not be back yet. */
  readonly awaited?: number;
  readonly restarted?: readonly string[];
  readonly left?: readonly string[];
  /** With `all`: the instances that were there at first, or the nodes that are still to be restarted. */
  readonly former?: readonly string[];
  readonly plan?: RollPlan['due'];
  /** Options that differ from what nodes were started with, and that a deployment changes without a restart. */
  readonly atRunTime?: readonly string[];
}

/** `queued`: another roll goes first; `unfinished`: the function ran out of time; `done`: every node runs with what it is to run with. */
export type RollState = 'queued' | 'unfinished' | 'done' | 'planned';

export interface RollStepOptions {
  readonly environment: string;
  readonly nodes: readonly FleetNode[];
  /** Options that a deployment changes while nodes run. */
  readonly runTimeOptions: readonly string[];
  readonly wish: RollWish;
  readonly progress: RollProgress;
  readonly report: (event: ProgressEvent) => void;
  /** Before it is out of time. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** Less than an invocation has: one that waits in vain ends with the reason, and not with another invocation. */
const WAITING_MS = 600_000;

/**
 * A part of a roll that fits into an invocation. Nodes are restarted one by one, each when the cluster can spare it and the last one is back;
 * where the time is over, the next step goes on. What is done is in the cluster and on the instances.
 */
export async function rollStep(admin: AdminPort, fleet: Fleet, options: RollStepOptions): Promise<RollProgress> {
  const { environment, runTimeOptions, wish, progress: before, report, signal, clock = SYSTEM_CLOCK } = options;
  const nodes = namedNodes(options.nodes, wish.nodes);
  const former = before.former ?? (await formerOf(fleet, nodes, wish));
  const control = fleetControl(fleet, {
    ...{ environment, nodes, runTimeOptions, signal, clock },
    ...(wish.all === 'instances' ? { replace: 'all', former: new Set(former) } : {}),
  });
  const left = wish.all === 'restart' ? nodes.filter(({ name }) => former.includes(name)) : nodes;
  const rolling = {
    ...{ control, signal, clock, progress: report, patienceMs: WAITING_MS, recoveryMs: WAITING_MS },
    nodes: left,
    which: wish.all === 'restart' ? ('all' as const) : ('due' as const),
  };
  if (wish.dryRun === true) {
    const { due, atRunTime } = await planRoll(admin, rolling);
    return { state: 'planned', plan: due, ...(atRunTime.length === 0 ? {} : { atRunTime }) };
  }
  if (before.updated !== true) {
    report({ step: 'putting the files of the stack in place, restarting nothing' });
    await control.update();
  }
  const awaited = nodes.find(({ id }) => id === before.awaited);
  if (awaited !== undefined) await control.settled(awaited);
  const result = signal.aborted
    ? { restarted: [], left: [], ...(awaited === undefined ? {} : { awaited }) }
    : await roll(admin, { ...rolling, ...(awaited === undefined ? {} : { awaited }) });
  const restarted = [...(before.restarted ?? []), ...result.restarted.map(({ name }) => name)];
  const isOver = !signal.aborted && result.left.length === 0 && result.awaited === undefined;
  return {
    state: isOver ? 'done' : 'unfinished',
    updated: true,
    restarted,
    left: result.left.map(({ name }) => name),
    former: wish.all === 'restart' ? former.filter((name) => !restarted.includes(name)) : former,
    ...(result.awaited === undefined ? {} : { awaited: result.awaited.id }),
  };
}

async function formerOf(fleet: Fleet, nodes: readonly FleetNode[], { all }: RollWish): Promise<readonly string[]> {
  if (all === undefined) return [];
  if (all === 'restart') return nodes.map(({ name }) => name);
  const groups = await fleet.instances(nodes.map(({ group }) => group));
  return [...groups.values()].flat().map(({ id }) => id);
}

function namedNodes(nodes: readonly FleetNode[], names: readonly string[] | undefined): readonly FleetNode[] {
  if (names === undefined) return nodes;
  const unknown = names.filter((name) => !nodes.some((node) => node.name === name));
  if (unknown.length === 0) return nodes.filter(({ name }) => names.includes(name));
  throw new Failure(
    'NODE-UNKNOWN',
    `the cluster has no such node, got ${unknown.join(', ')}; ${nodes.map(({ name }) => name).join(', ')} are allowed.`,
    'Name one of them.',
    2,
  );
}
