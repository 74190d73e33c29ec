import { partitionKey } from '../offsets/groups';
import type { LogDirDescription, Reassignment, TopicDescription } from '../port';
import type { MovesStatus } from './report';

const SHOWN = 5;

/** Moves under way, and what is left to copy: what the leader holds and the new replica does not yet. */
export function movesStatus(
  reassignments: readonly Reassignment[],
  topics: readonly TopicDescription[],
  logDirs: readonly LogDirDescription[] | undefined,
): MovesStatus {
  const names = reassignments.slice(0, SHOWN).map(({ topic, partition }) => partitionKey(topic, partition));
  if (reassignments.length === 0) return { partitions: 0, bytesLeft: 0, names };
  if (logDirs === undefined) return { partitions: reassignments.length, names };
  const moved = new Set(reassignments.map(({ topic, partition }) => partitionKey(topic, partition)));
  const sizes = new Map<string, number>();
  for (const { broker, replicas } of logDirs)
    for (const { topic, partition, bytes, future } of replicas)
      if (!future && moved.has(partitionKey(topic, partition)))
        sizes.set(`${partitionKey(topic, partition)}@${broker}`, bytes);
  const leaders = new Map(
    topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partition, leader }) => [partitionKey(name, partition), leader] as const),
    ),
  );
  let bytesLeft = 0;
  for (const { topic, partition, adding } of reassignments) {
    const key = partitionKey(topic, partition);
    const whole = sizes.get(`${key}@${leaders.get(key)}`) ?? 0;
    for (const broker of adding) bytesLeft += Math.max(0, whole - (sizes.get(`${key}@${broker}`) ?? 0));
  }
  return { partitions: reassignments.length, bytesLeft, names };
}
