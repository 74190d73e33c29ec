import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, Progress } from '../core/issue';
import { consoleLog, serverLog } from './node-folder';
import { StageLog } from './node-log';
import { nodeFailure, type StartedNode } from './node-start';
import { isRunning } from './process-table';

const POLL_MS = 100;
/** A slow machine under load takes a minute; recovery after a kill reads the last segments again. */
const TIMEOUT_MS = 240_000;

interface Waited {
  readonly started: StartedNode;
  readonly log: StageLog;
}

/** Waits until every node serves: its process runs, its ports accept, and it says so. */
export async function untilReady(
  root: string,
  nodes: readonly StartedNode[],
  options: { readonly progress: Progress; readonly signal?: AbortSignal },
): Promise<void> {
  const { progress, signal } = options;
  const until = Date.now() + TIMEOUT_MS;
  let waited: Waited[] = nodes.map((started) => ({
    started,
    log: new StageLog(serverLog(root, started.node.name)),
  }));
  let told = -1;
  while (waited.length > 0) {
    const states = await Promise.all(waited.map((item) => isReady(root, item)));
    waited = waited.filter((_item, index) => !states[index]);
    if (told !== waited.length) {
      told = waited.length;
      progress({
        step: 'starting nodes',
        done: nodes.length - told,
        total: nodes.length,
        ...(told === 0 ? {} : { detail: `waiting for ${waited.map(({ started }) => started.node.name).join(', ')}` }),
      });
    }
    if (told === 0) return;
    if (Date.now() > until) throw notReady(root, waited);
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
  }
}

async function isReady(root: string, { started, log }: Waited): Promise<boolean> {
  const { node } = started;
  if (started.exit() !== undefined || !isRunning(started.process)) {
    throw nodeFailure(
      'NODE-ENDED',
      `${node.name} ended while it started`,
      started.exit() ?? 'no process',
      consoleLog(root, node.name),
    );
  }
  const open = await Promise.all(Object.values(node.ports).map((port) => accepts(port, node.host)));
  if (!open.every(Boolean)) return false;
  // Only now: a node writes that it starts long before it opens a port, so a log that tells nothing was rolled since.
  const stage = log.stage();
  return stage === 'serving' || stage === undefined;
}

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host, timeout: 2000 });
    const end = (result: boolean): void => {
      socket.destroy();
      done(result);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}

function notReady(root: string, waited: readonly Waited[]): Failure {
  const { node } = waited[0]!.started;
  const names = waited.map(({ started }) => started.node.name).join(', ');
  return nodeFailure(
    'NODE-NOT-READY',
    `${names} ${waited.length === 1 ? 'does' : 'do'} not serve after ${TIMEOUT_MS / 1000} s`,
    'a running process',
    consoleLog(root, node.name),
  );
}
