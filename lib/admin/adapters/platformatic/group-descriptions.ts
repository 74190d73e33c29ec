import type { GroupDescription, GroupMember, TopicPartition } from '../../port';
import type { Verdict } from './errors';
import { stateWord } from './group-states';
import {
  consumerAssignment,
  describeClassicGroups,
  describeConsumerGroups,
  describeShareGroups,
} from './messages/groups';
import { describeStreamsGroups } from './messages/streams-groups';
import type { Session } from './session';
import { ByteReader } from './wire/bytes';
import type { AnswerTo, Message, RequestOf } from './wire/message';

/** Absent where there is no such group. */
export interface Described extends Verdict {
  readonly description: GroupDescription | undefined;
}

const GROUP_ID_NOT_FOUND = 69;
const UNSUPPORTED_VERSION = 35;
/** What version 5 of the request says of groups that are not there, or of another protocol. */
const DEAD = 'Dead';

type ClassicGroup = AnswerTo<typeof describeClassicGroups>['groups'][number];
type StreamsGroup = AnswerTo<typeof describeStreamsGroups>['groups'][number];
type NewGroup =
  | AnswerTo<typeof describeConsumerGroups>['groups'][number]
  | AnswerTo<typeof describeShareGroups>['groups'][number]
  | StreamsGroup;

type DescribeGroups = Message<RequestOf<typeof describeConsumerGroups>, { readonly groups: readonly NewGroup[] }>;

const NEW_PROTOCOLS: readonly (readonly [type: string, message: DescribeGroups])[] = [
  ['consumer', describeConsumerGroups],
  ['share', describeShareGroups],
  ['streams', describeStreamsGroups],
];

/** Asks by each protocol for the groups that the ones before did not know. */
export async function describeGroupsAt(
  session: Session,
  broker: number,
  groups: readonly string[],
): Promise<Map<string, Described | Verdict>> {
  const via = { broker };
  const answers = new Map<string, Described | Verdict>();
  const classic = await session.send(describeClassicGroups, { groups, includeAuthorizedOperations: false }, via);
  let left: string[] = [];
  for (const group of classic.groups) {
    if (group.errorCode !== 0) answers.set(group.groupId, group);
    else if (group.groupState === DEAD) left.push(group.groupId);
    else answers.set(group.groupId, { errorCode: 0, description: classicGroup(group) });
  }
  for (const [type, message] of NEW_PROTOCOLS) {
    if (left.length === 0 || !(await session.supports(broker, message))) continue;
    const answer = await session.send(message, { groupIds: left, includeAuthorizedOperations: false }, via);
    left = [];
    for (const group of answer.groups) {
      const isUnknown = group.errorCode === GROUP_ID_NOT_FOUND || group.errorCode === UNSUPPORTED_VERSION;
      if (isUnknown) left.push(group.groupId);
      else if (group.errorCode !== 0) answers.set(group.groupId, group);
      else answers.set(group.groupId, { errorCode: 0, description: newGroup(type, group) });
    }
  }
  for (const group of left) answers.set(group, { errorCode: 0, description: undefined });
  return answers;
}

function classicGroup({ groupId, protocolType, groupState, members }: ClassicGroup): GroupDescription {
  return {
    group: groupId,
    type: 'classic',
    protocolType,
    state: stateWord(groupState),
    members: members.map(({ memberId, clientId, clientHost, memberAssignment }) => ({
      memberId,
      clientId,
      host: clientHost,
      assignment: protocolType === 'consumer' ? assignedTo(memberAssignment) : [],
    })),
  };
}

/** Empty while the group is being balanced. */
function assignedTo(assignment: Uint8Array): GroupMember['assignment'] {
  if (assignment.length === 0) return [];
  const { assignedPartitions } = consumerAssignment.read(new ByteReader(Buffer.from(assignment)));
  return assignedPartitions.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
}

function newGroup(type: string, group: NewGroup): GroupDescription {
  const { groupId, groupState } = group;
  const members =
    'topology' in group
      ? group.members.map((member) => ({ ...newMember(member), assignment: tasksOf(group, member) }))
      : group.members.map((member) => ({
          ...newMember(member),
          assignment: partitionsOf(member.assignment.topicPartitions, ({ topicName }) => [topicName]),
        }));
  return { group: groupId, type, protocolType: type, state: stateWord(groupState), members };
}

function newMember({ memberId, clientId, clientHost }: NewGroup['members'][number]) {
  return { memberId, clientId, host: clientHost };
}

/** A task reads the same partition of all topics that come into its part of the topology. */
function tasksOf({ topology }: StreamsGroup, { assignment }: StreamsGroup['members'][number]): TopicPartition[] {
  const sources = new Map(
    (topology?.subtopologies ?? []).map(({ subtopologyId, sourceTopics, repartitionSourceTopics }) => [
      subtopologyId,
      [...sourceTopics, ...repartitionSourceTopics.map(({ name }) => name)],
    ]),
  );
  return partitionsOf(assignment.activeTasks, ({ subtopologyId }) => sources.get(subtopologyId) ?? []);
}

function partitionsOf<T extends { readonly partitions: readonly number[] }>(
  assigned: readonly T[],
  topicsOf: (of: T) => readonly string[],
): TopicPartition[] {
  return assigned.flatMap((of) =>
    topicsOf(of).flatMap((topic) => of.partitions.map((partition) => ({ topic, partition }))),
  );
}
