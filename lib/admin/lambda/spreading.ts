import type { Change } from '../../core/plan';
import { countOutcomes, type ApplyReport } from '../reconcile';

/** What was to be spread, and the report without it. */
export interface SplitReport {
  readonly declared: ApplyReport;
  /** Topics whose replicas are not spread yet. */
  readonly left: number;
}

/** What the moves of replicas leave behind when they do not end in time; the next apply makes it good. */
const OF_MOVES: ReadonlySet<string> = new Set(['MOVE-STALLED', 'THROTTLE-LEFT']);

/**
 * Spreading takes as long as it takes to copy the records, and a stack that failed for it would roll back to fewer brokers, which the
 * service refuses once they hold partitions. So it never fails one.
 */
export function withoutSpread(report: ApplyReport): SplitReport {
  const spreads = (change: Change): boolean => change.code === 'TOPIC-SPREAD';
  const planned = report.changes.filter(({ change }) => spreads(change));
  const later = report.remaining?.filter(spreads) ?? [];
  if (planned.length + later.length === 0) return { declared: report, left: 0 };
  const done = new Set(
    planned.flatMap(({ change, outcome }) => (outcome === 'done' || outcome === 'unchanged' ? [change.id] : [])),
  );
  const ids = new Set([...planned.map(({ change }) => change), ...later].map(({ id }) => id));
  const left = [...ids].filter((id) => !done.has(id)).length;
  const changes = report.changes.filter(({ change }) => !spreads(change));
  const { stopped, remaining, ...rest } = report;
  const undone = changes.some(({ outcome }) => outcome === 'skipped');
  return {
    left,
    declared: {
      ...rest,
      changes,
      counts: countOutcomes(changes),
      issues: report.issues.filter(({ code }) => !OF_MOVES.has(code)),
      // Stopped while it was spreading: everything before that was done, and read back as far as it could be.
      ...(stopped === undefined || !undone
        ? {
            visible: remaining === undefined ? true : report.visible,
            remaining: remaining?.filter((change) => !spreads(change)) ?? [],
          }
        : { stopped, ...(remaining === undefined ? {} : { remaining }) }),
    },
  };
}
