import {
  array,
  boolean,
  int16,
  int32,
  int64,
  nullableArray,
  nullableString,
  nullableStruct,
  string,
  struct,
  uint16,
} from '../wire/layout';
import { message } from '../wire/message';

const keyValues = array(struct({ key: string, value: string }));
const internalTopics = array(
  struct({ name: string, partitions: int32, replicationFactor: int16, topicConfigs: keyValues }),
);
const taskOffsets = array(struct({ subtopologyId: string, partition: int32, offset: int64 }));
const tasks = array(struct({ subtopologyId: string, partitions: array(int32) }));
const assignment = struct({ activeTasks: tasks, standbyTasks: tasks, warmupTasks: tasks });

/** Groups of the streams protocol (KIP-1071); Kafka 4.1 and later. */
export const describeStreamsGroups = message({
  name: 'StreamsGroupDescribe',
  key: 89,
  version: 0,
  request: struct({ groupIds: array(string), includeAuthorizedOperations: boolean }),
  answer: struct({
    throttleTimeMs: int32,
    groups: array(
      struct({
        errorCode: int16,
        errorMessage: nullableString,
        groupId: string,
        groupState: string,
        groupEpoch: int32,
        assignmentEpoch: int32,
        topology: nullableStruct(
          struct({
            epoch: int32,
            subtopologies: nullableArray(
              struct({
                subtopologyId: string,
                sourceTopics: array(string),
                repartitionSinkTopics: array(string),
                stateChangelogTopics: internalTopics,
                repartitionSourceTopics: internalTopics,
              }),
            ),
          }),
        ),
        members: array(
          struct({
            memberId: string,
            memberEpoch: int32,
            instanceId: nullableString,
            rackId: nullableString,
            clientId: string,
            clientHost: string,
            topologyEpoch: int32,
            processId: string,
            userEndpoint: nullableStruct(struct({ host: string, port: uint16 })),
            clientTags: keyValues,
            taskOffsets,
            taskEndOffsets: taskOffsets,
            assignment,
            targetAssignment: assignment,
            isClassic: boolean,
          }),
        ),
        authorizedOperations: int32,
      }),
    ),
  }),
});
