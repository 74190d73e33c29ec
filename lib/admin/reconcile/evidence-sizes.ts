import type { TopicSize } from '../../core/plan';
import { Refused } from '../failures';
import type { Asker } from './asker';

interface Seen {
  readonly broker: number;
  readonly bytes: number;
}

/** Of the leaders' logs; where a leader does not answer, of the largest replica that was seen. */
export async function topicSizes(
  { admin, observed, ask }: Asker,
  topics: readonly string[],
): Promise<ReadonlyMap<string, TopicSize>> {
  if (topics.length === 0) return new Map();
  const brokers = observed.cluster.brokers.map(({ id }) => id);
  const answers = await ask(() => admin.describeLogDirs(brokers));
  // One that does not answer is seen in partitions that nobody tells the size of; a missing right would look like an empty cluster.
  for (const { item, error } of answers)
    if (error?.retriable === false) throw new Refused(`describe the log directories of broker ${item}`, error);
  const wanted = new Map(topics.map((topic) => [topic, new Map<number, Seen[]>()]));
  for (const { logDirs } of answers)
    for (const { broker, replicas } of logDirs)
      for (const { topic, partition, bytes, future } of replicas) {
        const partitions = future ? undefined : wanted.get(topic);
        partitions?.set(partition, [...(partitions.get(partition) ?? []), { broker, bytes }]);
      }
  return new Map(
    [...wanted].map(([topic, seen]) => {
      const leaders = new Map(
        observed.topics.get(topic)?.partitions.map(({ partition, leader }) => [partition, leader]),
      );
      const partitions = new Map(
        [...seen].map(([partition, replicas]) => [partition, sizeOf(replicas, leaders.get(partition))] as const),
      );
      return [topic, { bytes: [...partitions.values()].reduce((sum, bytes) => sum + bytes, 0), partitions }] as const;
    }),
  );
}

function sizeOf(replicas: readonly Seen[], leader: number | undefined): number {
  const ofLeader = replicas.find(({ broker }) => broker === leader);
  return ofLeader?.bytes ?? Math.max(...replicas.map(({ bytes }) => bytes));
}
