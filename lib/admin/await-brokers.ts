import type { Issue } from '../core/issue';
import type { ClusterPort } from './port';
import { poll, type Clock } from './wait';

/** Brokers that whoever runs them says are there join the cluster within minutes; one that is dead may not hold up everything. */
const PATIENCE_MS = 180_000;

/**
 * Waits until as many brokers answer as there are to be, so that those that were just added get their share of what is made and spread.
 * Undefined where they do; else what to tell, and the others get nothing for now.
 */
export async function awaitBrokers(admin: ClusterPort, wanted: number, clock?: Clock): Promise<Issue | undefined> {
  const { brokers } = await poll(
    () => admin.describeCluster(),
    ({ brokers: found }) => found.length >= wanted,
    { deadlineMs: PATIENCE_MS, ...(clock === undefined ? {} : { clock }) },
  );
  if (brokers.length >= wanted) return undefined;
  return {
    code: 'BROKERS-MISSING',
    level: 'warning',
    path: '',
    message: `fewer brokers answer than there are to be, got ${brokers.length} of ${wanted}; the others get no replicas for now.`,
    hint: 'See kdk status. Once they are there, run it again: replicas are spread over them where the environment says reconcile.spread: onNewBrokers.',
  };
}
