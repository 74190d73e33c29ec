import type { TopicUsage } from '../../core/plan';
import type { OffsetAnswer } from '../port';
import type { Asker } from './asker';
import { describeGroups, readingGroups } from './evidence-groups';
import { offsetsAt, partitionKey, type PartitionOffsets } from './evidence-offsets';

/** Who wrote to these topics, and who may read them: asked before one of them is deleted. */
export async function topicUsage(asker: Asker, topics: readonly string[]): Promise<ReadonlyMap<string, TopicUsage>> {
  if (topics.length === 0) return new Map();
  const [earliest, latest, newest, groups] = await Promise.all([
    offsetsAt(asker, topics, () => 'earliest'),
    offsetsAt(asker, topics, () => 'latest'),
    offsetsAt(asker, topics, () => 'max-timestamp'),
    groupsOf(asker, topics),
  ]);
  return new Map(
    topics.map((topic) => {
      const records = total(answersOf(asker, latest, topic)) - total(answersOf(asker, earliest, topic));
      const timestamps = answersOf(asker, newest, topic).map(({ timestampMs }) => timestampMs);
      const lastWrittenMs = Math.max(-1, ...timestamps);
      return [
        topic,
        { records, ...(lastWrittenMs < 0 ? {} : { lastWrittenMs }), groups: groups.get(topic) ?? [] },
      ] as const;
    }),
  );
}

/** What is asked of one topic: its answers among those for all. */
function answersOf({ observed }: Asker, offsets: PartitionOffsets, topic: string): OffsetAnswer[] {
  const partitions = observed.topics.get(topic)?.partitions ?? [];
  return partitions.flatMap(({ partition }) => offsets.get(partitionKey({ topic, partition })) ?? []);
}

const total = (answers: readonly OffsetAnswer[]): number =>
  answers.reduce((sum, { offset }) => sum + Math.max(0, offset), 0);

/** Groups that committed an offset of a topic, and groups with a member that reads it now, whether it commits or not. */
async function groupsOf(asker: Asker, topics: readonly string[]): Promise<ReadonlyMap<string, TopicUsage['groups']>> {
  const listed = await readingGroups(asker);
  if (listed.length === 0) return new Map();
  const [committed, described] = await Promise.all([
    asker.ask(() => asker.admin.committedOffsets(listed.map(({ group }) => group))),
    describeGroups(
      asker,
      listed.flatMap(({ group, state }) => (state === 'empty' ? [] : [group])),
    ),
  ]);
  const readers = new Map(topics.map((topic) => [topic, new Set<string>()]));
  for (const [group, offsets] of committed) for (const { topic } of offsets) readers.get(topic)?.add(group);
  for (const { group, members } of described.values())
    for (const { assignment } of members) for (const { topic } of assignment) readers.get(topic)?.add(group);
  const membersOf = (group: string): number => described.get(group)?.members.length ?? 0;
  return new Map(
    [...readers].map(([topic, groups]) => [
      topic,
      [...groups].sort().map((group) => ({ group, members: membersOf(group) })),
    ]),
  );
}
