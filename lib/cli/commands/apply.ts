import { applyEvidence, applyPlan, applySucceeded, makePlan, type ApplyReport } from '../../admin/reconcile';
import { Failure, type Issue } from '../../core/issue';
import { desiredState, planLines, type Plan } from '../../core/plan';
import { writeAtomically } from '../atomic-file';
import { withTidyClient } from '../cluster';
import type { ReconcileOptions } from '../cluster-options';
import { locatedIssues } from '../located-issues';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { environmentOfPlan, isPlanFile, readPlan } from '../plan-file';
import { reconcilePorts } from '../reconcile-ports';
import { siblingIssues } from '../sibling-files';
import { untilAborted } from '../until-aborted';
import { refusedIssues } from './plan';

export interface ApplyOptions extends ReconcileOptions {
  /** A plan that `kdk plan --out` wrote. */
  readonly plan?: string;
  /** The environment of a plan that stands alone. */
  readonly environment?: string;
  /** Leave out what needs an acknowledgement. */
  readonly skipHeld?: boolean;
  /** Where to write what was done. */
  readonly evidence?: string;
}

/** `kdk apply ENV`, or `kdk apply PLAN`: makes the cluster what the file says. It asks nothing: what is dangerous is acknowledged in the file. */
export async function apply(argument: string, options: ApplyOptions, context: Context): Promise<Outcome> {
  const { environment, file } = whatToApply(argument, options);
  const saved = file === undefined ? undefined : readPlan(file);
  const cluster = await openCluster(
    environment ?? environmentOfPlan(saved!, file!),
    { ...options, ...(options.target === undefined && saved !== undefined ? { target: saved.target } : {}) },
    context,
  );
  const { model, name, opened, address } = cluster;
  if (saved !== undefined && saved.owner !== name) throw otherEnvironment(saved, name);
  const siblings = siblingIssues(cluster);
  if (siblings.some(({ level }) => level === 'error')) return refused(name, [...cluster.issues, ...siblings]);
  const desired = desiredState(model);
  const { signal, progress } = context;
  return withTidyClient(address, context, async (client) => {
    const { ports, close } = reconcilePorts(client, cluster, { options, context });
    try {
      progress({ step: 'reading and comparing the cluster' });
      const plan = saved ?? (await untilAborted(makePlan(ports, desired), signal));
      context.tell([...planLines(plan, { findings: 'left-out' }), '']);
      const noticed = [...cluster.issues, ...siblings, ...locatedIssues(plan.findings, opened), ...refusedIssues(plan)];
      const report = await applyPlan(ports, desired, plan, {
        progress,
        signal,
        source: saved === undefined ? 'fresh' : 'saved',
        held: options.skipHeld === true ? 'skip' : 'refuse',
      });
      return outcomeOf(report, { name, noticed, options, context });
    } finally {
      await close();
    }
  });
}

/** Either an environment, perhaps with a plan, or a plan that names its environment. */
function whatToApply(
  argument: string,
  { plan, environment }: ApplyOptions,
): { readonly environment?: string; readonly file?: string } {
  const isPlan = isPlanFile(argument);
  if (plan !== undefined && (isPlan || environment !== undefined))
    throw new Failure(
      'USAGE',
      `two plans or two environments are named, got ${argument} beside ${isPlan ? '--plan' : '--environment'}; one of each is allowed.`,
      'Write kdk apply ENV --plan FILE, or kdk apply FILE.',
      2,
    );
  if (isPlan) return { file: argument, ...(environment === undefined ? {} : { environment }) };
  return { environment: argument, ...(plan === undefined ? {} : { file: plan }) };
}

function otherEnvironment(plan: Plan, name: string): Failure {
  return new Failure(
    'PLAN-OTHER',
    `the plan is of another environment, got ${plan.owner}; ${name} is to be applied.`,
    'Give the plan of this environment.',
    2,
  );
}

function refused(name: string, issues: readonly Issue[]): Outcome {
  return { environment: name, issues, result: null, lines: [], status: 1 };
}

interface Around {
  readonly name: string;
  readonly noticed: readonly Issue[];
  readonly options: ApplyOptions;
  readonly context: Context;
}

function outcomeOf(report: ApplyReport, { name, noticed, options, context }: Around): Outcome {
  const evidence = applyEvidence(report, { kit: context.version });
  if (options.evidence !== undefined) writeAtomically(options.evidence, `${JSON.stringify(evidence, undefined, 2)}\n`);
  return {
    environment: name,
    issues: [...noticed, ...report.issues, ...issuesOf(report)],
    result: evidence,
    lines: [summary(name, report), ...(options.evidence === undefined ? [] : [`wrote ${options.evidence}`])],
    status: applySucceeded(report) ? 0 : 1,
  };
}

function summary(name: string, { counts, durationMs, changes }: ApplyReport): string {
  if (changes.length === 0) return `${name}: nothing to do, the cluster is as the file says`;
  const parts = [
    `${counts.done} ${counts.done === 1 ? 'change' : 'changes'} done`,
    ...(counts.unchanged === 0 ? [] : [`${counts.unchanged} not needed any more`]),
    ...(counts.failed === 0 ? [] : [`${counts.failed} failed`]),
    ...(counts.skipped === 0 ? [] : [`${counts.skipped} not done`]),
  ];
  return `${name}: ${parts.join(', ')} in ${(durationMs / 1000).toFixed(1)} s`;
}

/** What failed, what was left out, and whether the cluster is known to be as the file says. */
function issuesOf(report: ApplyReport): Issue[] {
  const { changes, stopped, visible, remaining } = report;
  const issues = changes.flatMap((one): Issue[] => {
    const { path, subject, summary: what, status } = one.change;
    if (one.outcome === 'failed')
      return [
        {
          code: 'APPLY-FAILED',
          level: 'error',
          path,
          message: `a change failed, got ${one.error.replace(/\.$/, '')} for ${subject}: ${what}; the others are not touched by that.`,
          hint: 'Correct the cause, and apply again: it does what is left.',
        },
      ];
    if (one.outcome === 'skipped' && (status === 'held' || status === 'blocked'))
      return [
        {
          code: status === 'held' ? 'APPLY-HELD' : 'APPLY-BLOCKED',
          level: 'error',
          path,
          message: `a change was not made, got ${subject}: ${what}; ${one.why.replace(/\.$/, '')}.`,
          hint:
            status === 'held'
              ? 'Acknowledge it in the file, or take it back: kdk plan shows the entry.'
              : (one.change.block?.hint ?? 'Apply again later.'),
        },
      ];
    return [];
  });
  if (stopped !== undefined)
    issues.push({
      code: 'APPLY-STOPPED',
      level: 'error',
      path: '',
      message: `not everything was tried, got ${stopped}; what is listed as done stays, and throttles were removed.`,
      hint: 'Apply again: it goes on from what is there.',
    });
  if (!visible && stopped === undefined)
    issues.push({
      code: 'APPLY-INVISIBLE',
      level: 'error',
      path: '',
      message: 'not every broker has been seen to know of every change, got none that all agree on in time; all must.',
      hint: 'Look at the brokers with kdk status, and plan again.',
    });
  const left = (remaining ?? []).filter(({ status }) => status !== 'held' && status !== 'blocked');
  if (left.length > 0 && issues.length === 0)
    issues.push({
      code: 'APPLY-REMAINS',
      level: 'error',
      path: left[0]!.path,
      message: `the cluster is not as the file says, got ${left.length} changes that a new plan has; none may be left.`,
      hint: 'Plan again: somebody else may be changing the cluster.',
    });
  return issues;
}
