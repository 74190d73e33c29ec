import { Refused } from '../../failures';
import type { CommittedOffset, GroupPort, ItemResult, TopicPartition } from '../../port';
import { groupBy } from '../../../core/group-by';
import { askCoordinators, isMoving } from './coordinators';
import { itemResult, kafkaError, refuse, type Verdict } from './errors';
import { commitOffsets, deleteOffsets, fetchOffsets } from './messages/offsets';
import { Answers } from './parts';
import type { Session } from './session';
import type { AnswerTo } from './wire/message';

/** Not a member: who commits manages the offsets of the group from outside. */
const NO_GENERATION = -1;

interface PartitionVerdicts extends Verdict {
  readonly partitions?: readonly (TopicPartition & Verdict)[];
}

export function groupOffsetRequests(
  session: Session,
): Pick<GroupPort, 'committedOffsets' | 'commitOffsets' | 'deleteOffsets'> {
  return {
    async committedOffsets(groups) {
      const fetched = await askCoordinators<Verdict & { readonly offsets?: readonly CommittedOffset[] }>(session, {
        type: 'group',
        keys: groups,
        ask: async (broker, keys) => {
          const asked = keys.map((groupId) => ({ groupId, topics: null }));
          const answer = await session.send(fetchOffsets, { groups: asked, requireStable: false }, { broker });
          return new Map(answer.groups.map((group) => [group.groupId, committed(group)]));
        },
      });
      return new Map(
        groups.map((group) => {
          const answer = fetched.get(group)!;
          const error = kafkaError(answer, `DESCRIBE on group ${group}`);
          if (error !== undefined) throw new Refused(`tell the offsets of group ${group}`, error);
          return [group, 'offsets' in answer ? (answer.offsets ?? []) : []];
        }),
      );
    },

    async commitOffsets(group, offsets) {
      const topics = [...groupBy(offsets, ({ topic }) => topic)].map(([name, of]) => ({
        name,
        partitions: of.map(({ partition, offset }) => ({
          partitionIndex: partition,
          committedOffset: BigInt(offset),
          committedLeaderEpoch: -1,
          committedMetadata: '',
        })),
      }));
      const request = {
        groupId: group,
        generationIdOrMemberEpoch: NO_GENERATION,
        memberId: '',
        groupInstanceId: null,
        topics,
      };
      const answer = await askGroup(session, group, async (broker) =>
        flatten((await session.send(commitOffsets, request, { broker })).topics),
      );
      return perPartition(offsets, answer, ({ topic }) => `READ on group ${group} and on topic ${topic}`);
    },

    async deleteOffsets(group, partitions) {
      const topics = [...groupBy(partitions, ({ topic }) => topic)].map(([name, of]) => ({
        name,
        partitions: of.map(({ partition }) => ({ partitionIndex: partition })),
      }));
      const answer = await askGroup(session, group, async (broker) => {
        const { errorCode, topics: answered } = await session.send(
          deleteOffsets,
          { groupId: group, topics },
          { broker },
        );
        return { ...flatten(answered), ...(errorCode === 0 ? {} : { errorCode }) };
      });
      return perPartition(partitions, answer, ({ topic }) => `DELETE on group ${group} and READ on topic ${topic}`);
    },
  };
}

async function askGroup(
  session: Session,
  group: string,
  ask: (broker: number) => Promise<PartitionVerdicts>,
): Promise<PartitionVerdicts> {
  const answers = await askCoordinators<PartitionVerdicts>(session, {
    type: 'group',
    keys: [group],
    ask: async (broker) => new Map([[group, await ask(broker)]]),
  });
  const answer = answers.get(group)!;
  refuse(answer, { what: `change the offsets of group ${group}`, right: `READ on group ${group}` });
  return answer;
}

type FetchedGroup = AnswerTo<typeof fetchOffsets>['groups'][number];

function committed({ errorCode, topics }: FetchedGroup): Verdict & { readonly offsets: readonly CommittedOffset[] } {
  const offsets = topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ committedOffset }) => committedOffset >= 0n)
      .map(({ partitionIndex, committedOffset }) => ({
        topic: name,
        partition: partitionIndex,
        offset: Number(committedOffset),
      })),
  );
  return { errorCode, offsets };
}

/** What is wrong with the coordinator is said of each partition, and is wrong with the request as a whole. */
function flatten(
  topics: readonly { readonly name: string; readonly partitions: readonly PartitionAnswer[] }[],
): PartitionVerdicts {
  const partitions = topics.flatMap(({ name, partitions: of }) =>
    of.map(({ partitionIndex, errorCode }) => ({ topic: name, partition: partitionIndex, errorCode })),
  );
  return { errorCode: partitions.find(isMoving)?.errorCode ?? 0, partitions };
}

interface PartitionAnswer extends Verdict {
  readonly partitionIndex: number;
}

function perPartition(
  asked: readonly TopicPartition[],
  { partitions = [] }: PartitionVerdicts,
  right: (item: TopicPartition) => string,
): ItemResult<TopicPartition>[] {
  const keyOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;
  const answers = new Answers(partitions, keyOf);
  return asked.map(({ topic, partition }) => {
    const item = { topic, partition };
    const verdict = answers.next(keyOf(item));
    return itemResult(item, verdict && kafkaError(verdict, right(item)));
  });
}
