import { Failure, type Issue } from '../../core/issue';
import type { Change } from '../../core/plan';
import { secretName } from '../secrets';
import { poll } from '../wait';
import { targetKey } from './alterations';
import { expectationsOf } from './expectations';
import { provedPlan } from './make-plan';
import { ofKind } from './operations';
import type { Run } from './run';
import { awaitVisible } from './visible';

/** How the cluster is once all was tried. */
export interface Settled {
  readonly visible: boolean;
  /** What a new plan would change; absent where none could be made. */
  readonly remaining?: readonly Change[];
}

/** Waits until every broker sees what was done, and plans again: what is left is told, not believed to be nothing. */
export async function settle(
  run: Run,
  tried: readonly Change[],
  passwords: ReadonlyMap<string, string>,
): Promise<Settled> {
  if (run.stopped !== undefined) return { visible: false };
  const done = tried.filter((change) => run.outcomeOf(change).outcome === 'done');
  const found = tried.some((change) => run.outcomeOf(change).outcome === 'unchanged');
  if (done.length === 0 && !found && !run.failed && run.observed.reassignments.length === 0)
    return { visible: true, remaining: tried };
  try {
    const issues = [...(await awaitVisible(run, expectationsOf(done))), ...(await logInAll(run, done, passwords))];
    for (const issue of issues) run.note(issue);
    return { visible: issues.length === 0, remaining: await planAgain(run) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    run.note({
      code: 'APPLY-UNVERIFIED',
      level: 'error',
      path: '',
      message: `what was done could not be read back, got ${error.message}`,
      hint: error.hint,
    });
    return { visible: false };
  }
}

/** A new password is seen by nothing but a log-in. */
async function logInAll(
  run: Run,
  done: readonly Change[],
  passwords: ReadonlyMap<string, string>,
): Promise<readonly Issue[]> {
  const { tryLogIn } = run.options.ports;
  if (tryLogIn === undefined) return [];
  const refused: string[] = [];
  const tries = ofKind(done, 'set-user').map(async ({ operation: { user, secret } }) => {
    const logIn = (): Promise<boolean | undefined> => tryLogIn(user, passwords.get(secretName(secret))!);
    if ((await poll(logIn, (outcome) => outcome !== false, run.patience)) === false) refused.push(user);
  });
  await Promise.all(tries);
  if (refused.length === 0) return [];
  const message = `users cannot log in with the passwords that were set, got ${refused.sort().join(', ')} refused; each must be let in.`;
  const hint = 'Check that the secrets hold what the users were given, and run it again.';
  return [{ code: 'USER-REFUSED', level: 'error', path: '', message, hint }];
}

/** Throttles that were seen to be somebody's own have been told of; they are not left behind. */
async function planAgain(run: Run): Promise<readonly Change[]> {
  const { ports, desired, patienceMs, progress } = run.options;
  progress({ step: 'reading the cluster again' });
  const { plan, observed } = await provedPlan(ports, desired, { patienceMs });
  run.observed = observed;
  return plan.changes.filter(
    ({ operation }) =>
      operation.kind !== 'clear-throttle' ||
      !run.keptThrottles.has(targetKey({ type: operation.on, name: operation.name })),
  );
}
