import type { Issue } from '../../core/issue';
import { addedBrokers, type Change, type ObservedState } from '../../core/plan';

/** Brokers that hold replicas, or are in the cluster, and do not answer. */
export function silentBrokers({ cluster, topics, brokerOptions }: ObservedState): readonly number[] {
  const alive = new Set(cluster.brokers.map(({ id }) => id));
  const silent = new Set<number>();
  for (const { partitions } of topics.values())
    for (const { replicas } of partitions) for (const broker of replicas) if (!alive.has(broker)) silent.add(broker);
  if (brokerOptions !== undefined) for (const id of alive) if (!brokerOptions.has(id)) silent.add(id);
  return [...silent].sort((a, b) => a - b);
}

export function silentBrokerIssue(broker: number): Issue {
  return {
    code: 'BROKER-SILENT',
    level: 'warning',
    path: '',
    message: `broker ${broker} does not answer, got nothing from it; what needs it is not done now, and its own options were not compared.`,
    hint: 'See kdk status, bring it back, and plan again.',
  };
}

/** The change cannot be done while one of these brokers is silent. */
export function blockSilent(change: Change, silent: readonly number[]): Change {
  const needed = brokersNeeded(change).filter((broker) => silent.includes(broker));
  if (change.status === 'blocked' || needed.length === 0) return change;
  return {
    ...change,
    status: 'blocked',
    block: {
      reason: `broker ${[...new Set(needed)].sort((a, b) => a - b).join(', ')} does not answer`,
      hint: 'Bring it back, and plan again.',
    },
  };
}

function brokersNeeded({ operation }: Change): readonly number[] {
  switch (operation.kind) {
    case 'move-replicas':
      return operation.moves.flatMap(addedBrokers);
    case 'add-partitions':
      return operation.assignments.flat();
    case 'set-broker-option':
      return operation.broker === undefined ? [] : [operation.broker];
    case 'clear-throttle':
      return operation.on === 'broker' ? [Number(operation.name)] : [];
    default:
      return [];
  }
}
