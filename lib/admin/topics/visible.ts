import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, type Progress } from '../../core/issue';
import { isRetriable } from '../failures';
import type { AdminPort, TopicDescription } from '../port';

const PAUSE_MS = 200;
/** While brokers are busy making logs, asking more often would only keep them from it. */
const LONGEST_PAUSE_MS = 2_000;
const TOPICS_A_LOOK = 500;

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
  for (let pause = PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const before = left();
    await Promise.all([...waiting].map(([broker, names]) => look(admin, broker, names)));
    for (const [broker, names] of waiting) if (names.size === 0) waiting.delete(broker);
    progress({ step: 'waiting until every broker sees every topic', done: total - left(), total });
    if (waiting.size === 0) return;
    if (left() < before) moved = Date.now();
    if (Date.now() - moved > stallMs) throw notVisible(waiting, stallMs);
    await sleep(pause);
  }
}

/**
 * A broker takes over what the controller committed in that order, so while it lacks some of the next topics there is no point in
 * asking for those behind them: asking for all 10,000 each time kept brokers too busy to get on.
 */
async function look(admin: AdminPort, broker: number, names: Map<string, AwaitedTopic>): Promise<void> {
  try {
    while (names.size > 0) {
      const next = [...names.keys()].slice(0, TOPICS_A_LOOK);
      const found = await admin.describeTopics(next, { broker });
      const complete = found.filter((topic) => isComplete(topic, names.get(topic.name)?.partitions));
      for (const { name } of complete) names.delete(name);
      if (complete.length < next.length) return;
    }
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
