import { Failure } from '../../core/issue';
import type { Change, Plan } from '../../core/plan';
import type { ApplyOptions } from './apply-options';
import type { ApplyReport } from './apply-report';
import { readPasswords } from './passwords';
import { performChanges } from './perform';
import type { Run } from './run';
import { settle, type Settled } from './settle';

/** A change may make room for another; none makes room for itself, so this is soon enough. */
const MOST_ROUNDS = 4;

interface Rounds extends Pick<ApplyReport, 'visible' | 'remaining'> {
  /** All that was planned, the first plan's changes first. */
  readonly planned: readonly Change[];
}

/**
 * Carries out the plan, waits until it is in force, and plans again. What was in the way before and is not any more is done then: moves
 * that were under way have ended, so that throttles can go and the rest of a topic's moves can begin. A saved plan is all that was
 * agreed to; there, only throttles go.
 */
export async function applyRounds(run: Run, plan: Plan, options: ApplyOptions): Promise<Rounds> {
  const planned: Change[] = [...plan.changes];
  let visible = true;
  let round: readonly Change[] = plan.changes;
  for (let left = MOST_ROUNDS; ; left--) {
    const after = await applyRound(run, round, options);
    visible &&= after.visible;
    const { remaining } = after;
    if (remaining === undefined) return { planned, visible };
    const next = left > 1 ? nextRound(run, remaining, options) : [];
    if (next.length === 0) return { planned, visible, remaining };
    planned.push(...next);
    round = next;
  }
}

async function applyRound(run: Run, changes: readonly Change[], options: ApplyOptions): Promise<Settled> {
  const eligible = changes.filter((change) => whyNot(change, options) === undefined);
  const passwords = await readPasswords(run.options.ports.secrets, eligible);
  for (const change of changes) {
    const why = whyNot(change, options);
    if (why !== undefined) run.settle([change], { outcome: 'skipped', why });
  }
  try {
    await performChanges(run, eligible, { planned: changes, passwords });
  } catch (error) {
    // What was done until then is told all the same.
    if (!(error instanceof Failure)) throw error;
    run.halt(error);
  }
  return settle(run, changes, passwords);
}

/** What was not tried yet, and can be done now. */
function nextRound(run: Run, remaining: readonly Change[], options: ApplyOptions): readonly Change[] {
  if (run.failed || run.stopped !== undefined || run.issues.some(({ level }) => level === 'error')) return [];
  return remaining.filter(
    (change) =>
      whyNot(change, options) === undefined &&
      run.outcomeOf(change).outcome === 'skipped' &&
      (options.source !== 'saved' || change.operation.kind === 'clear-throttle'),
  );
}

function whyNot({ status, grade, block }: Change, { onlyGrades }: ApplyOptions): string | undefined {
  if (status === 'blocked') return block?.reason ?? 'it cannot be done now';
  if (status === 'held') return 'it needs an acknowledgement';
  return onlyGrades === undefined || onlyGrades.includes(grade) ? undefined : 'its grade was not asked for';
}
