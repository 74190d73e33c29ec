import { Refused } from '../../failures';
import type { NewTopic, TopicDescription, TopicPort, TopicResult } from '../../port';
import { kafkaError } from './errors';
import { createPartitions, createTopics, deleteTopics, metadata } from './messages/topics';
import { Answers, chunks } from './parts';
import type { Session } from './session';
import { NO_UUID } from './wire/layout';
import type { AnswerTo, RequestOf } from './wire/message';

/** Names in one request of some hundred kilobytes. */
const TOPICS_A_REQUEST = 5000;
/** Kafka places the replicas, rack by rack, when it is asked for this many. */
const UNPLACED = -1;

type TopicAnswer = AnswerTo<typeof metadata>['topics'][number];
type Verdict = Parameters<typeof kafkaError>[0];

export function topicRequests(session: Session): TopicPort {
  const ask = async (names: readonly string[] | null, via: Parameters<TopicPort['listTopics']>[0]) => {
    const topics = names?.map((name) => ({ topicId: NO_UUID, name })) ?? null;
    const request = { topics, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };
    return (await session.send(metadata, request, via)).topics;
  };
  return {
    async listTopics(via) {
      return (await ask(null, via)).map(({ name, isInternal }) => ({ name: name!, internal: isInternal }));
    },

    async describeTopics(names, via) {
      const parts = names === 'all' ? [null] : chunks(names, TOPICS_A_REQUEST);
      const answers: TopicAnswer[] = [];
      for (const part of parts) answers.push(...(await ask(part, via)));
      return answers.flatMap((topic) => {
        const error = kafkaError(topic, `DESCRIBE on topic ${topic.name}`);
        if (error === undefined) return [topicDescription(topic)];
        // A topic that is gone, or not there yet; everything else, a missing right above all, is no answer to the question.
        if (error.retriable || error.name === 'INVALID_TOPIC_EXCEPTION') return [];
        throw new Refused(`describe topic ${topic.name}`, error);
      });
    },

    async createTopics(topics, { validateOnly }) {
      const request = { topics: topics.map(newTopic), timeoutMs: session.patienceMs, validateOnly };
      const answer = await session.send(createTopics, request);
      return byName(topics, answer.topics, (name) => `CREATE on topic ${name} or on the cluster`);
    },

    async addPartitions(growths, { validateOnly }) {
      const topics = growths.map(({ topic, total, assignments }) => ({
        name: topic,
        count: total,
        assignments: assignments?.map((brokerIds) => ({ brokerIds })) ?? null,
      }));
      const answer = await session.send(createPartitions, { topics, timeoutMs: session.patienceMs, validateOnly });
      return byName(topics, answer.results, (name) => `ALTER on topic ${name}`);
    },

    async deleteTopics(topics) {
      const answer = await session.send(deleteTopics, {
        topics: topics.map(({ topicId }) => ({ name: null, topicId })),
        timeoutMs: session.patienceMs,
      });
      const answers = new Answers(answer.responses, ({ topicId }) => topicId);
      return topics.map(({ name, topicId }) => topicResult(name, answers.next(topicId), `DELETE on topic ${name}`));
    },
  };
}

function byName(
  asked: readonly { readonly name: string }[],
  answered: readonly (Verdict & { readonly name: string })[],
  right: (name: string) => string,
): TopicResult[] {
  const answers = new Answers(answered, ({ name }) => name);
  return asked.map(({ name }) => topicResult(name, answers.next(name), right(name)));
}

function topicResult(topic: string, verdict: Verdict | undefined, right: string): TopicResult {
  const error = verdict === undefined ? undefined : kafkaError(verdict, right);
  return error === undefined ? { topic } : { topic, error };
}

function newTopic({ name, placement, config }: NewTopic): RequestOf<typeof createTopics>['topics'][number] {
  const configs = Object.entries(config).map(([option, value]) => ({ name: option, value }));
  if ('partitions' in placement) {
    const { partitions, replicationFactor } = placement;
    return { name, numPartitions: partitions, replicationFactor, assignments: [], configs };
  }
  const assignments = placement.assignments.map((brokerIds, partitionIndex) => ({ partitionIndex, brokerIds }));
  return { name, numPartitions: UNPLACED, replicationFactor: UNPLACED, assignments, configs };
}

function topicDescription(topic: TopicAnswer): TopicDescription {
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
