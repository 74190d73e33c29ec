import { Failure } from '../../core/issue';
import type { EnvironmentModel } from '../../core/model';
import {
  hostDue,
  runTimeOptions,
  isRunning,
  type HostState,
  type NextStart,
  type NodeControl,
  type NodeState,
  type RollNode,
} from '../../core/roll';
import { SYSTEM_CLOCK, type Clock } from '../wait';
import { probe, type HostLook, type NodeHost, type ProbeOptions } from './probe';
import type { HostShell } from './shell';

export interface HostControlOptions extends Omit<ProbeOptions, 'clusterId'> {
  readonly model: EnvironmentModel;
  readonly hosts: readonly NodeHost[];
  /** What is to be installed, by the name of the host: nodes are due as if it lay there. @default what lies there */
  readonly next?: ReadonlyMap<string, NextStart>;
}

/** A controlled shutdown may take the ten minutes of the unit; then the disks are looked at. */
const RESTART_MS = 900_000;
/** How long a host may be out of reach after it was told to restart its node. */
const OUT_OF_REACH_MS = 120_000;
const PAUSE_MS = 1_000;

/** How long a node may be down with nothing happening to it before it is said not to start: its mount may be missing. */
const IDLE_MS = 30_000;

/**
 * `$1`: the run of the service that is to end; empty where none runs. The order is systemd's own from here on: a connection that breaks neither stops nor halves
 * it; and one that is given twice is carried out once.
 */
const RESTART = `[ -z "$1" ] || [ "$(systemctl show kafka.service --property=InvocationID | cut -d = -f 2-)" = "$1" ] || exit 0
[ "$(systemctl show kafka.service --property=NeedDaemonReload)" != NeedDaemonReload=yes ] || systemctl daemon-reload
systemctl reset-failed kafka.service 2>/dev/null || true
exec systemctl --no-block restart kafka.service`;

/** The nodes of hosts, by systemd over a shell. */
export function controlHosts(shell: HostShell, { model, hosts, next, ...given }: HostControlOptions): NodeControl {
  const { clock = SYSTEM_CLOCK } = given;
  const options = { ...given, clusterId: model.clusterId };
  const dynamic = runTimeOptions(model);
  const restarted = new Set<number>();
  const hostOf = ({ id }: RollNode): NodeHost => hosts.find(({ nodeId }) => nodeId === id)!;
  return {
    async look(node) {
      const host = hostOf(node);
      const ask = (): Promise<HostLook> => probe(shell, host, options);
      const look = restarted.has(node.id) ? await patiently(ask, clock) : await ask();
      if (look.state === undefined) return { running: false };
      return nodeState(look.state, hostDue(dynamic, look.state, next?.get(host.name)));
    },
    async restart(node) {
      const host = hostOf(node);
      const before = await installed(shell, host, options);
      restarted.add(node.id);
      await restartHost(shell, host, { ...options, clock, before });
    },
  };
}

function nodeState(state: HostState, due: Pick<NodeState, 'due' | 'atRunTime'>): NodeState {
  const log = `journalctl -u kafka on ${state.name}`;
  if (!isRunning(state)) return { running: false, lastWords: state.said, log };
  return { running: true, log, ...due };
}

interface Restarting extends ProbeOptions {
  readonly clock: Clock;
  readonly before: HostState;
}

async function restartHost(shell: HostShell, host: NodeHost, options: Restarting): Promise<void> {
  const { clock, before } = options;
  const end = clock.now() + RESTART_MS;
  let ordered = false;
  let idleSince: number | undefined;
  for (;;) {
    const state = await patiently(async () => {
      if (!ordered) await order(shell, host, isRunning(before) ? before.invocation : '');
      ordered = true;
      return installed(shell, host, options);
    }, clock).catch((error: unknown) => {
      throw isOutOfReach(error) ? unknown(host, error) : error;
    });
    const isNew = state.invocation !== before.invocation;
    if (isNew && isRunning(state)) return requireTaken(host, state);
    const isDown = ['failed', 'failing', 'inactive'].includes(state.service);
    idleSince = isDown ? (idleSince ?? clock.now()) : undefined;
    const idleMs = idleSince === undefined ? 0 : clock.now() - idleSince;
    if ((isNew && isDown) || idleMs > IDLE_MS || clock.now() > end) throw notStarted(host, state);
    await clock.sleep(PAUSE_MS);
  }
}

/** Else each further roll would restart it again. */
function requireTaken({ name }: NodeHost, { due }: HostState): void {
  if (due.length === 0) return;
  throw new Failure(
    'ROLL-STILL-DUE',
    `the node on ${name} was restarted and does not run with what lies there, got ${due.join(', ')}; no other node was touched after it.`,
    `See whether something else starts it there (systemctl cat kafka.service), and run this again.`,
  );
}

async function order(shell: HostShell, host: NodeHost, before: string): Promise<void> {
  const { status, stderr } = await shell.run(host, { script: RESTART, args: [before] });
  if (status === 0) return;
  throw new Failure(
    'HOST-RESTART',
    `systemd on ${host.name} does not restart the node, got ${stderr.trim().replace(/\.$/, '') || `status ${status}`}; kafka.service has to be a unit that it knows.`,
    'Run install.sh there again, and then this.',
  );
}

async function installed(shell: HostShell, host: NodeHost, options: ProbeOptions): Promise<HostState> {
  const { state } = await probe(shell, host, options);
  if (state !== undefined) return state;
  throw new Failure(
    'HOST-NOT-INSTALLED',
    `${host.name} has no node, got no state script there; its folder has to be installed.`,
    'Run kdk roll without --nodes, or install.sh on the host.',
  );
}

/** Asks again while the host is out of reach: a network that is cut for a moment is no doubt about the node. */
async function patiently<T>(ask: () => Promise<T>, clock: Clock): Promise<T> {
  const end = clock.now() + OUT_OF_REACH_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isOutOfReach(error) || clock.now() > end) throw error;
    }
    await clock.sleep(PAUSE_MS);
  }
}

function isOutOfReach(error: unknown): error is Failure {
  return error instanceof Failure && error.code === 'HOST-UNREACHABLE';
}

function unknown({ name }: NodeHost, error: Failure): Failure {
  return new Failure(
    'ROLL-HOST-LOST',
    `${name} went out of reach while its node was restarted; ${error.message} No other node was touched after it.`,
    'When it can be reached, run this again: it sees what became of the node, and does what is left.',
    3,
  );
}

function notStarted({ name }: NodeHost, { service, said }: HostState): Failure {
  const words = said.length === 0 ? '' : ` It said last: ${said.join(' | ')}`;
  return new Failure(
    'ROLL-NOT-STARTED',
    `the node on ${name} did not start, got service ${service}; no other node was touched after it.${words}`,
    `Look at journalctl -u kafka on ${name}, mend it, and run this again: it does what is left.`,
  );
}
