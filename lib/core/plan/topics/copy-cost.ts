import { addedBrokers, type ReplicaMove } from '../change';
import type { TopicSize } from '../observed';
import { aboutDuration } from './about';

/** Bytes that go from broker to broker; undefined where the sizes are not known. */
export function bytesCopied(size: TopicSize | undefined, moves: readonly ReplicaMove[]): number | undefined {
  if (size === undefined) return undefined;
  return moves.reduce((sum, move) => sum + addedBrokers(move).length * (size.partitions.get(move.partition) ?? 0), 0);
}

/** Moves of one topic, and how large its partitions are. */
export interface Copied {
  readonly size: TopicSize;
  readonly moves: readonly ReplicaMove[];
}

/** The broker that sends or receives most decides: each has the throttle for itself. */
export function copyTime(copied: readonly Copied[], throttleBytesPerSecond: number): string {
  const [sent, received] = [new Map<number, number>(), new Map<number, number>()];
  for (const { size, moves } of copied)
    for (const move of moves) {
      const bytes = size.partitions.get(move.partition) ?? 0;
      const to = addedBrokers(move);
      count(sent, move.from[0]!, bytes * to.length);
      for (const broker of to) count(received, broker, bytes);
    }
  const most = Math.max(0, ...sent.values(), ...received.values());
  return aboutDuration((most / throttleBytesPerSecond) * 1000);
}

function count(bytes: Map<number, number>, broker: number, amount: number): void {
  bytes.set(broker, (bytes.get(broker) ?? 0) + amount);
}
