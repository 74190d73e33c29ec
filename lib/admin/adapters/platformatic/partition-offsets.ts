import type { OffsetAnswer, OffsetPort, OffsetQuestion, TopicPartition } from '../../port';
import { groupBy } from '../../../core/group-by';
import { itemResult, kafkaError, LEADER_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION, type Verdict } from './errors';
import { listOffsets } from './messages/offsets';
import { metadata } from './messages/topics';
import { Answers, askParts, type Part } from './parts';
import type { Session } from './session';
import { NO_UUID } from './wire/layout';

const NO_REPLICA = -1;
const READ_COMMITTED = 1;
const ANY_EPOCH = -1;
const TIMES = { earliest: -2n, latest: -1n, 'max-timestamp': -3n } as const;
const NONE = -1;

export function offsetRequests(session: Session): OffsetPort {
  return {
    async listOffsets(questions) {
      const { leaders, errors } = await findLeaders(session, questions);
      const byLeader = groupBy(
        questions.filter((question) => leaders.has(keyOf(question))),
        (question) => leaders.get(keyOf(question))!,
      );
      const parts = [...byLeader].flatMap(([broker, of]) => rounds(of).map((items) => part(session, broker, items)));
      const answered = await askParts(parts, {
        failed: ({ topic, partition }, error): OffsetAnswer => ({
          topic,
          partition,
          offset: NONE,
          timestampMs: NONE,
          error,
        }),
        order: 'all-at-once',
      });
      const answers = new Answers(answered, keyOf);
      return questions.map(({ topic, partition }) => {
        const verdict = errors.get(keyOf({ topic, partition }));
        if (verdict === undefined) return answers.next(keyOf({ topic, partition }))!;
        const { error } = itemResult(topic, kafkaError(verdict, `DESCRIBE on topic ${topic}`));
        return { topic, partition, offset: NONE, timestampMs: NONE, ...(error === undefined ? {} : { error }) };
      });
    },
  };
}

function part(
  session: Session,
  broker: number,
  questions: readonly OffsetQuestion[],
): Part<OffsetQuestion, OffsetAnswer> {
  const ask = async (): Promise<OffsetAnswer[]> => {
    const topics = [...groupBy(questions, ({ topic }) => topic)].map(([name, of]) => ({
      name,
      partitions: of.map(({ partition, at }) => ({
        partitionIndex: partition,
        currentLeaderEpoch: ANY_EPOCH,
        timestamp: typeof at === 'number' ? BigInt(at) : TIMES[at],
      })),
    }));
    const answer = await session.send(
      listOffsets,
      { replicaId: NO_REPLICA, isolationLevel: READ_COMMITTED, topics },
      { broker },
    );
    return answer.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, offset, timestamp, ...verdict }) => {
        const error = kafkaError(verdict, `DESCRIBE on topic ${name}`);
        return {
          topic: name,
          partition: partitionIndex,
          offset: Number(offset),
          timestampMs: Number(timestamp),
          ...(error === undefined ? {} : { error }),
        };
      }),
    );
  };
  return { items: questions, ask };
}

/** Kafka answers once for each partition of a request. */
function rounds(questions: readonly OffsetQuestion[]): OffsetQuestion[][] {
  const seen = new Map<string, number>();
  const byRound: OffsetQuestion[][] = [];
  for (const question of questions) {
    const round = seen.get(keyOf(question)) ?? 0;
    seen.set(keyOf(question), round + 1);
    (byRound[round] ??= []).push(question);
  }
  return byRound;
}

async function findLeaders(session: Session, questions: readonly TopicPartition[]) {
  const names = [...new Set(questions.map(({ topic }) => topic))];
  const { topics } = await session.send(metadata, {
    topics: names.map((name) => ({ topicId: NO_UUID, name })),
    allowAutoTopicCreation: false,
    includeTopicAuthorizedOperations: false,
  });
  const leaders = new Map<string, number>();
  const errors = new Map<string, Verdict>();
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  for (const { topic, partition } of questions) {
    const described = byName.get(topic);
    const found = described?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
    if (described !== undefined && described.errorCode !== 0) errors.set(keyOf({ topic, partition }), described);
    else if (found === undefined) errors.set(keyOf({ topic, partition }), { errorCode: UNKNOWN_TOPIC_OR_PARTITION });
    else if (found.leaderId < 0) errors.set(keyOf({ topic, partition }), { errorCode: LEADER_NOT_AVAILABLE });
    else leaders.set(keyOf({ topic, partition }), found.leaderId);
  }
  return { leaders, errors };
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
