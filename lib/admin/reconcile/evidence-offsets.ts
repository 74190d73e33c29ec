import type { TopicPartition } from '../../core/cluster';
import { Refused } from '../failures';
import type { OffsetAnswer, OffsetQuestion } from '../port';
import type { Asker } from './asker';

/** By topic and partition. Partitions without a leader, which nobody can ask, are left out. */
export type PartitionOffsets = ReadonlyMap<string, OffsetAnswer>;

export const partitionKey = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

/** One kind of question for all partitions: Kafka refuses a partition that is named twice in a request. */
export async function offsetsAt(
  { admin, observed, ask }: Asker,
  topics: readonly string[],
  at: (topic: string) => OffsetQuestion['at'],
): Promise<PartitionOffsets> {
  const questions = topics.flatMap((topic) =>
    (observed.topics.get(topic)?.partitions ?? []).flatMap(({ partition, leader }) =>
      leader < 0 ? [] : [{ topic, partition, at: at(topic) }],
    ),
  );
  if (questions.length === 0) return new Map();
  const answers = await ask(async () => {
    const offsets = await admin.listOffsets(questions);
    for (const { error, topic, partition } of offsets)
      if (error !== undefined) throw new Refused(`list the offsets of ${topic}, partition ${partition}`, error);
    return offsets;
  });
  return new Map(answers.map((answer) => [partitionKey(answer), answer]));
}
