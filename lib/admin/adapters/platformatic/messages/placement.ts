import { array, boolean, int16, int32, int8, nullableArray, nullableString, string, struct } from '../wire/layout';
import { message } from '../wire/message';

export const listReassignments = message({
  name: 'ListPartitionReassignments',
  key: 46,
  version: 0,
  /** Topics null: all. */
  request: struct({
    timeoutMs: int32,
    topics: nullableArray(struct({ name: string, partitionIndexes: array(int32) })),
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: nullableString,
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            replicas: array(int32),
            addingReplicas: array(int32),
            removingReplicas: array(int32),
          }),
        ),
      }),
    ),
  }),
});

const reassignedTopics = array(
  struct({
    name: string,
    /** Replicas null: gives up the move that is under way. */
    partitions: array(struct({ partitionIndex: int32, replicas: nullableArray(int32) })),
  }),
);

const reassignmentAnswer = struct({
  throttleTimeMs: int32,
  errorCode: int16,
  errorMessage: nullableString,
  responses: array(
    struct({
      name: string,
      partitions: array(struct({ partitionIndex: int32, errorCode: int16, errorMessage: nullableString })),
    }),
  ),
});

export const alterReassignments = message({
  name: 'AlterPartitionReassignments',
  key: 45,
  version: 0,
  effect: 'writes',
  request: struct({ timeoutMs: int32, topics: reassignedTopics }),
  answer: reassignmentAnswer,
});

/** Kafka 4.1 and later (KIP-860). */
export const alterReassignmentsGuarded = message({
  name: 'AlterPartitionReassignments',
  key: 45,
  version: 1,
  effect: 'writes',
  request: struct({ timeoutMs: int32, allowReplicationFactorChange: boolean, topics: reassignedTopics }),
  answer: struct({
    throttleTimeMs: int32,
    allowReplicationFactorChange: boolean,
    errorCode: int16,
    errorMessage: nullableString,
    responses: array(
      struct({
        name: string,
        partitions: array(struct({ partitionIndex: int32, errorCode: int16, errorMessage: nullableString })),
      }),
    ),
  }),
});

export const electLeaders = message({
  name: 'ElectLeaders',
  key: 43,
  version: 2,
  effect: 'writes',
  request: struct({
    electionType: int8,
    topicPartitions: nullableArray(struct({ topic: string, partitions: array(int32) })),
    timeoutMs: int32,
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    replicaElectionResults: array(
      struct({
        topic: string,
        partitionResult: array(struct({ partitionId: int32, errorCode: int16, errorMessage: nullableString })),
      }),
    ),
  }),
});
