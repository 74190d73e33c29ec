import { formatPath, type Issue } from '../../issue';
import type { Change, ClearThrottle } from '../change';
import type { DesiredState } from '../desired';
import { finding, listSome } from '../diff/differences';
import { matches } from '../diff/name-pattern';
import { BrokerSet, isCrowded } from '../placement';
import { counted } from './about';
import { belongsToKafka } from './scope';
import type { TopicContext } from './topic-context';

/** Topics that are in the scope of the file and not in it; they are never deleted for that. */
export function undeclaredTopics({ desired, observed }: TopicContext): Issue[] {
  const owned = desired.owns.topics;
  if (owned === undefined) return [];
  const declared = new Set([...desired.topics, ...desired.deletedTopics].map(({ name }) => name));
  const names: string[] = [];
  for (const { name, internal } of observed.topics.values())
    if (!internal && !declared.has(name) && !belongsToKafka(name) && owned.some((pattern) => matches(pattern, name)))
      names.push(name);
  if (names.length === 0) return [];
  return [
    finding(
      'PLAN-UNDECLARED',
      'owns.topics',
      `the cluster has topics in the scope of this file that it does not declare, got ${listSome(names.sort(), 5)} (${names.length} in all); they are left alone.`,
      'Declare them, or give them a tombstone: { deleted: { reason: … } }.',
    ),
  ];
}

/** Partitions with replicas that could be in more racks; only spreading moves them. */
export function crowdedRacks(context: TopicContext): Issue[] {
  const { desired, observed } = context;
  if (!observed.cluster.brokers.every(({ rack }) => rack !== undefined)) return [];
  const brokers = new BrokerSet(observed.cluster.brokers);
  const crowded: { readonly name: string; readonly partitions: number }[] = [];
  for (const { name } of desired.topics) {
    const topic = observed.topics.get(name);
    if (topic === undefined) continue;
    const partitions = topic.partitions.filter(({ replicas }) => isCrowded(brokers, replicas) === true);
    if (partitions.length > 0 && !context.isMoving(name)) crowded.push({ name, partitions: partitions.length });
  }
  if (crowded.length === 0) return [];
  const total = crowded.reduce((sum, { partitions }) => sum + partitions, 0);
  return [
    finding(
      'PLAN-RACKS',
      crowded.length === 1 ? formatPath(['topics', crowded[0]!.name]) : 'topics',
      `${counted(total, 'partition')} ${total === 1 ? 'has' : 'have'} more replicas in one rack than need be, got ${listSome(crowded.map(({ name, partitions }) => `${name} (${partitions})`))}; the loss of that rack takes several copies at once.`,
      'Nothing is moved for that alone; spread the replicas over the racks when the network has room.',
    ),
  ];
}

/** What differs on topics that CloudFormation makes, one finding a topic, and throttles that nobody clears here. */
export function elsewhere({ environment }: DesiredState, changes: readonly Change[]): Issue[] {
  const byTopic = new Map<string, Change[]>();
  const findings: Issue[] = [];
  for (const change of changes) {
    if (change.operation.kind === 'clear-throttle') {
      findings.push(throttleLeft(change.path, change.operation));
      continue;
    }
    const same = byTopic.get(change.subject);
    if (same === undefined) byTopic.set(change.subject, [change]);
    else same.push(change);
  }
  for (const [subject, differences] of byTopic)
    findings.push(
      finding(
        'TOPIC-ELSEWHERE',
        differences[0]!.path,
        `${subject} is not as declared, got ${differences.map(difference).join('; ')}; CloudFormation makes the topics, so nothing is changed here.`,
        `Deploy the stack of ${environment}, or say targets.msk.topicsManagedBy: reconciler.`,
      ),
    );
  return findings;
}

function difference({ operation, summary }: Change): string {
  if (operation.kind === 'create-topic') return 'no such topic';
  return operation.kind === 'delete-topic' ? 'a topic that has a tombstone' : summary;
}

function throttleLeft(path: string, { on, name, options }: ClearThrottle): Issue {
  return finding(
    'THROTTLE-LEFT',
    path,
    `a replication throttle was left behind, got ${options.join(' and ')} on ${on} ${name}; no replicas move.`,
    `Clear it: kafka-configs --entity-type ${on}s --entity-name ${name} --alter --delete-config ${options.join()}.`,
  );
}
