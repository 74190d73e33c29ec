import type { ConfigDescription, ConfigEntry, KafkaError, NewTopic, QuorumMember, TopicDescription } from '../../port';
import type { AnswerOf, KafkaLibrary } from './library';

type NewTopicRequest = Parameters<KafkaLibrary['createTopicsV7']['api']['async']>[1][number];
type TopicAnswer = AnswerOf<'metadataV12'>['topics'][number];
type VoterAnswer = AnswerOf<'describeQuorumV2'>['topics'][number]['partitions'][number]['currentVoters'][number];
type ConfigAnswer = AnswerOf<'describeConfigsV4'>['results'][number];

const TOPIC = 2;
const SOURCES: Readonly<Record<number, ConfigEntry['source']>> = {
  1: 'topic',
  2: 'broker',
  3: 'cluster',
  4: 'static',
  5: 'default',
};
/** Kafka places the replicas, rack by rack, when it is asked for this many. */
const UNPLACED = -1;

export function newTopicRequest({ name, placement, config }: NewTopic): NewTopicRequest {
  const assignments =
    'assignments' in placement
      ? placement.assignments.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds: [...brokerIds] }))
      : [];
  const counts = 'assignments' in placement ? { partitions: UNPLACED, replicationFactor: UNPLACED } : placement;
  return {
    name,
    numPartitions: counts.partitions,
    replicationFactor: counts.replicationFactor,
    assignments,
    configs: Object.entries(config).map(([option, value]) => ({ name: option, value })),
  };
}

export function topicDescription(topic: TopicAnswer): TopicDescription {
  return {
    name: topic.name!,
    topicId: topic.topicId,
    internal: topic.isInternal,
    partitions: topic.partitions
      .map(({ partitionIndex, leaderId, replicaNodes, isrNodes, offlineReplicas }) => ({
        partition: partitionIndex,
        leader: leaderId,
        replicas: replicaNodes,
        isr: isrNodes,
        offline: offlineReplicas,
      }))
      .sort((a, b) => a.partition - b.partition),
  };
}

export function quorumMember(member: VoterAnswer, leader: VoterAnswer | undefined): QuorumMember {
  const isLeader = member.replicaId === leader?.replicaId && member.replicaDirectoryId === leader.replicaDirectoryId;
  const behindMs =
    leader === undefined || member.lastCaughtUpTimestamp < 0n
      ? undefined
      : Number(leader.lastCaughtUpTimestamp - member.lastCaughtUpTimestamp);
  return {
    id: member.replicaId,
    directoryId: kafkaUuid(member.replicaDirectoryId),
    lag: leader === undefined || isLeader ? 0 : Math.max(0, Number(leader.logEndOffset - member.logEndOffset)),
    ...(behindMs === undefined ? {} : { behindMs: Math.max(0, behindMs) }),
  };
}

export function configDescription(result: ConfigAnswer, error: KafkaError | undefined): ConfigDescription {
  return {
    type: result.resourceType === TOPIC ? 'topic' : 'broker',
    name: result.resourceName,
    entries: result.configs.map(({ name, value, configSource }) => ({
      option: name,
      source: SOURCES[configSource] ?? 'other',
      ...(typeof value === 'string' ? { value } : {}),
    })),
    ...(error === undefined ? {} : { error }),
  };
}

/** As Kafka writes its ids: 16 bytes in URL-safe base64. The library gives hexadecimal digits with dashes. */
export function kafkaUuid(hexadecimal: string): string {
  return Buffer.from(hexadecimal.replaceAll('-', ''), 'hex').toString('base64url');
}
