import { Refused } from '../../failures';
import type { GroupPort, GroupListing } from '../../port';
import { retry } from '../../wait';
import { askCoordinators } from './coordinators';
import { itemResult, kafkaError, refuse } from './errors';
import { describeGroupsAt, type Described } from './group-descriptions';
import { stateWord } from './group-states';
import { deleteGroups, listGroups } from './messages/groups';
import type { Session } from './session';

const GROUP_ID_NOT_FOUND = 69;
const LIST_PATIENCE = { deadlineMs: 15_000 };

export function groupRequests(session: Session): Pick<GroupPort, 'listGroups' | 'describeGroups' | 'deleteGroups'> {
  return {
    // A broker that was just lost is still listed for some seconds; the groups that it coordinated are elsewhere then.
    listGroups: () => retry(() => listOnce(session), LIST_PATIENCE),

    async describeGroups(groups) {
      const described = await askCoordinators<Described>(session, {
        type: 'group',
        keys: groups,
        ask: (broker, keys) => describeGroupsAt(session, broker, keys),
      });
      return groups.flatMap((group) => {
        const answer = described.get(group)!;
        if ('description' in answer) return answer.description === undefined ? [] : [answer.description];
        if (answer.errorCode === GROUP_ID_NOT_FOUND) return [];
        throw new Refused(`describe group ${group}`, kafkaError(answer, `DESCRIBE on group ${group}`)!);
      });
    },

    async deleteGroups(groups) {
      const results = await askCoordinators(session, {
        type: 'group',
        keys: groups,
        ask: async (broker, groupsNames) => {
          const answer = await session.send(deleteGroups, { groupsNames }, { broker });
          return new Map(answer.results.map((result) => [result.groupId, result]));
        },
      });
      return groups.map((group) => itemResult(group, kafkaError(results.get(group)!, `DELETE on group ${group}`)));
    },
  };
}

/** Each broker lists the groups that it coordinates. */
async function listOnce(session: Session): Promise<GroupListing[]> {
  const { brokers } = await session.describeCluster();
  const answers = await Promise.all(
    brokers.map(({ brokerId }) =>
      session.send(listGroups, { statesFilter: [], typesFilter: [] }, { broker: brokerId }),
    ),
  );
  for (const answer of answers) refuse(answer, { what: 'list groups' });
  return answers
    .flatMap(({ groups }) => groups)
    .map(({ groupId, groupType, protocolType, groupState }) => ({
      group: groupId,
      type: groupType.toLowerCase(),
      protocolType,
      state: stateWord(groupState),
    }));
}
