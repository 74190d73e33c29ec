import {
  array,
  bare,
  boolean,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  nullableString,
  oldArray,
  oldString,
  string,
  struct,
} from '../wire/layout';
import { message } from '../wire/message';

export const listOffsets = message({
  name: 'ListOffsets',
  key: 2,
  version: 7,
  request: struct({
    replicaId: int32,
    isolationLevel: int8,
    topics: array(
      struct({
        name: string,
        partitions: array(struct({ partitionIndex: int32, currentLeaderEpoch: int32, timestamp: int64 })),
      }),
    ),
  }),
  answer: struct({
    throttleTimeMs: int32,
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            timestamp: int64,
            offset: int64,
            leaderEpoch: int32,
          }),
        ),
      }),
    ),
  }),
});

export const fetchOffsets = message({
  name: 'OffsetFetch',
  key: 9,
  version: 8,
  request: struct({
    /** Topics null: all that the group has committed. */
    groups: array(
      struct({
        groupId: string,
        topics: nullableArray(struct({ name: string, partitionIndexes: array(int32) })),
      }),
    ),
    requireStable: boolean,
  }),
  answer: struct({
    throttleTimeMs: int32,
    groups: array(
      struct({
        groupId: string,
        topics: array(
          struct({
            name: string,
            partitions: array(
              struct({
                partitionIndex: int32,
                committedOffset: int64,
                committedLeaderEpoch: int32,
                metadata: nullableString,
                errorCode: int16,
              }),
            ),
          }),
        ),
        errorCode: int16,
      }),
    ),
  }),
});

export const commitOffsets = message({
  name: 'OffsetCommit',
  key: 8,
  version: 8,
  effect: 'writes',
  request: struct({
    groupId: string,
    generationIdOrMemberEpoch: int32,
    memberId: string,
    groupInstanceId: nullableString,
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            committedOffset: int64,
            committedLeaderEpoch: int32,
            committedMetadata: nullableString,
          }),
        ),
      }),
    ),
  }),
  answer: struct({
    throttleTimeMs: int32,
    topics: array(struct({ name: string, partitions: array(struct({ partitionIndex: int32, errorCode: int16 })) })),
  }),
});

export const deleteOffsets = message({
  name: 'OffsetDelete',
  key: 47,
  version: 0,
  effect: 'writes',
  headers: 'old',
  request: bare({
    groupId: oldString,
    topics: oldArray(bare({ name: oldString, partitions: oldArray(bare({ partitionIndex: int32 })) })),
  }),
  answer: bare({
    errorCode: int16,
    throttleTimeMs: int32,
    topics: oldArray(
      bare({ name: oldString, partitions: oldArray(bare({ partitionIndex: int32, errorCode: int16 })) }),
    ),
  }),
});
