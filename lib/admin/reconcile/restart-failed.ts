import { Failure } from '../../core/issue';
import type { ObservedConnector } from '../../core/plan';
import { inParallel } from '../parallel';
import type { ConnectWorkersPort } from '../port';
import { SYSTEM_CLOCK, type Clock } from '../wait';

export interface RestartOptions {
  /** How often each connector is restarted at most, before it is given up and told. */
  readonly attempts: number;
  /** Before the second attempt; each next pause is twice as long. */
  readonly pauseMs: number;
  readonly signal: AbortSignal;
  /** @default the machine's */
  readonly clock?: Clock;
  /** Told of each attempt. */
  readonly tell?: (line: string) => void;
}

/** What became of a connector that had failed, or a task of it. */
export interface Restarted {
  readonly connector: string;
  readonly attempts: number;
  /** Why it was given up; absent: it runs. */
  readonly error?: string;
}

/**
 * Restarts what has failed of connectors that are to run, and nothing else of them. A record that no task can read fails every attempt:
 * after the last one it is told as a failure instead of being tried for ever where nobody looks.
 */
export async function restartFailed(
  connect: Pick<ConnectWorkersPort, 'connectors' | 'restart'>,
  options: RestartOptions,
): Promise<Restarted[]> {
  const failed = [...(await connect.connectors()).values()].filter(hasFailed);
  const restarted: Restarted[] = [];
  await inParallel(failed, async ({ name }) => {
    restarted.push(await restartOne(connect, name, options));
  });
  return restarted.sort((a, b) => (a.connector < b.connector ? -1 : 1));
}

async function restartOne(
  connect: Pick<ConnectWorkersPort, 'restart'>,
  connector: string,
  { attempts, pauseMs, signal, clock = SYSTEM_CLOCK, tell }: RestartOptions,
): Promise<Restarted> {
  let error = 'interrupted';
  for (let attempt = 1; attempt <= attempts && !signal.aborted; attempt++) {
    try {
      await connect.restart(connector);
      tell?.(`${connector}: runs again, attempt ${attempt} of ${attempts}`);
      return { connector, attempts: attempt };
    } catch (failure) {
      // Workers that do not answer are no trouble of a connector.
      if (!(failure instanceof Failure) || failure.status === 3) throw failure;
      error = failure.message;
      tell?.(`${connector}: failed again, attempt ${attempt} of ${attempts}: ${error}`);
      if (attempt < attempts) await clock.sleep(pauseMs * 2 ** (attempt - 1), signal);
    }
  }
  return { connector, attempts, error };
}

/** Somebody who paused or stopped a connector wants it so. */
function hasFailed({ state, tasks }: ObservedConnector): boolean {
  if (state === 'paused' || state === 'stopped') return false;
  return state === 'failed' || tasks.some((task) => task.state === 'failed');
}
