import { Failure } from '../../core/issue';
import type { Change, Plan } from '../../core/plan';
import { secretName } from '../secrets';
import { poll } from '../wait';
import { alterOptions } from './apply-options';
import { expectationsOf } from './expectations';
import { provedPlan } from './make-plan';
import { observe } from './observe';
import { ofKind } from './operations';
import type { Run } from './run';
import { awaitVisible } from './visible';

/** How the cluster is once all was tried. */
export interface Settled {
  readonly visible: boolean;
  readonly remaining?: readonly Change[];
  /** Throttles of a run before this one, removed once its moves had ended; the plan could not know of them. */
  readonly cleared: readonly Change[];
}

/** Waits until every broker sees what was done, and plans again: what is left is told, not believed to be nothing. */
export async function settleApply(run: Run, plan: Plan, passwords: ReadonlyMap<string, string>): Promise<Settled> {
  if (run.stopped !== undefined) return { visible: false, cleared: [] };
  const done = plan.changes.filter((change) => run.outcomeOf(change).outcome === 'done');
  const moved = run.options.observed.reassignments.length > 0;
  if (done.length === 0 && !run.failed && !moved) return { visible: true, remaining: plan.changes, cleared: [] };
  try {
    const visible = await seeAll(run, done, passwords);
    const remaining = await planAgain(run);
    const left = ofKind(remaining, 'clear-throttle').filter(({ status }) => status === 'ready');
    if (!moved || left.length === 0) return { visible, remaining, cleared: [] };
    await alterOptions(run, left);
    return { visible: (await seeAll(run, left, passwords)) && visible, remaining: await planAgain(run), cleared: left };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    run.note({
      code: 'APPLY-UNVERIFIED',
      level: 'error',
      path: '',
      message: `what was done could not be read back, got ${error.message}`,
      hint: error.hint,
    });
    return { visible: false, cleared: [] };
  }
}

async function seeAll(run: Run, done: readonly Change[], passwords: ReadonlyMap<string, string>): Promise<boolean> {
  const issues = await awaitVisible(run, expectationsOf(done));
  for (const issue of issues) run.note(issue);
  return (await logInAll(run, done, passwords)) && issues.length === 0;
}

/** A new password is seen by nothing but a log-in. */
async function logInAll(run: Run, done: readonly Change[], passwords: ReadonlyMap<string, string>): Promise<boolean> {
  const { tryLogIn } = run.options.ports;
  if (tryLogIn === undefined) return true;
  const refused: string[] = [];
  const tries = ofKind(done, 'set-user').map(async ({ operation: { user, secret } }) => {
    const logIn = (): Promise<boolean | undefined> => tryLogIn(user, passwords.get(secretName(secret))!);
    if ((await poll(logIn, (outcome) => outcome !== false, run.patience)) === false) refused.push(user);
  });
  await Promise.all(tries);
  if (refused.length === 0) return true;
  run.note({
    code: 'USER-REFUSED',
    level: 'error',
    path: '',
    message: `users cannot log in with the passwords that were set, got ${refused.sort().join(', ')} refused; each must be let in.`,
    hint: 'Check that the secrets hold what the users were given, and run it again.',
  });
  return false;
}

async function planAgain(run: Run): Promise<readonly Change[]> {
  const { ports, desired, patienceMs } = run.options;
  run.options.progress({ step: 'reading the cluster again' });
  const observed = await observe(ports, desired, { patienceMs });
  return (await provedPlan(ports, desired, { observed, patienceMs })).changes;
}
