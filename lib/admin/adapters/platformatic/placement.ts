import { Failure } from '../../../core/issue';
import type { ItemResult, PlacementPort, TopicPartition } from '../../port';
import { groupBy } from '../../../core/group-by';
import { itemResult, kafkaError, refuse, type Verdict } from './errors';
import { alterReassignments, alterReassignmentsGuarded, electLeaders, listReassignments } from './messages/placement';
import { Answers } from './parts';
import type { Session } from './session';

const ALTER_CLUSTER = 'ALTER on the cluster';
const PREFERRED = 0;
const ELECTION_NOT_NEEDED = 84;

/** Replicas null: the move is given up. */
interface Move extends TopicPartition {
  readonly replicas: readonly number[] | null;
}

export function placementRequests(session: Session): PlacementPort {
  return {
    async listReassignments() {
      const answer = await session.send(listReassignments, { timeoutMs: session.patienceMs, topics: null });
      refuse(answer, { what: 'list the moves of replicas', right: 'DESCRIBE on the cluster' });
      return answer.topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
          topic: name,
          partition: partitionIndex,
          replicas,
          adding: addingReplicas,
          removing: removingReplicas,
        })),
      );
    },

    alterReassignments: (placements, { replicationFactor }) =>
      replicationFactor === 'kept' ? moveGuarded(session, placements) : move(session, placements),

    cancelReassignments: (partitions) =>
      move(
        session,
        partitions.map(({ topic, partition }) => ({ topic, partition, replicas: null })),
      ),

    async electPreferredLeaders(partitions) {
      const topics = groupBy(partitions, ({ topic }) => topic);
      const answer = await session.send(electLeaders, {
        electionType: PREFERRED,
        topicPartitions: [...topics].map(([topic, of]) => ({
          topic,
          partitions: of.map(({ partition }) => partition),
        })),
        timeoutMs: session.patienceMs,
      });
      refuse(answer, { what: 'elect preferred leaders', right: ALTER_CLUSTER });
      const verdicts = answer.replicaElectionResults.flatMap(({ topic, partitionResult }) =>
        partitionResult
          .filter(({ errorCode }) => errorCode !== ELECTION_NOT_NEEDED)
          .map(({ partitionId, ...verdict }) => ({ topic, partition: partitionId, ...verdict })),
      );
      return perPartition(partitions, verdicts);
    },
  };
}

/** Brokers before 4.1 do not know the guard; the caller compares for them. */
async function moveGuarded(session: Session, moves: readonly Move[]): Promise<ItemResult<TopicPartition>[]> {
  try {
    const answer = await session.send(alterReassignmentsGuarded, {
      ...request(session, moves),
      allowReplicationFactorChange: false,
    });
    return results(moves, answer);
  } catch (error) {
    if (error instanceof Failure && error.code === 'KAFKA-VERSION') return move(session, moves);
    throw error;
  }
}

async function move(session: Session, moves: readonly Move[]): Promise<ItemResult<TopicPartition>[]> {
  return results(moves, await session.send(alterReassignments, request(session, moves)));
}

function request(session: Session, moves: readonly Move[]) {
  const topics = groupBy(moves, ({ topic }) => topic);
  return {
    timeoutMs: session.patienceMs,
    topics: [...topics].map(([name, of]) => ({
      name,
      partitions: of.map(({ partition, replicas }) => ({ partitionIndex: partition, replicas })),
    })),
  };
}

interface MoveAnswer extends Verdict {
  readonly responses: readonly {
    readonly name: string;
    readonly partitions: readonly (Verdict & { readonly partitionIndex: number })[];
  }[];
}

function results(moves: readonly Move[], answer: MoveAnswer): ItemResult<TopicPartition>[] {
  refuse(answer, { what: 'move replicas', right: ALTER_CLUSTER });
  const verdicts = answer.responses.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, ...verdict }) => ({ topic: name, partition: partitionIndex, ...verdict })),
  );
  return perPartition(moves, verdicts);
}

function perPartition(
  asked: readonly TopicPartition[],
  verdicts: readonly (TopicPartition & Verdict)[],
): ItemResult<TopicPartition>[] {
  const keyOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;
  const answers = new Answers(verdicts, keyOf);
  return asked.map(({ topic, partition }) => {
    const verdict = answers.next(keyOf({ topic, partition }));
    return itemResult({ topic, partition }, verdict === undefined ? undefined : kafkaError(verdict, ALTER_CLUSTER));
  });
}
