import { createHash } from 'node:crypto';
import type { Plan } from '../../core/plan';
import { impossible, isAsDeclared, type ApplyReport } from './apply-report';

/** What was done to a cluster, when and by which release, to be kept: plain JSON without secrets. */
export interface ApplyEvidence {
  readonly schemaVersion: 1;
  readonly kind: 'apply';
  readonly kit: string;
  readonly environment: string;
  readonly owner: string;
  readonly clusterId: string;
  /** SHA-256 of the plan that was carried out, and when the cluster was read for it. */
  readonly plan: { readonly sha256: string; readonly readAt: string; readonly desired: string };
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationMs: number;
  /** The cluster is as the file says: nothing failed, is held back, in the way, or impossible. */
  readonly succeeded: boolean;
  readonly stopped?: string;
  readonly counts: ApplyReport['counts'];
  readonly changes: readonly ChangeEvidence[];
  readonly issues: readonly { readonly code: string; readonly level: string; readonly message: string }[];
  readonly verification: {
    /** Every broker that answered was seen to know of every change. */
    readonly visible: boolean;
    /** Ids of what a new plan would still change; absent where none could be made. */
    readonly remaining?: readonly string[];
  };
}

export interface ChangeEvidence {
  readonly id: string;
  readonly code: string;
  readonly path: string;
  readonly summary: string;
  readonly from: string;
  readonly to: string;
  readonly grade: string;
  readonly outcome: string;
  /** Kafka's words, or why it was not done. */
  readonly detail?: string;
}

export function applyEvidence(report: ApplyReport, { kit }: { readonly kit: string }): ApplyEvidence {
  const { plan, environment, owner, clusterId, startedAt, endedAt, durationMs, stopped, counts } = report;
  return {
    schemaVersion: 1,
    kind: 'apply',
    kit,
    environment,
    owner,
    clusterId,
    plan: { sha256: planHash(plan), readAt: plan.readAt, desired: plan.desired },
    startedAt,
    endedAt,
    durationMs,
    succeeded: isAsDeclared(report),
    ...(stopped === undefined ? {} : { stopped }),
    counts,
    changes: report.changes.map(({ change: { id, code, path, summary, from, to, grade }, ...outcome }) => ({
      ...{ id, code, path, summary, from, to, grade },
      outcome: outcome.outcome,
      ...('error' in outcome ? { detail: outcome.error } : 'why' in outcome ? { detail: outcome.why } : {}),
    })),
    issues: [...impossible(report), ...report.issues].map(({ code, level, message }) => ({ code, level, message })),
    verification: {
      visible: report.visible,
      ...(report.remaining === undefined ? {} : { remaining: report.remaining.map(({ id }) => id) }),
    },
  };
}

/** The same for the same plan, also after it was written to a file and read again. */
export function planHash(plan: Plan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}
