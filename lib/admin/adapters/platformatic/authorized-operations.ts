import type { AccessProbe, Attempt } from '../../verify/access/probe';
import type { AclOperation, ConnectOptions } from '../../port';
import { kafkaErrorOf } from '../kafka-errors';
import { CLIENT_ID } from './connection';
import { askCoordinators } from './coordinators';
import { refuse } from './errors';
import { library } from './library';
import { Links } from './links';
import { describeCluster } from './messages/cluster';
import { describeClassicGroups, findCoordinator } from './messages/groups';
import { metadata } from './messages/topics';
import { Session } from './session';
import {
  array,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  nullableBytes,
  nullableString,
  string,
  struct,
} from './wire/layout';
import { NO_UUID } from './wire/layout';
import { message } from './wire/message';

/** Bits of Kafka's fields of authorized operations, by `AclOperation`. */
const BITS: readonly (readonly [AclOperation, number])[] = [
  ['read', 3],
  ['write', 4],
  ['create', 5],
  ['delete', 6],
  ['alter', 7],
  ['describe', 8],
  ['cluster-action', 9],
  ['describe-configs', 10],
  ['alter-configs', 11],
  ['idempotent-write', 12],
];
/** The broker did not look. */
const NOT_TOLD = -(2 ** 31);
const BROKERS = 1;
const TRANSACTIONAL_ID = 1;
const BEYOND_ANY_END = 2n ** 62n;
const REFUSALS = new Set([
  29, // TOPIC_AUTHORIZATION_FAILED
  30, // GROUP_AUTHORIZATION_FAILED
  31, // CLUSTER_AUTHORIZATION_FAILED
  53, // TRANSACTIONAL_ID_AUTHORIZATION_FAILED
]);

const produceNothing = message({
  name: 'Produce',
  key: 0,
  version: 11,
  request: struct({
    transactionalId: nullableString,
    acks: int16,
    timeoutMs: int32,
    topicData: array(struct({ name: string, partitionData: array(struct({ index: int32, records: nullableBytes })) })),
  }),
  answer: struct({
    responses: array(
      struct({
        name: string,
        partitionResponses: array(
          struct({
            index: int32,
            errorCode: int16,
            baseOffset: int64,
            logAppendTimeMs: int64,
            logStartOffset: int64,
            recordErrors: array(struct({ batchIndex: int32, batchIndexErrorMessage: nullableString })),
            errorMessage: nullableString,
          }),
        ),
      }),
    ),
    throttleTimeMs: int32,
  }),
});

/** The last version that names topics, so that the principal need not know their ids. */
const fetchNothing = message({
  name: 'Fetch',
  key: 1,
  version: 12,
  request: struct({
    replicaId: int32,
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32,
    isolationLevel: int8,
    sessionId: int32,
    sessionEpoch: int32,
    topics: array(
      struct({
        topic: string,
        partitions: array(
          struct({
            partition: int32,
            currentLeaderEpoch: int32,
            fetchOffset: int64,
            lastFetchedEpoch: int32,
            logStartOffset: int64,
            partitionMaxBytes: int32,
          }),
        ),
      }),
    ),
    forgottenTopicsData: array(struct({ topic: string, partitions: array(int32) })),
    rackId: string,
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    sessionId: int32,
    responses: array(
      struct({
        topic: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            highWatermark: int64,
            lastStableOffset: int64,
            logStartOffset: int64,
            abortedTransactions: nullableArray(struct({ producerId: int64, firstOffset: int64 })),
            preferredReadReplica: int32,
            records: nullableBytes,
          }),
        ),
      }),
    ),
  }),
});

/** Logs in as a principal, to ask about its own rights (KIP-430); fails as `connectAdmin` does where it may not log in. */
export async function connectProbe({
  bootstrapServers,
  timeoutMs = 10_000,
  ...security
}: ConnectOptions): Promise<AccessProbe> {
  const kafka = await library();
  const links = new Links(kafka, { timeoutMs, clientId: CLIENT_ID, ...security });
  const session = new Session(kafka, links, bootstrapServers);
  try {
    await session.describeCluster();
    return probeOf(session);
  } catch (error) {
    await session.close();
    throw error;
  }
}

function probeOf(session: Session): AccessProbe {
  return {
    topics: async (names) => {
      const { topics } = await session.send(metadata, {
        topics: names.map((name) => ({ topicId: NO_UUID, name })),
        allowAutoTopicCreation: false,
        includeTopicAuthorizedOperations: true,
      });
      return new Map(
        topics.flatMap(({ name, errorCode, topicAuthorizedOperations: bits }) =>
          name === null || errorCode !== 0 || bits === NOT_TOLD ? [] : [[name, operationsOf(bits)] as const],
        ),
      );
    },

    groups: async (names) => {
      type Described = { readonly errorCode: number; readonly authorizedOperations: number };
      const answers = await askCoordinators<Described>(session, {
        type: 'group',
        keys: names,
        ask: async (broker, groups) => {
          const answer = await session.send(
            describeClassicGroups,
            { groups, includeAuthorizedOperations: true },
            { broker },
          );
          return new Map(answer.groups.map((group) => [group.groupId, group]));
        },
      });
      return new Map(
        [...answers].flatMap(([group, answer]) =>
          answer.errorCode !== 0 || !('authorizedOperations' in answer) || answer.authorizedOperations === NOT_TOLD
            ? []
            : [[group, operationsOf(answer.authorizedOperations)] as const],
        ),
      );
    },

    cluster: async () => {
      const answer = await session.send(describeCluster, {
        includeClusterAuthorizedOperations: true,
        endpointType: BROKERS,
      });
      refuse(answer, { what: 'describe the cluster' });
      const { clusterAuthorizedOperations: bits } = answer;
      return bits === 0 || bits === NOT_TOLD ? undefined : operationsOf(bits);
    },

    write: async (topic) => {
      const { responses } = await session.send(produceNothing, {
        transactionalId: null,
        acks: 1,
        timeoutMs: session.patienceMs,
        topicData: [{ name: topic, partitionData: [{ index: 0, records: new Uint8Array(0) }] }],
      });
      return attempt(responses[0]?.partitionResponses[0]?.errorCode ?? 0);
    },

    read: async (topic) => {
      const { errorCode, responses } = await session.send(fetchNothing, {
        replicaId: -1,
        maxWaitMs: 0,
        minBytes: 0,
        maxBytes: 1,
        isolationLevel: 1,
        sessionId: 0,
        sessionEpoch: -1,
        topics: [
          {
            topic,
            partitions: [
              {
                partition: 0,
                currentLeaderEpoch: -1,
                fetchOffset: BEYOND_ANY_END,
                lastFetchedEpoch: -1,
                logStartOffset: -1n,
                partitionMaxBytes: 1,
              },
            ],
          },
        ],
        forgottenTopicsData: [],
        rackId: '',
      });
      return attempt(errorCode || (responses[0]?.partitions[0]?.errorCode ?? 0));
    },

    transactionalId: async (id) => {
      const { coordinators } = await session.send(findCoordinator, {
        keyType: TRANSACTIONAL_ID,
        coordinatorKeys: [id],
      });
      return attempt(coordinators[0]?.errorCode ?? 0);
    },

    close: () => session.close(),
  };
}

function operationsOf(bits: number): ReadonlySet<AclOperation> {
  return new Set(BITS.flatMap(([operation, bit]) => ((bits & (1 << bit)) === 0 ? [] : [operation])));
}

/** Whatever else Kafka finds wrong, it finds after it has let the principal through. */
function attempt(errorCode: number): Attempt {
  return { allowed: !REFUSALS.has(errorCode), answer: errorCode === 0 ? 'NONE' : kafkaErrorOf(errorCode).name };
}
