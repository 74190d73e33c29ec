import { desiredHash, fingerprint, staleSections, type DesiredState, type Plan } from '../../core/plan';
import { SYSTEM_CLOCK } from '../wait';
import type { ApplyOptions } from './apply-options';
import { countOutcomes, type ApplyReport } from './apply-report';
import { applyRounds } from './rounds';
import { underLease } from './lease';
import { provedPlan, type Planned } from './make-plan';
import { observe, requireCluster } from './observe';
import type { ReconcilePorts } from './ports';
import { planHeld, planStale } from './refusals';
import { Run } from './run';
import { notPlannedNow } from './still-planned';

/**
 * Carries out a plan, and says what became of every change. Nothing is done where changes are held, where somebody else applies, where a
 * saved plan is not that of the cluster any more, or where a password cannot be read. Killed at any point, the next one does what is
 * left: there is no state but the cluster's.
 */
export async function applyPlan(
  ports: ReconcilePorts,
  desired: DesiredState,
  plan: Plan,
  options: ApplyOptions,
): Promise<ApplyReport> {
  refuseHeld(plan, options);
  const { progress, holder, patienceMs = 60_000, signal } = options;
  const clock = ports.clock ?? SYSTEM_CLOCK;
  const startedMs = clock.now();
  progress({ step: 'taking the lease' });
  const leasing = { clock, patienceMs, ...(holder === undefined ? {} : { holder }) };
  return underLease(ports.admin, leasing, async (lost) => {
    const ending = endedBy([
      [signal, 'interrupted'],
      [lost, 'the lease was lost'],
    ]);
    try {
      progress({ step: 'reading the cluster' });
      const read = await observe(ports, desired, { patienceMs });
      const { plan: current, observed } = await currentPlan(ports, desired, {
        plan,
        observed: read,
        patienceMs,
        options,
      });
      const stallMs = options.stallMs ?? 300_000;
      const run = new Run({ ports, desired, progress, patienceMs, stallMs, signal: ending.signal }, observed);
      const { planned, ...after } = await applyRounds(run, current, options);
      const endedMs = clock.now();
      const changes = run.report(planned);
      return {
        environment: desired.environment,
        owner: desired.owner,
        clusterId: current.clusterId,
        plan: current,
        changes,
        counts: countOutcomes(changes),
        issues: run.issues,
        ...(run.stopped === undefined ? {} : { stopped: run.stopped }),
        ...after,
        startedAt: new Date(startedMs).toISOString(),
        endedAt: new Date(endedMs).toISOString(),
        durationMs: endedMs - startedMs,
      };
    } finally {
      ending.dispose();
    }
  });
}

/** Aborted by the first of these, with its words as the reason. */
function endedBy(causes: readonly (readonly [AbortSignal | undefined, string])[]): {
  readonly signal: AbortSignal;
  dispose(): void;
} {
  const ending = new AbortController();
  const disposals = causes.flatMap(([signal, reason]) => {
    if (signal === undefined) return [];
    const end = (): void => ending.abort(reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    return [() => signal.removeEventListener('abort', end)];
  });
  return { signal: ending.signal, dispose: () => disposals.forEach((dispose) => dispose()) };
}

/** What has moved between planning and now makes a saved plan worthless; a fresh one is made again. */
async function currentPlan(
  ports: ReconcilePorts,
  desired: DesiredState,
  { plan, observed, patienceMs, options }: CurrentPlanOptions,
): Promise<Planned> {
  requireCluster({ ...desired, clusterId: plan.clusterId }, observed.cluster.clusterId);
  const environment = plan.desired === desiredHash(desired) ? [] : ['the environment itself'];
  const stale = [...environment, ...staleSections(plan, fingerprint(desired, observed))];
  if (options.source === 'saved' && stale.length === 0) {
    const agreed = plan.changes.filter(({ status }) => status === 'ready' || status === 'acknowledged');
    for (const [id, why] of await notPlannedNow(ports, desired, agreed, { observed, patienceMs }))
      stale.push(`${id} (${why})`);
  }
  if (stale.length === 0) return { plan, observed };
  if (options.source === 'saved') throw planStale(plan, stale);
  const made = await provedPlan(ports, desired, { observed, patienceMs });
  refuseHeld(made.plan, options);
  return made;
}

interface CurrentPlanOptions extends Planned {
  readonly patienceMs: number;
  readonly options: ApplyOptions;
}

function refuseHeld(plan: Plan, { held = 'refuse', onlyGrades }: ApplyOptions): void {
  if (held === 'skip') return;
  const changes = plan.changes.filter(
    ({ status, grade }) => status === 'held' && (onlyGrades === undefined || onlyGrades.includes(grade)),
  );
  if (changes.length > 0) throw planHeld(changes);
}
