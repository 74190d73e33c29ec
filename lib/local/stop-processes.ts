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

/** SIGTERM, and SIGKILL for one that has not ended after `graceMs`. Tells which way it went. */
export async function stopProcess(process_: ProcessIdentity, graceMs: number): Promise<'ended' | 'killed'> {
  signalProcess(process_, 'SIGTERM');
  if (await ended(process_, graceMs)) return 'ended';
  signalProcess(process_, 'SIGKILL');
  await ended(process_, 10_000);
  return 'killed';
}
