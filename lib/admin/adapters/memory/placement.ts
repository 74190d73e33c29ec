import type { ItemResult, KafkaError, PartitionPlacement, Reassignment, TopicPartition } from '../../port';
import { assignmentError } from './assignments';
import type { MemoryBrokers } from './brokers';
import { kafkaError } from './errors';
import type { MetadataLog, TopicState } from './metadata';
import {
  afterStart,
  afterStep,
  afterStop,
  isMoving,
  reassigned,
  reverted,
  type PartitionState,
} from './partition-state';

export interface PlacementParts {
  readonly log: MetadataLog;
  readonly brokers: MemoryBrokers;
  /** Kafka refuses another number of replicas where it was told to keep it (KIP-860). */
  readonly guardsReplicationFactor: boolean;
}

/** Where replicas are and who leads: moves, elections, and brokers that come and go. */
export class MemoryPlacement {
  /** False where the last step found nothing to do, so that looks at many topics cost nothing. */
  #mayStep = false;

  constructor(private readonly parts: PlacementParts) {}

  reassignments(): Reassignment[] {
    return [...this.parts.log.committed.topics.values()].flatMap(({ name, partitions }) =>
      partitions.flatMap((state, partition) =>
        isMoving(state)
          ? [{ topic: name, partition, replicas: state.replicas, adding: state.adding, removing: state.removing }]
          : [],
      ),
    );
  }

  alter(
    placements: readonly PartitionPlacement[],
    replicationFactor: 'kept' | 'may-change',
  ): ItemResult<TopicPartition>[] {
    this.#mayStep = true;
    const guarded = replicationFactor === 'kept' && this.parts.guardsReplicationFactor;
    return placements.map((placement) => this.#change(placement, (state) => this.#moved(state, placement, guarded)));
  }

  cancel(partitions: readonly TopicPartition[]): ItemResult<TopicPartition>[] {
    return partitions.map((partition) =>
      this.#change(partition, (state) => {
        if (!isMoving(state)) return kafkaError('NO_REASSIGNMENT_IN_PROGRESS');
        const { topic, partition: index } = partition;
        const why = `Unable to revert partition assignment for ${topic}:${index} because it would require an unclean leader election.`;
        return reverted(state, this.parts.brokers.isUp) ?? kafkaError('INVALID_REPLICA_ASSIGNMENT', why);
      }),
    );
  }

  elect(partitions: readonly TopicPartition[]): ItemResult<TopicPartition>[] {
    return partitions.map((partition) =>
      this.#change(partition, (state) => {
        const preferred = state.replicas[0]!;
        if (state.leader === preferred) return state;
        const isReady = state.isr.includes(preferred) && this.parts.brokers.isUp(preferred);
        return isReady ? { ...state, leader: preferred } : kafkaError('PREFERRED_LEADER_NOT_AVAILABLE');
      }),
    );
  }

  brokerStopped(broker: number): void {
    this.#changeAll((state) => afterStop(state, broker, this.parts.brokers.isUp));
  }

  brokerStarted(): void {
    this.#changeAll((state) => afterStart(state, this.parts.brokers.isUp));
    this.#mayStep = true;
  }

  /** One more replica of each partition that lacks any catches up. */
  step(): void {
    if (!this.#mayStep) return;
    this.#mayStep = this.#changeAll((state) => afterStep(state, this.parts.brokers.isUp)) > 0;
  }

  #moved(state: PartitionState, { replicas }: PartitionPlacement, guarded: boolean): PartitionState | KafkaError {
    const error = assignmentError(replicas, this.parts.brokers);
    if (error !== undefined) return error;
    const now = state.replicas.length - state.adding.length;
    if (guarded && replicas.length !== now) {
      return kafkaError(
        'INVALID_REPLICATION_FACTOR',
        `The replication factor is changed from ${now} to ${replicas.length}, which this request does not allow.`,
      );
    }
    return reassigned(state, replicas, this.parts.brokers.isUp);
  }

  #change(
    { topic: name, partition }: TopicPartition,
    change: (state: PartitionState) => PartitionState | KafkaError,
  ): ItemResult<TopicPartition> {
    const item = { topic: name, partition };
    const topic = this.parts.log.committed.topics.get(name);
    const state = topic?.partitions[partition];
    if (topic === undefined || state === undefined) return { item, error: kafkaError('UNKNOWN_TOPIC_OR_PARTITION') };
    const next = change(state);
    if ('code' in next) return { item, error: next };
    if (next !== state) this.#commit(topic, (each, index) => (index === partition ? next : each));
    return { item };
  }

  /** How many topics changed. */
  #changeAll(change: (state: PartitionState) => PartitionState): number {
    const changed = [...this.parts.log.committed.topics.values()].filter(({ partitions }) =>
      partitions.some((state) => change(state) !== state),
    );
    for (const topic of changed) this.#commit(topic, change);
    return changed.length;
  }

  #commit(topic: TopicState, change: (state: PartitionState, index: number) => PartitionState): void {
    this.parts.log.commit('topics', topic.name, { ...topic, partitions: topic.partitions.map(change) });
  }
}
