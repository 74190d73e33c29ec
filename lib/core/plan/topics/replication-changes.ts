import type { TopicDescription } from '../../cluster';
import type { Issue } from '../../issue';
import { formatBytes } from '../../units';
import type { AddPartitions, Change, Grade, ReplicaMove } from '../change';
import type { DesiredTopic } from '../desired';
import { finding, listSome, proposed, type Differences } from '../diff/differences';
import type { TopicSize } from '../observed';
import { planReplicationFactor, type PartitionCopies } from '../placement';
import { counted } from './about';
import { copyTime, bytesCopied } from './copy-cost';
import { pathOf, type SettledPartition, type TopicContext } from './topic-context';

/** Which partitions of a topic one change is about; each is done, or held back, by itself. */
type Part = 'raise' | 'cut' | 'new';

/**
 * Partitions whose number of replicas is not as declared; those that a killed run left behind are simply the ones that still differ.
 * Moves that are under way are never interfered with: they finish, and what differs then is planned the next time.
 */
export function replicationChanges(
  context: TopicContext,
  wanted: DesiredTopic,
  topic: TopicDescription,
  added: AddPartitions | undefined,
): Differences {
  const { replicationFactor } = wanted;
  if (isAsDeclared(context, wanted, topic, added)) return { changes: [], findings: [] };
  const settled = context.settled(topic);
  const moving = settled.filter((partition) => partition.moving);
  const findings: Issue[] = moving.length === 0 ? [] : [inProgress(wanted, moving)];
  const fresh = (added?.assignments ?? []).map((replicas, index) => ({ partition: added!.from + index, replicas }));
  const still = settled.filter((partition) => !partition.moving);
  const parts: Record<Part, readonly PartitionCopies[]> = {
    raise: still.filter(({ replicas }) => replicas.length < replicationFactor),
    cut: still.filter(({ replicas }) => replicas.length > replicationFactor),
    new: fresh.filter(({ replicas }) => replicas.length !== replicationFactor),
  };
  if (Object.values(parts).every((partitions) => partitions.length === 0)) return { changes: [], findings };
  if (replicationFactor > context.load.brokers.size && (parts.raise.length > 0 || parts.new.length > 0))
    return { changes: [], findings: [...findings, tooFewBrokers(context, wanted, topic)] };
  if (parts.cut.length > 0 && minIsrOf(wanted) > replicationFactor)
    return { changes: [], findings: [...findings, belowMinIsr(wanted)] };
  const all = new Map([...settled, ...fresh].map(({ partition, replicas }) => [partition, replicas]));
  const changes = (['cut', 'raise', 'new'] as const).flatMap((part) => {
    const partitions = parts[part];
    if (partitions.length === 0) return [];
    const own = new Set(partitions.map(({ partition }) => partition));
    const others = [...all].filter(([partition]) => !own.has(partition)).map(([, replicas]) => replicas);
    const moves = planReplicationFactor({ load: context.load, partitions, others, replicationFactor });
    for (const { partition, from, to } of moves) {
      context.load.remove(from);
      context.load.add(to);
      all.set(partition, to);
    }
    return [changeOf(context, wanted, topic, part, moves)];
  });
  return { changes, findings };
}

/** Most topics are, and nothing more is worked out for them. */
function isAsDeclared(
  context: TopicContext,
  { replicationFactor }: DesiredTopic,
  { name, partitions }: TopicDescription,
  added: AddPartitions | undefined,
): boolean {
  return (
    added === undefined &&
    !context.isMoving(name) &&
    partitions.every(({ replicas }) => replicas.length === replicationFactor)
  );
}

function changeOf(
  context: TopicContext,
  wanted: DesiredTopic,
  topic: TopicDescription,
  part: Part,
  moves: readonly ReplicaMove[],
): Change {
  const factors = [...new Set(moves.map(({ from }) => from.length))].sort((a, b) => a - b);
  const from = factors.length === 1 ? String(factors[0]) : `${factors[0]} to ${factors.at(-1)}`;
  const to = String(wanted.replicationFactor);
  const cut = factors[0]! > wanted.replicationFactor;
  const bytes = cut || part === 'new' ? 0 : bytesCopied(context.sizeOf(topic), moves);
  const of =
    part === 'new'
      ? ' of new partitions'
      : moves.length === topic.partitions.length
        ? ''
        : ` of ${counted(moves.length, 'partition')}`;
  return proposed({
    id: `move-replicas ${topic.name} ${part}`,
    code: cut ? 'TOPIC-REPLICATION-CUT' : 'TOPIC-REPLICATION-RAISE',
    path: pathOf(wanted, 'replicationFactor'),
    subject: `topic ${topic.name}`,
    summary: `replication factor${of} ${from} -> ${to}`,
    from,
    to,
    ...cost(context, wanted, { part, cut, size: context.sizeOf(topic), moves }),
    operation: {
      kind: 'move-replicas',
      topic: topic.name,
      topicId: topic.topicId,
      replicationFactor: 'may-change',
      moves,
      ...(bytes === undefined ? {} : { bytes }),
    },
  });
}

interface Cost {
  readonly part: Part;
  readonly cut: boolean;
  readonly size: TopicSize | undefined;
  readonly moves: readonly ReplicaMove[];
}

function cost(
  { desired }: TopicContext,
  wanted: DesiredTopic,
  { part, cut, size, moves }: Cost,
): { readonly grade: Grade; readonly reason: string } {
  if (part === 'new')
    return { grade: 'safe', reason: 'The partitions are new and empty: nothing is copied, and no copy lost.' };
  const { replicationFactor } = wanted;
  const bytes = bytesCopied(size, moves);
  const throttle = desired.reconcile.replicationThrottleBytesPerSecond;
  if (!cut && bytes === 0) return { grade: 'safe', reason: 'The topic is empty: nothing is copied.' };
  if (!cut)
    return {
      grade: 'safe',
      reason:
        size === undefined || bytes === undefined
          ? `Records are copied to other brokers, at most ${formatBytes(throttle)}/s on each; how many bytes is not known.`
          : `${formatBytes(bytes)} are copied to other brokers, which takes about ${copyTime([{ size, moves }], throttle)} at ${formatBytes(throttle)}/s on each.`,
    };
  const before = Math.max(...moves.map(({ from }) => from.length));
  const spare = Math.max(0, replicationFactor - minIsrOf(wanted));
  const only = replicationFactor === 1 ? ' The disk of one broker is then the only copy.' : '';
  return {
    grade: 'availability',
    reason: `${counted(moves.length, 'partition')} ${moves.length === 1 ? 'gives' : 'give'} copies up: a record is on ${counted(replicationFactor, 'broker')} instead of ${before}, and producers with acks=all go on with ${spare === 0 ? 'none' : `at most ${spare}`} of them down.${only}`,
  };
}

function minIsrOf({ config }: DesiredTopic): number {
  return Number(config['min.insync.replicas'] ?? 1);
}

function belowMinIsr(wanted: DesiredTopic): Issue {
  return {
    code: 'PLAN-MIN-ISR',
    level: 'error',
    path: pathOf(wanted, 'replicationFactor'),
    message: `the replication factor of ${wanted.name} is below its min ISR, got ${wanted.replicationFactor} with ${minIsrOf(wanted)}; no record with acks=all would be accepted.`,
    hint: 'Lower the min ISR too, or keep the replicas.',
  };
}

function inProgress(wanted: DesiredTopic, moving: readonly SettledPartition[]): Issue {
  const later = moving.some(({ replicas }) => replicas.length !== wanted.replicationFactor);
  return finding(
    'PLAN-IN-PROGRESS',
    pathOf(wanted, 'replicationFactor'),
    `replicas of ${wanted.name} are being moved, got ${counted(moving.length, 'partition')} under way (${listSome(moving.map(({ partition }) => String(partition)))}); they are left to finish${later ? ', and what differs then is planned the next time' : ''}.`,
    'Plan again when they are done.',
  );
}

function tooFewBrokers({ load }: TopicContext, wanted: DesiredTopic, topic: TopicDescription): Issue {
  const now = topic.partitions.map(({ replicas }) => replicas.length).sort((a, b) => a - b);
  return {
    code: 'TOPIC-REPLICATION-BROKERS',
    level: 'error',
    path: pathOf(wanted, 'replicationFactor'),
    message: `the replication factor of ${wanted.name} is above the number of brokers that are up, got ${wanted.replicationFactor} for ${load.brokers.size}; each replica is on a broker of its own.`,
    hint: `Start or add brokers, or lower it: the topic has ${now[0]} today.`,
    from: String(now[0]),
    to: String(wanted.replicationFactor),
  };
}
