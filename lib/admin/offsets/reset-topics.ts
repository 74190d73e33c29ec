import { Failure, nearest } from '../../core/issue';
import type { AdminPort, TopicPartition } from '../port';
import { listSome } from '../verify/check';

/** A topic, and those of its partitions that are meant; all where none are named. */
export interface TopicChoice {
  readonly topic: string;
  readonly partitions?: readonly number[];
}

const CHOICE = /^([A-Za-z0-9._-]{1,249})(?::(\d{1,6}(?:,\d{1,6})*))?$/;

/** `orders`, `orders:3`, `orders:0,1` */
export function topicChoice(text: string): TopicChoice {
  const [, topic, partitions] = CHOICE.exec(text) ?? [];
  if (topic === undefined)
    throw new Failure(
      'OFFSETS-TOPIC',
      `not a topic, got ${JSON.stringify(text)}; a name is allowed, and after a colon partitions with commas.`,
      'Write for example --topic orders or --topic orders:0,1.',
      2,
    );
  return { topic, ...(partitions === undefined ? {} : { partitions: partitions.split(',').map(Number) }) };
}

/** Every partition that is meant. Without a choice these are the ones that the group has committed offsets for. */
export async function chosenPartitions(
  admin: AdminPort,
  choices: readonly TopicChoice[],
  committed: readonly TopicPartition[],
): Promise<TopicPartition[]> {
  if (choices.length === 0) return committed.map(({ topic, partition }) => ({ topic, partition }));
  const described = new Map(
    (await admin.describeTopics(choices.map(({ topic }) => topic))).map((topic) => [topic.name, topic]),
  );
  const found: TopicPartition[] = [];
  for (const { topic, partitions } of choices) {
    const known = described.get(topic)?.partitions.map(({ partition }) => partition);
    if (known === undefined) throw await unknownTopic(admin, topic);
    const absent = (partitions ?? []).filter((partition) => !known.includes(partition));
    if (absent.length > 0)
      throw new Failure(
        'OFFSETS-TOPIC',
        `the topic has no such partition, got ${topic}:${absent.join(',')}; it has 0 to ${known.length - 1}.`,
        'Name partitions that it has, or the topic alone for all.',
        2,
      );
    found.push(...(partitions ?? known).map((partition) => ({ topic, partition })));
  }
  return found;
}

async function unknownTopic(admin: AdminPort, topic: string): Promise<Failure> {
  const known = (await admin.listTopics()).filter(({ internal }) => !internal).map(({ name }) => name);
  const near = nearest(topic, known);
  return new Failure(
    'OFFSETS-TOPIC',
    `there is no such topic, got ${topic}; ${known.length === 0 ? 'none are there' : `${listSome(known)} are there`}.`,
    near === undefined ? 'Name one of them.' : `Did you mean ${near}?`,
  );
}
