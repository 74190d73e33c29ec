import {
  array,
  bare,
  boolean,
  bytes,
  int16,
  int32,
  int8,
  nullableString,
  oldArray,
  oldString,
  string,
  struct,
  uuid,
} from '../wire/layout';
import { message } from '../wire/message';

export const findCoordinator = message({
  name: 'FindCoordinator',
  key: 10,
  version: 4,
  request: struct({ keyType: int8, coordinatorKeys: array(string) }),
  answer: struct({
    throttleTimeMs: int32,
    coordinators: array(
      struct({
        key: string,
        nodeId: int32,
        host: string,
        port: int32,
        errorCode: int16,
        errorMessage: nullableString,
      }),
    ),
  }),
});

export const listGroups = message({
  name: 'ListGroups',
  key: 16,
  version: 5,
  request: struct({ statesFilter: array(string), typesFilter: array(string) }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    groups: array(struct({ groupId: string, protocolType: string, groupState: string, groupType: string })),
  }),
});

export const describeClassicGroups = message({
  name: 'DescribeGroups',
  key: 15,
  version: 5,
  request: struct({ groups: array(string), includeAuthorizedOperations: boolean }),
  answer: struct({
    throttleTimeMs: int32,
    groups: array(
      struct({
        errorCode: int16,
        groupId: string,
        groupState: string,
        protocolType: string,
        protocolData: string,
        members: array(
          struct({
            memberId: string,
            groupInstanceId: nullableString,
            clientId: string,
            clientHost: string,
            memberMetadata: bytes,
            memberAssignment: bytes,
          }),
        ),
        authorizedOperations: int32,
      }),
    ),
  }),
});

/** What the leader of a group of consumers gave a member (ConsumerProtocolAssignment); versions to come may add to its end. */
export const consumerAssignment = bare({
  version: int16,
  assignedPartitions: oldArray(bare({ topic: oldString, partitions: oldArray(int32) })),
});

const assignment = struct({
  topicPartitions: array(struct({ topicId: uuid, topicName: string, partitions: array(int32) })),
});

const groupIds = struct({ groupIds: array(string), includeAuthorizedOperations: boolean });

/** Groups of the consumer protocol (KIP-848). */
export const describeConsumerGroups = message({
  name: 'ConsumerGroupDescribe',
  key: 69,
  version: 0,
  request: groupIds,
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
        assignorName: string,
        members: array(
          struct({
            memberId: string,
            instanceId: nullableString,
            rackId: nullableString,
            memberEpoch: int32,
            clientId: string,
            clientHost: string,
            subscribedTopicNames: array(string),
            subscribedTopicRegex: nullableString,
            assignment,
            targetAssignment: assignment,
          }),
        ),
        authorizedOperations: int32,
      }),
    ),
  }),
});

/** Share groups (KIP-932); Kafka 4.1 and later. */
export const describeShareGroups = message({
  name: 'ShareGroupDescribe',
  key: 77,
  version: 1,
  request: groupIds,
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
        assignorName: string,
        members: array(
          struct({
            memberId: string,
            rackId: nullableString,
            memberEpoch: int32,
            clientId: string,
            clientHost: string,
            subscribedTopicNames: array(string),
            assignment,
          }),
        ),
        authorizedOperations: int32,
      }),
    ),
  }),
});

export const deleteGroups = message({
  name: 'DeleteGroups',
  key: 42,
  version: 2,
  effect: 'writes',
  request: struct({ groupsNames: array(string) }),
  answer: struct({ throttleTimeMs: int32, results: array(struct({ groupId: string, errorCode: int16 })) }),
});
