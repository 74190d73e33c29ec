import type { Issue } from '../../core/issue';
import type { Change, Plan } from '../../core/plan';

/** What became of one change. */
export type Outcome =
  | { readonly outcome: 'done' }
  /** It was so already when it came to it. */
  | { readonly outcome: 'unchanged'; readonly why: string }
  | { readonly outcome: 'failed'; readonly error: string }
  | { readonly outcome: 'skipped'; readonly why: string };

export type AppliedChange = { readonly change: Change } & Outcome;

/** What an apply did. */
export interface ApplyReport {
  readonly environment: string;
  readonly owner: string;
  readonly clusterId: string;
  /** The plan that was carried out: the one that was given, or, where the cluster had moved since it was made, a new one. */
  readonly plan: Plan;
  readonly changes: readonly AppliedChange[];
  readonly counts: Readonly<Record<Outcome['outcome'], number>>;
  /** Throttles that stayed, brokers that do not see a change, leaders that are not the preferred ones. */
  readonly issues: readonly Issue[];
  /** Why it ended before everything was tried; absent where it did not. */
  readonly stopped?: string;
  /** Whether every broker that answers was seen to know of every change. */
  readonly visible: boolean;
  /** What a new plan would still change, read after all was done; absent where the cluster could not be read any more. */
  readonly remaining?: readonly Change[];
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
}

/** All that could be done was done and is in force; what is left waits for an acknowledgement or is impossible now. */
export function applySucceeded({ counts, issues, stopped, visible, remaining }: ApplyReport): boolean {
  if (counts.failed > 0 || stopped !== undefined || !visible || remaining === undefined) return false;
  return (
    !issues.some(({ level }) => level === 'error') &&
    remaining.every(({ status }) => status === 'held' || status === 'blocked')
  );
}

/** The cluster is as the file says, all of it: nothing is held back, in the way, or impossible. */
export function isAsDeclared(report: ApplyReport): boolean {
  return applySucceeded(report) && report.remaining?.length === 0 && impossible(report).length === 0;
}

/** What the file asks for and no change can bring about, for example fewer partitions. */
export function impossible({ plan }: Pick<ApplyReport, 'plan'>): readonly Issue[] {
  return plan.findings.filter(({ level }) => level === 'error');
}

export function countOutcomes(changes: readonly AppliedChange[]): ApplyReport['counts'] {
  const counts = { done: 0, unchanged: 0, failed: 0, skipped: 0 };
  for (const { outcome } of changes) counts[outcome]++;
  return counts;
}
