import {
  array,
  boolean,
  int16,
  int32,
  int8,
  nullableArray,
  nullableString,
  string,
  struct,
  uuid,
} from '../wire/layout';
import { message } from '../wire/message';

export const metadata = message({
  name: 'Metadata',
  key: 3,
  version: 12,
  /** Topics null: all. */
  request: struct({
    topics: nullableArray(struct({ topicId: uuid, name: nullableString })),
    allowAutoTopicCreation: boolean,
    includeTopicAuthorizedOperations: boolean,
  }),
  answer: struct({
    throttleTimeMs: int32,
    brokers: array(struct({ nodeId: int32, host: string, port: int32, rack: nullableString })),
    clusterId: nullableString,
    controllerId: int32,
    topics: array(
      struct({
        errorCode: int16,
        name: nullableString,
        topicId: uuid,
        isInternal: boolean,
        partitions: array(
          struct({
            errorCode: int16,
            partitionIndex: int32,
            leaderId: int32,
            leaderEpoch: int32,
            replicaNodes: array(int32),
            isrNodes: array(int32),
            offlineReplicas: array(int32),
          }),
        ),
        topicAuthorizedOperations: int32,
      }),
    ),
  }),
});

export const createTopics = message({
  name: 'CreateTopics',
  key: 19,
  version: 7,
  effect: 'writes',
  request: struct({
    topics: array(
      struct({
        name: string,
        numPartitions: int32,
        replicationFactor: int16,
        assignments: array(struct({ partitionIndex: int32, brokerIds: array(int32) })),
        configs: array(struct({ name: string, value: nullableString })),
      }),
    ),
    timeoutMs: int32,
    validateOnly: boolean,
  }),
  answer: struct({
    throttleTimeMs: int32,
    topics: array(
      struct({
        name: string,
        topicId: uuid,
        errorCode: int16,
        errorMessage: nullableString,
        numPartitions: int32,
        replicationFactor: int16,
        configs: nullableArray(
          struct({
            name: string,
            value: nullableString,
            readOnly: boolean,
            configSource: int8,
            isSensitive: boolean,
          }),
        ),
      }),
    ),
  }),
});

export const createPartitions = message({
  name: 'CreatePartitions',
  key: 37,
  version: 3,
  effect: 'writes',
  request: struct({
    topics: array(
      struct({ name: string, count: int32, assignments: nullableArray(struct({ brokerIds: array(int32) })) }),
    ),
    timeoutMs: int32,
    validateOnly: boolean,
  }),
  answer: struct({
    throttleTimeMs: int32,
    results: array(struct({ name: string, errorCode: int16, errorMessage: nullableString })),
  }),
});

export const deleteTopics = message({
  name: 'DeleteTopics',
  key: 20,
  version: 6,
  effect: 'writes',
  request: struct({ topics: array(struct({ name: nullableString, topicId: uuid })), timeoutMs: int32 }),
  answer: struct({
    throttleTimeMs: int32,
    responses: array(struct({ name: nullableString, topicId: uuid, errorCode: int16, errorMessage: nullableString })),
  }),
});
