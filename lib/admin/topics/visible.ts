import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, type Progress } from '../../core/issue';
import { isRetriable } from '../failures';
import type { AdminPort, TopicDescription } from '../port';

const PAUSE_MS = 200;

/** What a broker must show of a topic before it counts as seen. */
export interface AwaitedTopic {
  readonly name: string;
  /** All of them, each with a leader; absent for topics that were there before, which may have partitions offline. */
  readonly partitions?: number;
}

export interface VisibilityOptions {
  readonly progress: Progress;
  /** Gives up when nothing has moved for this long: brokers make thousands of logs slowly, but steadily. */
  readonly stallMs: number;
}

/** Kafka answers when the controller has committed; each broker follows in its own time. */
export async function untilVisible(
  admin: AdminPort,
  topics: readonly AwaitedTopic[],
  { progress, stallMs }: VisibilityOptions,
): Promise<void> {
  const { brokers } = await admin.describeCluster();
  const waiting = new Map(brokers.map(({ id }) => [id, new Map(topics.map((topic) => [topic.name, topic]))]));
  const total = brokers.length * topics.length;
  const left = (): number => [...waiting.values()].reduce((sum, names) => sum + names.size, 0);
  let moved = Date.now();
  for (;;) {
    const before = left();
    await Promise.all([...waiting].map(([broker, names]) => look(admin, broker, names)));
    for (const [broker, names] of waiting) if (names.size === 0) waiting.delete(broker);
    progress({ step: 'waiting until every broker sees every topic', done: total - left(), total });
    if (waiting.size === 0) return;
    if (left() < before) moved = Date.now();
    if (Date.now() - moved > stallMs) throw notVisible(waiting, stallMs);
    await sleep(PAUSE_MS);
  }
}

async function look(admin: AdminPort, broker: number, names: Map<string, AwaitedTopic>): Promise<void> {
  try {
    for (const topic of await admin.describeTopics([...names.keys()], { broker }))
      if (isComplete(topic, names.get(topic.name)?.partitions)) names.delete(topic.name);
  } catch (error) {
    if (!isRetriable(error)) throw error;
  }
}

function isComplete(topic: TopicDescription, partitions: number | undefined): boolean {
  if (partitions === undefined) return true;
  return topic.partitions.length === partitions && topic.partitions.every(({ leader }) => leader >= 0);
}

function notVisible(waiting: ReadonlyMap<number, ReadonlyMap<string, AwaitedTopic>>, stallMs: number): Failure {
  const [broker, names] = [...waiting][0]!;
  return new Failure(
    'TOPICS-NOT-VISIBLE',
    `topics are not ready on every broker, got ${names.size} not seen by broker ${broker}, ${[...names.keys()][0]} first, ` +
      `for ${Math.round(stallMs / 1000)} s; all must be seen with leaders.`,
    "Look at that broker's log, then run it again: nothing is created twice.",
  );
}
