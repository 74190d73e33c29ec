import { Unreachable } from '../../failures';
import type { ClusterPort, LogDirDescription, QuorumMember } from '../../port';
import { itemResult, kafkaError, refuse } from './errors';
import { apiVersions, describeLogDirs, describeQuorum } from './messages/cluster';
import { unanswered } from './parts';
import type { Session } from './session';
import type { AnswerTo } from './wire/message';

const METADATA_LOG = { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };
const DESCRIBE_CLUSTER = 'DESCRIBE on the cluster';

type QuorumAnswer = AnswerTo<typeof describeQuorum>;
type Member = QuorumAnswer['topics'][number]['partitions'][number]['currentVoters'][number];
type LogDirAnswer = AnswerTo<typeof describeLogDirs>['results'][number];

export function clusterRequests(session: Session): ClusterPort {
  return {
    async describeCluster(via = {}) {
      const { clusterId, brokers } = await session.describeCluster(via);
      return {
        clusterId,
        brokers: brokers
          .map(({ brokerId, host, port, rack }) => ({ id: brokerId, host, port, ...(rack === null ? {} : { rack }) }))
          .sort((a, b) => a.id - b.id),
      };
    },

    async describeQuorum() {
      const refusal = { what: 'describe the quorum', right: DESCRIBE_CLUSTER };
      const answer = await session.send(describeQuorum, METADATA_LOG);
      refuse(answer, refusal);
      const partition = answer.topics[0]!.partitions[0]!;
      refuse(partition, refusal);
      const { leaderId, leaderEpoch, currentVoters, observers } = partition;
      const leader = currentVoters.find((voter) => voter.replicaId === leaderId);
      const members = (all: readonly Member[]): QuorumMember[] =>
        all.map((member) => quorumMember(member, leader)).sort((a, b) => a.id - b.id);
      return { leaderId, epoch: leaderEpoch, voters: members(currentVoters), observers: members(observers) };
    },

    async describeFeatures() {
      const answer = await session.send(apiVersions, {
        clientSoftwareName: 'kafka-deployment-kit',
        clientSoftwareVersion: '1',
      });
      refuse(answer, { what: 'tell its features' });
      return (answer.finalizedFeatures ?? [])
        .map(({ name, maxVersionLevel }) => ({ name, level: maxVersionLevel }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },

    describeLogDirs: (brokers) =>
      Promise.all(
        brokers.map(async (broker) => {
          try {
            const answer = await session.send(describeLogDirs, { topics: null }, { broker });
            const error = kafkaError(answer, DESCRIBE_CLUSTER);
            const logDirs = answer.results.map((result) => logDirDescription(broker, result));
            return { ...itemResult(broker, error), logDirs };
          } catch (error) {
            if (error instanceof Unreachable) return { item: broker, error: unanswered(error), logDirs: [] };
            throw error;
          }
        }),
      ),
  };
}

function quorumMember(member: Member, leader: Member | undefined): QuorumMember {
  const isLeader = member.replicaId === leader?.replicaId && member.replicaDirectoryId === leader.replicaDirectoryId;
  const behindMs =
    leader === undefined || member.lastCaughtUpTimestamp < 0n
      ? undefined
      : Number(leader.lastCaughtUpTimestamp - member.lastCaughtUpTimestamp);
  return {
    id: member.replicaId,
    directoryId: member.replicaDirectoryId,
    lag: leader === undefined || isLeader ? 0 : Math.max(0, Number(leader.logEndOffset - member.logEndOffset)),
    ...(behindMs === undefined ? {} : { behindMs: Math.max(0, behindMs) }),
  };
}

function logDirDescription(
  broker: number,
  { errorCode, logDir, topics, totalBytes, usableBytes }: LogDirAnswer,
): LogDirDescription {
  return {
    broker,
    path: logDir,
    offline: errorCode !== 0,
    ...(totalBytes < 0n ? {} : { totalBytes: Number(totalBytes) }),
    ...(usableBytes < 0n ? {} : { usableBytes: Number(usableBytes) }),
    replicas: topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => ({
        topic: name,
        partition: partitionIndex,
        bytes: Number(partitionSize),
        offsetLag: Number(offsetLag),
        future: isFutureKey,
      })),
    ),
  };
}
