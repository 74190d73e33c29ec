import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-table';

const POLL_MS = 50;

export function signalProcess(process_: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isRunning(process_)) return;
  try {
    process.kill(process_.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the process has ended; false where it has not after `timeoutMs`. */
export async function ended(process_: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  while (isRunning(process_)) {
    if (Date.now() >= until) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/**
 * SIGTERM, and SIGKILL for one that has not ended after `graceMs`. Tells which way it went. A function is asked again and again, for a grace
 * that depends on what happens meanwhile.
 */
export async function stopProcess(
  process_: ProcessIdentity,
  graceMs: number | (() => number),
): Promise<'ended' | 'killed'> {
  const grace = typeof graceMs === 'number' ? (): number => graceMs : graceMs;
  const since = Date.now();
  signalProcess(process_, 'SIGTERM');
  while (isRunning(process_)) {
    if (Date.now() - since >= grace()) {
      signalProcess(process_, 'SIGKILL');
      await ended(process_, 10_000);
      return 'killed';
    }
    await sleep(POLL_MS);
  }
  return 'ended';
}
