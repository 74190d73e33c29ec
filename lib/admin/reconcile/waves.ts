import type { TopicPartition } from '../../core/cluster';
import { addedBrokers, type Change, type ReplicaMove } from '../../core/plan';
import { batch } from '../batches';
import { ofKind } from './operations';

export interface Move extends TopicPartition, ReplicaMove {
  readonly topicId: string;
  readonly replicationFactor: 'kept' | 'may-change';
  /** That each added replica copies, as far as is known: the mean of the topic. */
  readonly bytes: number;
}

export interface WaveOptions {
  readonly partitions: number;
  readonly bytesPerSecond: number;
}

/** Replicas that one wave moves: Kafka refuses values of options with 32,767 characters or more, and a list names each, as `123:456,`. */
const REPLICAS_A_WAVE = 2_000;
/** A wave that is larger than what a broker may copy in this time is cut, so that there is soon a clean point to stop at. */
const SECONDS_A_WAVE = 300;

export function movesOfChanges(changes: readonly Change[]): Move[] {
  return ofKind(changes, 'move-replicas').flatMap(
    ({ operation: { topic, topicId, replicationFactor, moves, bytes } }) => {
      const copies = moves.reduce((sum, move) => sum + addedBrokers(move).length, 0);
      const mean = copies === 0 ? 0 : (bytes ?? 0) / copies;
      return moves.map((move): Move => ({ topic, topicId, replicationFactor, bytes: mean, ...move }));
    },
  );
}

/** In the order given; a partition that is larger than a wave has one of its own. */
export function waves(
  moves: readonly Move[],
  { partitions, bytesPerSecond }: WaveOptions,
): readonly (readonly Move[])[] {
  const most = bytesPerSecond * SECONDS_A_WAVE;
  const groups = batch(moves, {
    items: partitions,
    records: REPLICAS_A_WAVE,
    recordsOf: ({ from, to }) => from.length + to.length,
  });
  return groups.flatMap((group) => cutByBytes(group, most));
}

function cutByBytes(group: readonly Move[], most: number): Move[][] {
  const cut: Move[][] = [];
  let received = new Map<number, number>();
  for (const move of group) {
    const brokers = addedBrokers(move);
    if (cut.length === 0 || brokers.some((broker) => (received.get(broker) ?? 0) + move.bytes > most)) {
      cut.push([]);
      received = new Map();
    }
    for (const broker of brokers) received.set(broker, (received.get(broker) ?? 0) + move.bytes);
    cut.at(-1)!.push(move);
  }
  return cut;
}
