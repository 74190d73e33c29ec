import { applyPlan, makePlan } from '../../admin/reconcile';
import { Failure, type Issue } from '../../core/issue';
import { desiredState, planLines, type Plan } from '../../core/plan';
import { applyOutcome } from '../apply-outcome';
import { withTidyClient } from '../cluster';
import type { ReconcileOptions } from '../cluster-options';
import { locatedIssues } from '../located-issues';
import { openCluster } from '../open-cluster';
import type { Context, Outcome } from '../outcome';
import { environmentOfPlan, isPlanFile, readPlan } from '../plan-file';
import { reconcilePorts } from '../reconcile-ports';
import { siblingIssues } from '../sibling-files';
import { untilAborted } from '../until-aborted';

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
      const noticed = [...cluster.issues, ...siblings, ...locatedIssues(plan.findings, opened)];
      const report = await applyPlan(ports, desired, plan, {
        progress,
        signal,
        source: saved === undefined ? 'fresh' : 'saved',
        held: options.skipHeld === true ? 'skip' : 'refuse',
      });
      return applyOutcome(report, { name, noticed, options, context });
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
