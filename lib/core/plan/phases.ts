import type { Change } from './change';

/**
 * When changes are done, the first first. What gives comes before what takes, so that nobody is without either: users and rights before
 * the old ones go, replicas before a min ISR that needs them, a lower min ISR before the replicas go that it no longer needs. Within one
 * phase the order does not matter, so that changes of a kind can share a request; all options of a topic in `topic-options` should,
 * since Kafka checks some of them against each other (`local.retention.ms` and `retention.ms`).
 */
export const PHASES = [
  /** Left behind by a run that was killed; before moves, which set their own. */
  'throttles-cleared',
  'users-set',
  'acls-created',
  'quotas',
  'broker-options',
  'topics-created',
  /** All options of topics but those that ask for more. */
  'topic-options',
  'partitions-added',
  'replicas-moved',
  /** Min ISR raised: the replicas that it needs are in sync by now. */
  'topic-options-tightened',
  'connectors',
  /** Whoever has no ACL is refused from then on, so all that is given is given by then. */
  'acls-closed',
  'acls-deleted',
  'users-deleted',
  'topics-deleted',
  /** It may take hours, and nothing waits for it. */
  'replicas-spread',
] as const;

export type Phase = (typeof PHASES)[number];

export function phaseOf({ operation, code }: Pick<Change, 'operation' | 'code'>): Phase {
  switch (operation.kind) {
    case 'clear-throttle':
      return 'throttles-cleared';
    case 'set-user':
      return 'users-set';
    case 'create-acl':
      return code === 'ACL-CLOSE' ? 'acls-closed' : 'acls-created';
    case 'set-quota':
      return 'quotas';
    case 'set-broker-option':
      return 'broker-options';
    case 'create-topic':
      return 'topics-created';
    case 'set-topic-option':
      return code === 'TOPIC-MIN-ISR-RAISE' ? 'topic-options-tightened' : 'topic-options';
    case 'add-partitions':
      return 'partitions-added';
    case 'move-replicas':
      return code === 'TOPIC-SPREAD' ? 'replicas-spread' : 'replicas-moved';
    case 'put-connector':
    case 'set-connector-state':
    case 'restart-connector':
    case 'delete-connector':
      return 'connectors';
    case 'delete-acl':
      return 'acls-deleted';
    case 'delete-user':
      return 'users-deleted';
    case 'delete-topic':
      return 'topics-deleted';
  }
}

/** Lower ones are done first. */
export function changePhase(change: Pick<Change, 'operation' | 'code'>): number {
  return PHASES.indexOf(phaseOf(change));
}

/**
 * Changes that a change builds on, by id, all of an earlier phase. Where one of them is held, blocked or failed, the change must not be
 * done: a min ISR without the replicas that it needs, or replicas taken away under a min ISR that needs them, stops producers; and
 * partitions that are not there have no replicas to move. A cluster closes only when every right of the file is there.
 */
export function prerequisites(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const needed = new Map<string, readonly string[]>();
  const rights = changes.flatMap(({ id, operation, code }) =>
    operation.kind === 'create-acl' && code !== 'ACL-CLOSE' ? [id] : [],
  );
  if (rights.length > 0) for (const { id, code } of changes) if (code === 'ACL-CLOSE') needed.set(id, rights);
  const byTopic = new Map<string, Change[]>();
  for (const change of changes) {
    if (!('topic' in change.operation)) continue;
    const same = byTopic.get(change.operation.topic);
    if (same === undefined) byTopic.set(change.operation.topic, [change]);
    else same.push(change);
  }
  for (const same of byTopic.values()) {
    if (same.length < 2) continue;
    for (const change of same) {
      const ids = same.filter((other) => other !== change && needs(change, other, same)).map(({ id }) => id);
      if (ids.length > 0) needed.set(change.id, ids);
    }
  }
  return needed;
}

function needs(change: Change, other: Change, all: readonly Change[]): boolean {
  if (change.code === 'TOPIC-MIN-ISR-RAISE')
    return other.code === 'TOPIC-REPLICATION-RAISE' && !all.some((growth) => cannotBe(growth) && isOf(other, growth));
  if (change.operation.kind !== 'move-replicas') return false;
  return (change.code === 'TOPIC-REPLICATION-CUT' && other.code === 'TOPIC-MIN-ISR-CUT') || isOf(change, other);
}

/** Whether replicas are moved of partitions that the other change adds. */
function isOf({ operation }: Change, growth: Change): boolean {
  if (operation.kind !== 'move-replicas' || growth.operation.kind !== 'add-partitions') return false;
  const first = growth.operation.from;
  return operation.moves.some(({ partition }) => partition >= first);
}

function cannotBe({ status }: Change): boolean {
  return status === 'held' || status === 'blocked';
}
