import type { ConfigEntry } from '../../cluster';
import { formatPath, type Issue } from '../../issue';
import type { Change, ClearThrottle } from '../change';
import { finding, listSome, proposed, type Differences } from '../diff/differences';
import type { TopicContext } from './topic-context';

const RATES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'];
const REPLICAS = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'];

/** Set while replicas move, by whoever moves them; never declared, and never taken for an undeclared option. */
export function isThrottle(option: string): boolean {
  return REPLICAS.includes(option);
}

/**
 * Throttles that a killed run left behind: rates as the file has them, and lists that name replicas. While anything moves they may be in
 * use, and stay. Another rate, or a list of all replicas, is an operator's, who may be sparing a network on which a broker catches up.
 */
export function throttleChanges({ desired, observed }: TopicContext): Differences {
  if (observed.reassignments.length > 0) return { changes: [], findings: [] };
  const rate = String(desired.reconcile.replicationThrottleBytesPerSecond);
  const changes: Change[] = [];
  const kept: string[] = [];
  for (const [broker, entries] of [...(observed.brokerOptions ?? [])].sort(([a], [b]) => a - b)) {
    const set = setOn(entries, RATES, 'broker');
    const foreign = set.find(({ value }) => value !== rate);
    if (foreign !== undefined) kept.push(`${foreign.value} on broker ${broker}`);
    else if (set.length > 0)
      changes.push(
        clear('reconcile.replicationThrottle', {
          kind: 'clear-throttle',
          on: 'broker',
          name: String(broker),
          options: names(set),
        }),
      );
  }
  const operators = kept.length > 0;
  for (const { name } of desired.topics) {
    const set = setOn(observed.topicConfigs.get(name) ?? [], REPLICAS, 'topic');
    const all = set.some(({ value }) => value?.trim() === '*');
    if (all) kept.push(`all replicas of topic ${name}`);
    else if (set.length > 0 && !operators)
      changes.push(
        clear(formatPath(['topics', name]), { kind: 'clear-throttle', on: 'topic', name, options: names(set) }),
      );
  }
  return { changes, findings: kept.length === 0 ? [] : [keptThrottles(kept)] };
}

function setOn(entries: readonly ConfigEntry[], options: readonly string[], source: ConfigEntry['source']) {
  return entries.filter(
    (entry) => options.includes(entry.option) && entry.source === source && (entry.value ?? '') !== '',
  );
}

const names = (entries: readonly ConfigEntry[]): string[] => entries.map(({ option }) => option).sort();

function keptThrottles(kept: readonly string[]): Issue {
  return finding(
    'THROTTLE-KEPT',
    'reconcile.replicationThrottle',
    `a replication throttle is set that is not of this file, got ${listSome(kept)}; it is left as it is.`,
    'With it a broker that comes back catches up slowly: remove it with kafka-configs.sh when it is not needed any more.',
  );
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
