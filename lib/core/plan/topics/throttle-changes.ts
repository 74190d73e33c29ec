import type { ConfigEntry } from '../../cluster';
import { formatPath } from '../../issue';
import type { Change, ClearThrottle } from '../change';
import { proposed } from '../diff/differences';
import type { TopicContext } from './topic-context';

const RATES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'];
const REPLICAS = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'];

/** Set while replicas move, by whoever moves them; never declared, and never taken for an undeclared option. */
export function isThrottle(option: string): boolean {
  return REPLICAS.includes(option);
}

/** Throttles that a killed run left behind. While anything moves they may be in use, and stay. */
export function throttleChanges({ desired, observed }: TopicContext): Change[] {
  if (observed.reassignments.length > 0) return [];
  const changes: Change[] = [];
  for (const [broker, entries] of [...(observed.brokerOptions ?? [])].sort(([a], [b]) => a - b)) {
    const options = left(entries, RATES, 'broker');
    if (options.length > 0)
      changes.push(
        clear('reconcile.replicationThrottle', { kind: 'clear-throttle', on: 'broker', name: String(broker), options }),
      );
  }
  for (const { name } of desired.topics) {
    const options = left(observed.topicConfigs.get(name) ?? [], REPLICAS, 'topic');
    if (options.length > 0)
      changes.push(clear(formatPath(['topics', name]), { kind: 'clear-throttle', on: 'topic', name, options }));
  }
  return changes;
}

function left(entries: readonly ConfigEntry[], options: readonly string[], source: ConfigEntry['source']): string[] {
  return entries
    .filter((entry) => options.includes(entry.option) && entry.source === source && (entry.value ?? '') !== '')
    .map(({ option }) => option)
    .sort();
}

function clear(path: string, operation: ClearThrottle): Change {
  return proposed({
    id: `clear-throttle ${operation.on} ${operation.name}`,
    code: 'THROTTLE-LEFT',
    path,
    subject: `${operation.on} ${operation.name}`,
    summary: 'clear the replication throttle that was left behind',
    from: operation.options.join(','),
    to: 'none',
    grade: 'safe',
    reason: 'No replicas move, and with it a broker that comes back catches up slowly or never.',
    operation,
  });
}
