import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure, type Progress } from '../core/issue';
import { isLockFile, lockEnvironment } from './environment-lock';
import { localState } from './local-state';
import { nodeProcesses } from './node-processes';
import { ended, stopProcess } from './stop-processes';
import { isRunning, type RunningProcess } from './process-table';

/** A node that has handed over its partitions ends in seconds; this is for a machine under heavy load. */
const GRACE_MS = 60_000;
/** Without a quorum nobody can grant a controlled shutdown; Kafka itself would wait for one for five minutes (measured: 302 s). */
const GRACE_WITHOUT_QUORUM_MS = 15_000;
const FORMAT_TIMEOUT_MS = 60_000;

export interface DownOptions {
  readonly root: string;
  readonly progress: Progress;
}

export interface StoppedNode {
  readonly name: string;
  /** `ended`: a controlled shutdown; `killed`: it did not end in time, so it recovers its logs when it starts next. */
  readonly how: 'ended' | 'killed';
}

/** Stops the nodes of an environment and keeps their data. Needs no environment file; none running is no error. */
export async function downLocal(options: DownOptions): Promise<StoppedNode[]> {
  const root = resolve(options.root);
  if (!existsSync(root)) return [];
  return locked(root, 'kdk down', () => stopAll(root, options.progress));
}

/** Removes the data, files and logs of an environment whose nodes are stopped. */
export async function deleteLocal(options: DownOptions): Promise<void> {
  const root = resolve(options.root);
  if (!existsSync(root)) return;
  await locked(root, 'kdk down --delete', async () => {
    const running = [...nodeProcesses(root).keys()];
    if (running.length > 0) {
      throw new Failure(
        'NODES-RUNNING',
        `data of nodes that run cannot be removed, got ${running.join(', ')}; they must be stopped first.`,
        'Run kdk down.',
      );
    }
    options.progress({ step: 'removing data', detail: root });
    for (const name of readdirSync(root)) {
      if (!isLockFile(name)) rmSync(join(root, name), { recursive: true, force: true });
    }
  });
}

async function locked<T>(root: string, command: string, action: () => Promise<T>): Promise<T> {
  const lock = lockEnvironment(root, command);
  try {
    return await action();
  } finally {
    lock.release();
  }
}

interface RunningNode {
  readonly name: string;
  readonly process: RunningProcess;
  readonly roles: readonly string[];
}

/**
 * Brokers first and all at once, then controllers: a broker ends when the active controller has granted it, within a second for all of
 * them, and a combined node keeps its controller until its broker has ended. One after the other, the last would wait for a quorum that is gone.
 * On a busy machine the last combined node may still come too late; it is killed soon after the quorum is gone, not minutes later.
 */
async function stopAll(root: string, progress: Progress): Promise<StoppedNode[]> {
  const recorded = localState({ root })?.nodes ?? [];
  const processes = nodeProcesses(root);
  for (const { format } of processes.values()) if (format !== undefined) await ended(format, FORMAT_TIMEOUT_MS);
  const running = [...processes].flatMap(([name, { node }]): RunningNode[] =>
    node === undefined
      ? []
      : [{ name, process: node, roles: recorded.find((known) => known.name === name)?.roles ?? ['broker'] }],
  );
  const voters = recorded.filter(({ roles }) => roles.includes('controller')).length;
  let quorumLostAt: number | undefined;
  const grace = (since: number): number => {
    const left = running.filter(({ roles, process }) => roles.includes('controller') && isRunning(process)).length;
    if (left <= voters / 2) quorumLostAt ??= Date.now();
    if (quorumLostAt === undefined) return GRACE_MS;
    return Math.min(GRACE_MS, Math.max(0, quorumLostAt - since) + GRACE_WITHOUT_QUORUM_MS);
  };
  const stopped: StoppedNode[] = [];
  const stop = async ({ name, process }: RunningNode): Promise<void> => {
    const since = Date.now();
    const how = await stopProcess(process, () => grace(since));
    stopped.push({ name, how });
    progress({
      step: 'stopping nodes',
      done: stopped.length,
      total: running.length,
      ...(how === 'killed'
        ? { detail: `${name} did not end within ${Math.round((Date.now() - since) / 1000)} s and was killed` }
        : {}),
    });
  };
  if (running.length > 0) progress({ step: 'stopping nodes', done: 0, total: running.length });
  await Promise.all(running.filter(({ roles }) => roles.includes('broker')).map(stop));
  await Promise.all(running.filter(({ roles }) => !roles.includes('broker')).map(stop));
  return stopped.sort((a, b) => (a.name < b.name ? -1 : 1));
}
