import type { Issue } from '../../core/issue';
import { isRetriable } from '../failures';
import { retry } from '../wait';
import type { Expectation } from './expectations';
import type { Run } from './run';

const FIRST_PAUSE_MS = 200;
/** While brokers are busy making logs, asking more often would only keep them from it. */
const LONGEST_PAUSE_MS = 2_000;

interface Waiting {
  readonly expectation: Expectation;
  /** Not seen yet, in the order in which the controller committed them. */
  left: readonly string[];
}

/**
 * Waits until every broker that answers sees what was changed: Kafka answers when the controller has committed, and each broker follows
 * in its own time. Gives up, with an issue for each broker, when nothing has moved for the patience of the run.
 */
export async function awaitVisible(run: Run, expectations: readonly Expectation[]): Promise<readonly Issue[]> {
  const brokers = (await retry(() => run.admin.describeCluster(), run.patience)).brokers.map(({ id }) => id);
  const waiting = new Map(
    brokers.map((id) => [id, expectations.map((expectation): Waiting => ({ expectation, left: expectation.keys }))]),
  );
  const total = count(waiting);
  let moved = run.clock.now();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const before = count(waiting);
    const silent = await Promise.all([...waiting].map(([broker, sections]) => look(run, broker, sections)));
    if (silent.includes(true)) await dropGone(run, waiting);
    const left = count(waiting);
    run.tell('waiting until every broker sees the changes', total - left, total);
    if (left === 0) return [];
    if (left < before) moved = run.clock.now();
    if (run.stopped !== undefined || run.clock.now() - moved > run.options.patienceMs)
      return [...waiting].flatMap(([broker, sections]) => notVisible(broker, sections));
    await run.clock.sleep(pause, run.options.signal);
  }
}

function count(waiting: ReadonlyMap<number, readonly Waiting[]>): number {
  return [...waiting.values()].flat().reduce((sum, { left }) => sum + left.length, 0);
}

/** Whether the broker did not answer. */
async function look(run: Run, broker: number, sections: readonly Waiting[]): Promise<boolean> {
  try {
    await Promise.all(sections.map((section) => lookAt(run, broker, section)));
    return false;
  } catch (error) {
    if (!isRetriable(error)) throw error;
    return true;
  }
}

/**
 * A broker takes over what the controller committed in that order, so while it lacks some of the next there is no point in asking for
 * those behind them: asking for all 10,000 topics each time kept brokers too busy to get on.
 */
async function lookAt(run: Run, broker: number, section: Waiting): Promise<void> {
  const { expectation } = section;
  while (section.left.length > 0) {
    const next = section.left.slice(0, expectation.keysALook);
    const unseen = await expectation.unseen(run.admin, broker, next);
    section.left = [...unseen, ...section.left.slice(next.length)];
    if (unseen.length > 0) return;
  }
}

/** A broker that has left the cluster reads everything before it comes back. */
async function dropGone(run: Run, waiting: Map<number, unknown>): Promise<void> {
  const { brokers } = await retry(() => run.admin.describeCluster(), run.patience);
  const alive = new Set(brokers.map(({ id }) => id));
  for (const id of waiting.keys()) if (!alive.has(id)) waiting.delete(id);
}

function notVisible(broker: number, sections: readonly Waiting[]): Issue[] {
  return sections.flatMap(({ expectation, left }) =>
    left.length === 0
      ? []
      : [
          {
            code: 'CHANGE-NOT-VISIBLE',
            level: 'error' as const,
            path: '',
            message: `broker ${broker} does not show what was changed, got ${left.length} ${expectation.what} not seen, ${expectation.name(left[0]!)} first; every broker must see every change.`,
            hint: "Look at that broker's log, then run it again: nothing is done twice.",
          },
        ],
  );
}
