import type { TopicDescription } from '../../cluster';
import type { Issue } from '../../issue';
import type { AddPartitions, Block, Change } from '../change';
import type { DesiredTopic } from '../desired';
import { proposed } from '../diff/differences';
import { planNewPartitions } from '../placement';
import { counted } from './about';
import { pathOf, type SettledPartition, type TopicContext } from './topic-context';

export interface PartitionDifferences {
  readonly changes: readonly Change[];
  readonly findings: readonly Issue[];
  /** What is added, where nothing keeps it from being added now. */
  readonly added?: AddPartitions;
}

/** More partitions are added; fewer are impossible, and never a reason to delete a topic. */
export function partitionChanges(
  context: TopicContext,
  wanted: DesiredTopic,
  topic: TopicDescription,
): PartitionDifferences {
  const from = topic.partitions.length;
  const to = wanted.partitions;
  if (to === from) return { changes: [], findings: [] };
  if (to < from) return { changes: [], findings: [shrinks(wanted, from)] };
  const settled = context.settled(topic);
  const block = blockOf(context, settled);
  const assignments = block === undefined ? place(context, settled, to - from) : [];
  const operation = {
    kind: 'add-partitions',
    topic: topic.name,
    topicId: topic.topicId,
    from,
    to,
    assignments,
  } as const;
  const change = proposed({
    id: `add-partitions ${topic.name}`,
    path: pathOf(wanted, 'partitions'),
    subject: `topic ${topic.name}`,
    summary: `${from} -> ${counted(to, 'partition')}`,
    from: String(from),
    to: String(to),
    operation,
    ...effect(wanted, from, context.isTiered(topic) ? undefined : context.sizeOf(topic)?.bytes),
  });
  if (block !== undefined) return { changes: [{ ...change, status: 'blocked', block }], findings: [] };
  return { changes: [change], findings: [], added: operation };
}

function shrinks(wanted: DesiredTopic, from: number): Issue {
  return {
    code: 'TOPIC-PARTITIONS-SHRINK',
    level: 'error',
    path: pathOf(wanted, 'partitions'),
    message: `Kafka cannot take partitions away from a topic, got ${wanted.partitions} where ${wanted.name} has ${from}; the number can only grow.`,
    hint: `Write ${from} again. For fewer, declare a new topic, move producers and consumers to it, and give this one a tombstone.`,
    from: String(from),
    to: String(wanted.partitions),
  };
}

function effect(
  { partitions: to, config }: DesiredTopic,
  from: number,
  bytes: number | undefined,
): Pick<Change, 'code' | 'grade' | 'reason'> {
  const compacted = (config['cleanup.policy'] ?? '').includes('compact');
  const code = compacted ? 'TOPIC-PARTITIONS-GROW-COMPACTED' : 'TOPIC-PARTITIONS-GROW';
  if (bytes === 0) return { code, grade: 'safe', reason: 'The topic is empty, so no key leaves records behind.' };
  const moving = Math.round((1 - from / leastCommonMultiple(from, to)) * 100);
  const keys = `About ${moving}% of the keys go to other partitions, where producers choose by key, so their order is lost across the change`;
  return {
    code,
    grade: 'ordering',
    reason: compacted
      ? `${keys}, and the old records of those keys stay behind where no newer one ever replaces them.`
      : `${keys}.`,
  };
}

/** A key whose hash has the same remainder by both numbers stays: `from` of every such many hashes. */
function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Kafka takes the replication factor of new partitions from one that is there, so all must have the same. */
function blockOf({ load }: TopicContext, settled: readonly SettledPartition[]): Block | undefined {
  if (settled.some(({ moving }) => moving))
    return {
      reason: 'Replicas of the topic are being moved, and Kafka counts those that come and those that go.',
      hint: 'Apply again when they are done.',
    };
  const factors = [...new Set(settled.map(({ replicas }) => replicas.length))].sort((a, b) => a - b);
  if (factors.length > 1)
    return {
      reason: `Its partitions have ${factors.join(' and ')} replicas, and Kafka asks for the same number of new ones.`,
      hint: 'Apply again when all partitions have the declared replication factor.',
    };
  if ((factors[0] ?? 1) > load.brokers.size)
    return {
      reason: `${counted(load.brokers.size, 'broker')} ${load.brokers.size === 1 ? 'is' : 'are'} up, and each of its ${counted(factors[0]!, 'replica')} is on one of its own.`,
      hint: 'Start the brokers that are missing.',
    };
  return undefined;
}

function place({ load }: TopicContext, settled: readonly SettledPartition[], count: number): number[][] {
  const assignments = planNewPartitions({
    load,
    existing: settled.map(({ replicas }) => replicas),
    count,
    replicationFactor: settled[0]?.replicas.length ?? 1,
  });
  for (const replicas of assignments) load.add(replicas);
  return assignments;
}
