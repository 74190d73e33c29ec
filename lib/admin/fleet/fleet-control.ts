import { Failure } from '../../core/issue';
import {
  hostDue,
  isRunning,
  parseHostState,
  type HostState,
  type NodeControl,
  type NodeState,
  type RollNode,
} from '../../core/roll';
import { inParallel } from '../parallel';
import { SYSTEM_CLOCK, type Clock } from '../wait';
import type { Fleet, FleetInstance } from './fleet';

export interface FleetNode extends RollNode {
  /** Name of its Auto Scaling group. */
  readonly group: string;
}

export interface FleetControlOptions {
  readonly environment: string;
  readonly nodes: readonly FleetNode[];
  /** Options that a deployment changes while nodes run: a node needs no restart for them. */
  readonly runTimeOptions: readonly string[];
  /** `changed`: instances of an older launch template are replaced; `all`: every one, for a newer image. @default changed */
  readonly replace?: 'changed' | 'all';
  /** Instances that were there when the roll began: with `all`, those are the ones to replace. */
  readonly former?: ReadonlySet<string>;
  /** Ends waiting, never an order. */
  readonly signal: AbortSignal;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** The nodes of a cluster on instances. */
export interface FleetControl extends NodeControl {
  /** Has every instance take the files that the stack has now; nothing is restarted. All that is wrong is told at once. */
  update(): Promise<void>;
  /** Waits until the service of a node runs, on whichever instance; returns early where waiting was ended. */
  settled(node: RollNode): Promise<void>;
}

/** An instance starts in two minutes; a former one may hold its volumes for many. */
const PATIENCE_MS = 1_500_000;
const PAUSE_MS = 10_000;
const AT_A_TIME = 8;

/**
 * Restarts a node with its new files, or replaces its instance where that is of an older launch template. The group of a node never has
 * two that serve: volumes and interface are with one at a time.
 */
export function fleetControl(fleet: Fleet, options: FleetControlOptions): FleetControl {
  const { environment, nodes, runTimeOptions, replace = 'changed', former, signal, clock = SYSTEM_CLOCK } = options;
  const groupOf = new Map(nodes.map(({ id, group }) => [id, group]));

  const instancesOf = async ({ id }: RollNode): Promise<readonly FleetInstance[]> => {
    const group = groupOf.get(id)!;
    return (await fleet.instances([group])).get(group) ?? [];
  };
  const there = async (node: RollNode): Promise<FleetInstance | undefined> =>
    (await instancesOf(node)).find(({ phase }) => phase === 'there');

  const isOutdated = ({ current, id }: FleetInstance): boolean =>
    !current || (replace === 'all' && former?.has(id) === true);

  const stateOf = async (node: RollNode, instance: FleetInstance): Promise<HostState | undefined> => {
    const result = await fleet.order(instance.id, 'state');
    const state = result === undefined ? undefined : parseHostState(result.output);
    if (state === undefined) return undefined;
    if (state.environment === environment && state.nodeId === node.id) return state;
    throw new Failure(
      'INSTANCE-MISTAKEN',
      `${instance.id} is in the group of ${node.name} of ${environment}, got node ${state.nodeId} (${state.name}) of ${state.environment} on it; it must be node ${node.id}.`,
      'End that instance; its group starts the right one.',
    );
  };

  const look = async (node: RollNode): Promise<NodeState> => {
    const instance = await there(node);
    if (instance === undefined) return { running: false, lastWords: ['its instance is being replaced'] };
    const log = `journalctl -u kafka-node -u kafka on ${instance.id}`;
    const state = await stateOf(node, instance);
    if (state === undefined)
      return { running: false, log, lastWords: [`${instance.id} does not say how the node is, or not yet`] };
    if (!isRunning(state)) return { running: false, log, lastWords: state.said };
    const { due, ...rest } = hostDue(runTimeOptions, state);
    const reasons = isOutdated(instance)
      ? [instance.current ? 'its instance is replaced' : 'its launch template changed', due]
      : [due];
    const known = reasons.filter((reason) => reason !== undefined);
    return { running: true, log, ...rest, ...(known.length === 0 ? {} : { due: known.join(', ') }) };
  };

  const settled = async (node: RollNode): Promise<void> => {
    const end = clock.now() + PATIENCE_MS;
    while (!signal.aborted) {
      const last = await look(node);
      if (last.running) return;
      if (clock.now() > end) throw notStarted(node, last);
      await clock.sleep(PAUSE_MS, signal);
    }
  };

  return {
    look,
    settled,
    restart: async (node) => {
      const instance = await there(node);
      // One that is on its way is waited for: ended again, it would never arrive.
      if (instance === undefined) return settled(node);
      if (isOutdated(instance)) {
        await fleet.replace(instance.id);
        return settled(node);
      }
      if ((await stateOf(node, instance)) === undefined) return settled(node);
      const result = await fleet.order(instance.id, 'restart');
      if (result?.ok === true) return;
      throw new Failure(
        'INSTANCE-RESTART',
        `${node.name} did not restart on ${instance.id}, got ${lastLine(result?.error)}; systemctl restart kafka.service must work. No other node was touched after it.`,
        `Look at journalctl -u kafka on ${instance.id}, mend it, and run the roll again: it does what is left.`,
      );
    },
    update: async () => {
      const failures: string[] = [];
      await inParallel(
        nodes,
        async (node) => {
          const instance = await there(node);
          // Those that are replaced, or on their way, take the newest files by themselves.
          if (instance === undefined || isOutdated(instance)) return;
          const result = await fleet.order(instance.id, 'update');
          if (result === undefined) failures.push(`${node.name}: ${instance.id} takes no orders`);
          else if (!result.ok) failures.push(`${node.name}: ${lastLine(result.error || result.output)}`);
        },
        AT_A_TIME,
      );
      if (failures.length === 0) return;
      throw new Failure(
        'INSTANCE-UPDATE',
        `the files of the stack cannot be put in place on ${failures.length === 1 ? 'an instance' : `${failures.length} instances`}, got ${failures.sort().join('; ')}; every instance must have them before one is restarted. Nothing was restarted.`,
        'Mend it, and run the roll again. Without an answer of Session Manager: does the instance reach its endpoints?',
      );
    },
  };
}

function notStarted(node: RollNode, { lastWords = [], log }: NodeState): Failure {
  return new Failure(
    'INSTANCE-NOT-STARTED',
    `${node.name} does not run after ${PATIENCE_MS / 60_000} minutes, got ${lastWords.length === 0 ? 'no answer' : lastWords.join(' | ')}; its service must run. No other node was touched after it.`,
    `Look at ${log ?? 'the activities of its Auto Scaling group'}, mend it, and run the roll again: it does what is left.`,
  );
}

const lastLine = (text = ''): string => text.trim().split('\n').at(-1) || 'no reason';
