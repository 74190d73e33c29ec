import {
  array,
  bare,
  boolean,
  bytes,
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
  uint16,
  uuid,
} from '../wire/layout';
import { message } from '../wire/message';

export const apiVersions = message({
  name: 'ApiVersions',
  key: 18,
  version: 3,
  headers: 'answer-without',
  request: struct({ clientSoftwareName: string, clientSoftwareVersion: string }),
  answer: struct(
    {
      errorCode: int16,
      apiKeys: array(struct({ apiKey: int16, minVersion: int16, maxVersion: int16 })),
      throttleTimeMs: int32,
    },
    { finalizedFeatures: [2, array(struct({ name: string, maxVersionLevel: int16, minVersionLevel: int16 }))] },
  ),
});

export const saslHandshake = message({
  name: 'SaslHandshake',
  key: 17,
  version: 1,
  headers: 'old',
  request: bare({ mechanism: oldString }),
  answer: bare({ errorCode: int16, mechanisms: oldArray(oldString) }),
});

export const saslAuthenticate = message({
  name: 'SaslAuthenticate',
  key: 36,
  version: 2,
  request: struct({ authBytes: bytes }),
  answer: struct({ errorCode: int16, errorMessage: nullableString, authBytes: bytes, sessionLifetimeMs: int64 }),
});

export const describeCluster = message({
  name: 'DescribeCluster',
  key: 60,
  version: 1,
  request: struct({ includeClusterAuthorizedOperations: boolean, endpointType: int8 }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: nullableString,
    endpointType: int8,
    clusterId: string,
    controllerId: int32,
    brokers: array(struct({ brokerId: int32, host: string, port: int32, rack: nullableString })),
    clusterAuthorizedOperations: int32,
  }),
});

const quorumMember = struct({
  replicaId: int32,
  replicaDirectoryId: uuid,
  logEndOffset: int64,
  lastFetchTimestamp: int64,
  lastCaughtUpTimestamp: int64,
});

export const describeQuorum = message({
  name: 'DescribeQuorum',
  key: 55,
  version: 2,
  request: struct({
    topics: array(struct({ topicName: string, partitions: array(struct({ partitionIndex: int32 })) })),
  }),
  answer: struct({
    errorCode: int16,
    errorMessage: nullableString,
    topics: array(
      struct({
        topicName: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            errorMessage: nullableString,
            leaderId: int32,
            leaderEpoch: int32,
            highWatermark: int64,
            currentVoters: array(quorumMember),
            observers: array(quorumMember),
          }),
        ),
      }),
    ),
    nodes: array(struct({ nodeId: int32, listeners: array(struct({ name: string, host: string, port: uint16 })) })),
  }),
});

export const describeLogDirs = message({
  name: 'DescribeLogDirs',
  key: 35,
  version: 4,
  /** Null: all topics. */
  request: struct({ topics: nullableArray(struct({ topic: string, partitions: array(int32) })) }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    results: array(
      struct({
        errorCode: int16,
        logDir: string,
        topics: array(
          struct({
            name: string,
            partitions: array(
              struct({ partitionIndex: int32, partitionSize: int64, offsetLag: int64, isFutureKey: boolean }),
            ),
          }),
        ),
        totalBytes: int64,
        usableBytes: int64,
      }),
    ),
  }),
});
