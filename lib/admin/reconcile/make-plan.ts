import { buildPlan, evidenceRequest, type DesiredState, type ObservedState, type Plan } from '../../core/plan';
import { gatherEvidence } from './evidence';
import { observe, type ObserveOptions } from './observe';
import type { ReconcilePorts } from './ports';
import { prove } from './prove';
import { blockSilent, silentBrokerIssue, silentBrokers } from './silent-brokers';

export type MakePlanOptions = ObserveOptions;

/** Reads the cluster, compares, and has the cluster check what it can: nothing is changed. */
export async function makePlan(
  ports: ReconcilePorts,
  desired: DesiredState,
  options: MakePlanOptions = {},
): Promise<Plan> {
  const observed = await observe(ports, desired, options);
  return provedPlan(ports, desired, { observed, ...options });
}

interface OfObserved extends MakePlanOptions {
  readonly observed: ObservedState;
}

/** The plan for what was read before, checked by the cluster. */
export async function provedPlan(ports: ReconcilePorts, desired: DesiredState, options: OfObserved): Promise<Plan> {
  const plan = await unprovedPlan(ports, desired, options);
  return prove(ports.admin, plan, { ...ports, ...options });
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
