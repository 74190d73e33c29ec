import { applyEvidence, impossible, isAsDeclared, type ApplyReport } from '../admin/reconcile';
import type { Issue } from '../core/issue';
import { writeAtomically } from './atomic-file';
import type { Context, Outcome } from './outcome';

export interface ApplyAround {
  readonly name: string;
  readonly noticed: readonly Issue[];
  /** `evidence`: file to write what was done to. */
  readonly options: { readonly evidence?: string };
  readonly context: Context;
}

/** How an apply went, for people and for programs; writes the evidence where it is wanted. */
export function applyOutcome(report: ApplyReport, { name, noticed, options, context }: ApplyAround): Outcome {
  const evidence = applyEvidence(report, { kit: context.version });
  if (options.evidence !== undefined) writeAtomically(options.evidence, `${JSON.stringify(evidence, undefined, 2)}\n`);
  return {
    environment: name,
    issues: [...noticed, ...unnoticed(report, noticed), ...report.issues, ...issuesOf(report)],
    result: evidence,
    lines: [summary(name, report), ...(options.evidence === undefined ? [] : [`wrote ${options.evidence}`])],
    status: isAsDeclared(report) ? 0 : 1,
  };
}

/** Where the cluster had moved, another plan was carried out than the one that was shown. */
function unnoticed(report: ApplyReport, noticed: readonly Issue[]): Issue[] {
  const told = new Set(noticed.map(({ message }) => message));
  return impossible(report).filter(({ message }) => !told.has(message));
}

function summary(name: string, report: ApplyReport): string {
  const { counts, durationMs, changes } = report;
  if (changes.length === 0)
    return isAsDeclared(report)
      ? `${name}: nothing to do, the cluster is as the file says`
      : `${name}: nothing could be done, and the cluster is not as the file says`;
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
