import { hostname, userInfo } from 'node:os';
import { Failure } from '../../core/issue';
import { isRetriable, LeaseHeld } from '../failures';
import type { AdminPort, Lease, LeaseRequest } from '../port';
import type { Clock } from '../wait';

/** The consumer group whose only member may change the cluster. */
export const LEASE_GROUP = '__kdk_apply';

/** A lease of somebody who is gone ends by itself within this time. */
const LEASE_ENDS_MS = 45_000;
const PAUSE_MS = 1_000;

export interface UnderLeaseOptions {
  /** Shown to others. @default user, machine and process */
  readonly holder?: string;
  readonly clock: Clock;
  /** How long it is asked for again while nobody answers, milliseconds. */
  readonly patienceMs: number;
}

/** Does work while nobody else may change the cluster; its signal is aborted where that is not so any more. */
export async function underLease<T>(
  admin: AdminPort,
  { holder = thisProcess(), ...waiting }: UnderLeaseOptions,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const lease = await takeLease(admin, { group: LEASE_GROUP, holder }, waiting);
  try {
    return await work(lease.lost);
  } finally {
    await lease.release().catch(endsByItself);
  }
}

function endsByItself(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
}

function thisProcess(): string {
  return `${userName()}@${hostname()}, process ${process.pid}`;
}

/** In a container the number of a user often has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}

/** Where the answer to a try got lost, the lease may be held by that very try: then it is waited for until it ends. */
async function takeLease(
  admin: AdminPort,
  request: LeaseRequest,
  { clock, patienceMs }: Pick<UnderLeaseOptions, 'clock' | 'patienceMs'>,
): Promise<Lease> {
  const startedMs = clock.now();
  for (let lost = false; ;) {
    try {
      return await admin.takeLease(request);
    } catch (error) {
      const held = error instanceof LeaseHeld;
      const waitedMs = clock.now() + PAUSE_MS - startedMs;
      const again = held
        ? (lost || error.own) && waitedMs < LEASE_ENDS_MS
        : isRetriable(error) && waitedMs < patienceMs;
      if (!again) throw error;
      lost ||= !held;
      await clock.sleep(PAUSE_MS);
    }
  }
}
