import type { TopicPartition } from '../../core/cluster';
import type { ReplicaMove } from '../../core/plan';
import { retry } from '../wait';
import { partitionKey } from './evidence-offsets';
import type { Run } from './run';

interface PlannedMove extends TopicPartition, ReplicaMove {
  readonly topicId: string;
}

/**
 * Why partitions of a wave must not be moved any more, by `partitionKey`. Waves before it may have taken hours: by now somebody else may be
 * moving a partition, and Kafka would put our move in the place of theirs without a word; or it may be somewhere else already, on another
 * topic of the same name, or be sent to a broker that is gone.
 */
export async function waveObstacles(run: Run, wave: readonly PlannedMove[]): Promise<ReadonlyMap<string, string>> {
  const topics = [...new Set(wave.map(({ topic }) => topic))];
  const [running, described, { brokers }] = await Promise.all([
    retry(() => run.admin.listReassignments(), run.patience),
    retry(() => run.admin.describeTopics(topics), run.patience),
    retry(() => run.admin.describeCluster(), run.patience),
  ]);
  const moving = new Set(running.map(partitionKey));
  const byName = new Map(described.map((topic) => [topic.name, topic]));
  const alive = new Set(brokers.map(({ id }) => id));
  return new Map(
    wave.flatMap((move) => {
      const why = obstacle(move);
      return why === undefined ? [] : [[partitionKey(move), why] as const];
    }),
  );

  function obstacle({ topic, topicId, partition, from, to }: PlannedMove): string | undefined {
    const now = byName.get(topic);
    if (now !== undefined && now.topicId !== topicId) return 'the topic was deleted and made again meanwhile';
    if (moving.has(partitionKey({ topic, partition }))) return 'somebody else is moving it';
    // Brokers hear of a new partition in their own time; Kafka itself knows whether there is one.
    const replicas = now?.partitions.find((each) => each.partition === partition)?.replicas;
    if (replicas !== undefined && !sameBrokers(replicas, from) && !sameBrokers(replicas, to))
      return `it was moved meanwhile, to brokers ${replicas.join(', ')}`;
    const gone = to.filter((broker) => !from.includes(broker) && !alive.has(broker));
    return gone.length === 0 ? undefined : `broker ${gone.join(', ')} does not answer`;
  }
}

function sameBrokers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((broker) => b.includes(broker));
}
