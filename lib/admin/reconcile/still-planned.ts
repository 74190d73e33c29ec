import { canonicalJson, type Change, type DesiredState, type ObservedState } from '../../core/plan';
import { unprovedPlan } from './make-plan';
import type { ReconcilePorts } from './ports';
import { blockSilent, silentBrokers } from './silent-brokers';

interface Now {
  readonly observed: ObservedState;
  readonly patienceMs: number;
}

/**
 * Why these changes, planned a while ago, are not what would be done now, by their id. Who reads or writes a topic, which brokers answer
 * and what is moved decide whether a change may be done, and are not among what makes a plan stale.
 */
export async function notPlannedNow(
  ports: ReconcilePorts,
  desired: DesiredState,
  changes: readonly Change[],
  now: Now,
): Promise<ReadonlyMap<string, string>> {
  const fresh = new Map((await unprovedPlan(ports, desired, now)).changes.map((change) => [change.id, change]));
  const silent = silentBrokers(now.observed);
  return new Map(
    changes.flatMap((change) => {
      const why = whyNot(blockSilent(change, silent), fresh.get(change.id));
      return why === undefined ? [] : [[change.id, why.replace(/\.$/, '')] as const];
    }),
  );
}

function whyNot(change: Change, fresh: Change | undefined): string | undefined {
  // Tasks fail and come back by themselves; a restart more does no harm.
  if (fresh === undefined)
    return change.operation.kind === 'restart-connector' ? undefined : 'it is not needed any more';
  if (about(change) !== about(fresh)) return 'it would be another change';
  if (change.status === 'blocked') return change.block?.reason ?? 'it cannot be done';
  if (fresh.status === 'blocked') return fresh.block?.reason ?? 'it cannot be done';
  return fresh.status === 'held' ? `it needs an acknowledgement by now: ${fresh.reason}` : undefined;
}

/** What is done, without what is only a choice among brokers: that depends on topics of others too. */
function about({ operation }: Change): string {
  if (operation.kind === 'add-partitions') return canonicalJson({ ...operation, assignments: [] });
  if (operation.kind !== 'move-replicas') return canonicalJson(operation);
  const { kind, topic, topicId, replicationFactor, moves } = operation;
  return canonicalJson({
    kind,
    topic,
    topicId,
    replicationFactor,
    partitions: moves.map(({ partition }) => partition),
  });
}
