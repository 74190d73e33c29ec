import { Failure, type Progress } from '../../core/issue';
import type { AdminPort, MembershipPort, QuorumDescription } from '../port';
import { poll, retry, SYSTEM_CLOCK, type Clock, type Patience } from '../wait';

export interface RemoveControllersOptions {
  readonly controllers: readonly number[];
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** How long a controller that still answers is waited for. @default 600000 */
  readonly waitMs?: number;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** One that is as far behind is down: it fetches several times a second. */
const DOWN_MS = 10_000;
/** One that is no further behind follows. */
const FOLLOWS_MS = 5_000;

/**
 * Takes controllers that were shut down out of the quorum, one after the other, and returns those that were in it. One that still runs is
 * waited for: with `controller.quorum.auto.join.enable` it would join again by itself (KIP-853). Fails where the rest would have no
 * majority that follows the leader.
 */
export async function removeControllers(
  client: AdminPort & MembershipPort,
  { controllers, progress, signal, waitMs = 600_000, clock = SYSTEM_CLOCK }: RemoveControllersOptions,
): Promise<readonly number[]> {
  const patience: Patience = { deadlineMs: 60_000, clock };
  const describe = (): Promise<QuorumDescription> => retry(() => client.describeQuorum(), patience);
  const removed: number[] = [];
  for (const id of controllers) {
    let quorum = await describe();
    if (votersOf(quorum, id).length === 0) continue;
    progress({ step: `waiting until controller ${id} is down`, done: removed.length, total: controllers.length });
    quorum = await poll(describe, (now) => signal.aborted || isDown(now, id), {
      deadlineMs: waitMs,
      maxPauseMs: 2000,
      clock,
    });
    if (!isDown(quorum, id)) throw stillRuns(id);
    requireMajority(quorum, controllers);
    for (const { directoryId } of votersOf(quorum, id))
      await retry(() => client.removeVoter({ id, directoryId }), patience);
    progress({ step: 'taking controllers out', done: removed.length, total: controllers.length });
    const after = await poll(describe, (now) => votersOf(now, id).length === 0, patience);
    if (votersOf(after, id).length > 0) throw stillRuns(id);
    removed.push(id);
  }
  return removed;
}

function votersOf({ voters }: QuorumDescription, id: number) {
  return voters.filter((voter) => voter.id === id);
}

function isDown(quorum: QuorumDescription, id: number): boolean {
  return (
    quorum.leaderId !== id && votersOf(quorum, id).every(({ behindMs }) => behindMs === undefined || behindMs > DOWN_MS)
  );
}

function requireMajority({ leaderId, voters }: QuorumDescription, leaving: readonly number[]): void {
  const staying = voters.filter(({ id }) => !leaving.includes(id));
  const following = staying.filter(
    ({ id, behindMs }) => id === leaderId || (behindMs !== undefined && behindMs <= FOLLOWS_MS),
  );
  if (following.length > staying.length / 2) return;
  throw new Failure(
    'QUORUM-MAJORITY',
    `the controllers that stay have no majority, got ${following.length} of ${staying.length} that follow the leader; more than half are needed.`,
    'See kdk status, bring them back, and run it again.',
  );
}

function stillRuns(id: number): Failure {
  return new Failure(
    'CONTROLLER-ALIVE',
    `a controller that runs would join the quorum again by itself, got ${id}; it must be down for ${DOWN_MS / 1000} s.`,
    'Scale its StatefulSet in first, by one, and wait until the pod is gone.',
  );
}
