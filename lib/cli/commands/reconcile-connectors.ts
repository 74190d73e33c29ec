import { applyConnectors, planConnectors } from '../../admin/reconcile';
import { retry } from '../../admin/wait';
import { Failure, hasErrors } from '../../core/issue';
import { connectorsOnly, planLines } from '../../core/plan';
import { applyOutcome } from '../apply-outcome';
import { readDesired } from '../desired-argument';
import { durationArgument } from '../duration-argument';
import { CHANGES, driftLine, type ReconcileCommandOptions } from '../drift';
import type { Context, Outcome } from '../outcome';
import { connectWorkers } from '../reconcile-ports';
import { untilAborted } from '../until-aborted';
import { refusedIssues } from './plan';

/** `kdk reconcile DESIRED --only connectors`: asks the workers of Connect and no broker. */
export async function reconcileConnectors(
  path: string,
  options: ReconcileCommandOptions,
  context: Context,
): Promise<Outcome> {
  const desired = connectorsOnly(readDesired(path));
  if (options.connect === undefined || desired === undefined) {
    throw new Failure(
      'USAGE',
      desired === undefined
        ? `there are no connectors to make, got ${JSON.stringify(path)}, which names none; a desired state with connectors is needed.`
        : 'there are no workers to ask, got no --connect; the REST interface of a worker is needed.',
      desired === undefined ? 'Leave out --only.' : 'Try --connect http://localhost:8083.',
      2,
    );
  }
  const { progress, signal } = context;
  const connect = connectWorkers(options.connect);
  try {
    progress({ step: 'waiting for the workers' });
    const deadlineMs = options.wait === undefined ? 0 : durationArgument('--wait', options.wait);
    await untilAborted(
      retry(() => connect.connectors(), { deadlineMs, maxPauseMs: 10_000, again: isUnreachable }),
      signal,
    );
    progress({ step: 'reading and comparing the connectors' });
    const plan = await untilAborted(planConnectors(connect, desired), signal);
    const noticed = [...plan.findings, ...refusedIssues(plan)];
    const lines = planLines(plan, { findings: 'left-out' });
    const { owner } = desired;
    if (options.planOnly === true) {
      const status = options.failOnChanges === true && plan.changes.length > 0 ? CHANGES : 0;
      return { environment: owner, issues: noticed, result: { plan }, lines: [...lines, driftLine(plan)], status };
    }
    context.tell([...lines, '']);
    if (hasErrors(noticed)) return { environment: owner, issues: noticed, result: { plan }, lines: [], status: 1 };
    const report = await applyConnectors(connect, desired, { plan, progress, signal });
    return applyOutcome(report, { name: owner, noticed, options, context });
  } finally {
    await connect.close();
  }
}

/** Workers that are just being made answer after a while, and before they have found each other with 404 or 503. */
function isUnreachable(error: unknown): boolean {
  return error instanceof Failure && (error.status === 3 || error.code === 'CONNECT-REFUSED');
}
