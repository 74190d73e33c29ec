import type { Progress } from '../../core/issue';
import { connectorPlan, type DesiredState, type Plan } from '../../core/plan';
import type { ConnectWorkersPort } from '../port';
import { groupBy } from '../../core/group-by';
import { inParallel } from '../parallel';
import { changeConnector, type OfConnector } from './apply-connectors';
import { countOutcomes, type AppliedChange, type ApplyReport } from './apply-report';
import { ofKind } from './operations';
import { withVerdicts } from './prove';
import { proveConnectors } from './prove-connectors';

/** Reads, compares and has the workers check the connectors alone: brokers are not asked, and no right on them is needed. */
export async function planConnectors(connect: ConnectWorkersPort, desired: DesiredState): Promise<Plan> {
  const [worker] = (await connect.workers()).filter(({ error }) => error === undefined);
  const connectors = await connect.connectors();
  const plan = connectorPlan(desired, {
    connectors,
    clusterId: worker?.kafkaClusterId ?? '',
    readAtMs: Date.now(),
  });
  const verdicts = new Map<string, string | undefined>();
  await proveConnectors(connect, ofKind(plan.changes, 'put-connector'), verdicts);
  return withVerdicts(plan, verdicts);
}

export interface ApplyConnectorsOptions {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Makes the connectors what a plan says, and looks again. What is held or blocked is left out, and told. */
export async function applyConnectors(
  connect: ConnectWorkersPort,
  desired: DesiredState,
  { plan, progress, signal }: ApplyConnectorsOptions & { readonly plan: Plan },
): Promise<ApplyReport> {
  const startedMs = Date.now();
  const all = ofKind(plan.changes, 'put-connector', 'set-connector-state', 'restart-connector', 'delete-connector');
  const changes: AppliedChange[] = [];
  let done = 0;
  // A connector is changed in the order of the plan: its configuration before its state.
  const byConnector = groupBy(all, ({ operation }) => operation.connector);
  await inParallel([...byConnector.values()], async (some) => {
    for (const change of some) {
      changes.push({ change, ...(await outcomeOf(connect, change, signal)) });
      progress({ step: 'changing connectors', done: ++done, total: all.length, detail: change.operation.connector });
    }
  });
  const remaining = signal.aborted ? undefined : (await planConnectors(connect, desired)).changes;
  const endedMs = Date.now();
  return {
    environment: desired.environment,
    owner: desired.owner,
    clusterId: plan.clusterId,
    plan,
    changes,
    counts: countOutcomes(changes),
    issues: [],
    ...(signal.aborted ? { stopped: 'interrupted' } : {}),
    visible: true,
    ...(remaining === undefined ? {} : { remaining }),
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(endedMs).toISOString(),
    durationMs: endedMs - startedMs,
  };
}

async function outcomeOf(
  connect: ConnectWorkersPort,
  { status, block, operation }: OfConnector,
  signal: AbortSignal,
): ReturnType<typeof changeConnector> {
  if (status === 'held') return { outcome: 'skipped', why: 'it waits for an acknowledgement' };
  if (status === 'blocked') return { outcome: 'skipped', why: block?.reason ?? 'it is blocked' };
  if (signal.aborted) return { outcome: 'skipped', why: 'interrupted' };
  return changeConnector(connect, operation);
}
