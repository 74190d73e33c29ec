import type { KafkaError } from '../../port';
import type { MemoryBrokers } from './brokers';
import { kafkaError } from './errors';

/** Places replicas as Kafka's StripedReplicaPlacer does, rack by rack; where Kafka begins at random, it begins one further each time. */
export class ReplicaPlacer {
  #turn = 0;

  constructor(private readonly brokers: MemoryBrokers) {}

  /** The replicas of each partition, or why it cannot be. */
  place(partitions: number, replicationFactor: number): readonly (readonly number[])[] | KafkaError {
    const registered = this.brokers.all;
    if (replicationFactor > registered.length) {
      return kafkaError(
        'INVALID_REPLICATION_FACTOR',
        `Unable to replicate the partition ${replicationFactor} time(s): The target replication factor of ${replicationFactor} ` +
          `cannot be reached because only ${registered.length} broker(s) are registered.`,
      );
    }
    const racks = this.#racks();
    return Array.from({ length: partitions }, () => this.#placeOne(racks, replicationFactor));
  }

  #racks(): readonly (readonly number[])[] {
    const racks = new Map<string, number[]>();
    for (const { id, rack = '' } of this.brokers.all) racks.set(rack, [...(racks.get(rack) ?? []), id]);
    return [...racks.keys()].sort().map((rack) => racks.get(rack)!);
  }

  #placeOne(racks: readonly (readonly number[])[], replicationFactor: number): readonly number[] {
    const turn = this.#turn++;
    const { isUp } = this.brokers;
    const round = Math.floor(turn / racks.length);
    // Each rack in turn gives its next broker; those that are down are asked once nobody else is left.
    const queues = racks.map((_, index) => {
      const ids = racks[(turn + index) % racks.length]!;
      const rotated = ids.map((_id, position) => ids[(round + position) % ids.length]!);
      return { up: rotated.filter(isUp), down: rotated.filter((id) => !isUp(id)) };
    });
    const replicas: number[] = [];
    for (const kind of ['up', 'down'] as const)
      for (
        let index = 0;
        replicas.length < replicationFactor && queues.some((queue) => queue[kind].length > 0);
        index++
      ) {
        const next = queues[index % queues.length]![kind].shift();
        if (next !== undefined) replicas.push(next);
      }
    return replicas;
  }
}
