import { isRetriable, LeaseHeld } from '../failures';
import type { AdminPort, Lease, LeaseRequest } from '../port';
import type { Clock } from '../wait';

/** A lease of somebody who is gone ends by itself within this time. */
const LEASE_ENDS_MS = 45_000;
const PAUSE_MS = 1_000;

/** Where the answer to a try got lost, the lease may be held by that very try: then it is waited for until it ends. */
export async function takeLease(
  admin: AdminPort,
  request: LeaseRequest,
  { clock, patienceMs }: { readonly clock: Clock; readonly patienceMs: number },
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
