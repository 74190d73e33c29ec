import { buildPlan, evidenceRequest, type DesiredState, type ObservedState, type Plan } from '../../core/plan';
import { gatherEvidence } from './evidence';
import { observe, type ObserveOptions } from './observe';
import type { ReconcilePorts } from './ports';
import { prove, type Proved } from './prove';
import { blockSilent, silentBrokerIssue, silentBrokers } from './silent-brokers';
import { poll } from '../wait';

export type MakePlanOptions = ObserveOptions;

/** Reads the cluster, compares, and has the cluster check what it can: nothing is changed. */
export async function makePlan(
  ports: ReconcilePorts,
  desired: DesiredState,
  options: MakePlanOptions = {},
): Promise<Plan> {
  return (await provedPlan(ports, desired, options)).plan;
}

interface OfObserved extends MakePlanOptions {
  readonly observed: ObservedState;
}

/** A plan and the cluster that it was made for, as it was read. */
export interface Planned {
  readonly plan: Plan;
  readonly observed: ObservedState;
}

/**
 * The plan for what was read before, or is read now, checked by the cluster. Where the check shows that the broker that was read is behind
 * the controller, it is read and planned again until it has followed, or patience ends.
 */
export async function provedPlan(
  ports: ReconcilePorts,
  desired: DesiredState,
  { observed: first, ...options }: MakePlanOptions & Partial<OfObserved> = {},
): Promise<Planned> {
  let known = first;
  const attempt = async (): Promise<Planned & Pick<Proved, 'behind'>> => {
    const observed = known ?? (await observe(ports, desired, options));
    known = undefined;
    const plan = await unprovedPlan(ports, desired, { observed, ...options });
    return { observed, ...(await prove(ports.admin, plan, { ...ports, ...options })) };
  };
  const patience = { deadlineMs: options.patienceMs ?? 30_000, ...clockOf(ports) };
  // Whether a failure is worth another try was decided below, question by question.
  const { plan, observed } = await poll(attempt, ({ behind }) => !behind, { ...patience, again: () => false });
  return { plan, observed };
}

/** The plan for what was read before. */
export async function unprovedPlan(
  ports: ReconcilePorts,
  desired: DesiredState,
  { observed, ...options }: OfObserved,
): Promise<Plan> {
  const request = evidenceRequest(desired, observed);
  const evidence = await gatherEvidence(ports.admin, request, { observed, ...clockOf(ports), ...options });
  const plan = buildPlan({ desired, observed, evidence });
  const silent = silentBrokers(observed);
  if (silent.length === 0) return plan;
  // Where options of brokers are declared, the plan itself says whose it could not compare.
  const alive = new Set(desired.brokerOptions === undefined ? [] : observed.cluster.brokers.map(({ id }) => id));
  return {
    ...plan,
    changes: plan.changes.map((change) => blockSilent(change, silent)),
    findings: [...silent.filter((id) => !alive.has(id)).map(silentBrokerIssue), ...plan.findings],
  };
}

const clockOf = ({ clock }: ReconcilePorts): Pick<ReconcilePorts, 'clock'> => (clock === undefined ? {} : { clock });
