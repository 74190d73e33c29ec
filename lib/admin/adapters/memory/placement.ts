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
  type PartitionRules,
  type PartitionState,
} from './partition-state';

export interface PlacementParts {
  readonly log: MetadataLog;
  readonly brokers: MemoryBrokers;
  /** Kafka refuses another number of replicas where it was told to keep it (KIP-860). */
  readonly guardsReplicationFactor: boolean;
  /** In-sync replicas that a topic needs; undefined where the cluster has no eligible leader replicas. */
  readonly minIsrOf?: (topic: string) => number;
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
    return placements.map((placement) =>
      this.#change(placement, (state, rules) => this.#moved(state, placement, { guarded, rules })),
    );
  }

  cancel(partitions: readonly TopicPartition[]): ItemResult<TopicPartition>[] {
    return partitions.map((partition) =>
      this.#change(partition, (state, rules) => {
        if (!isMoving(state)) return kafkaError('NO_REASSIGNMENT_IN_PROGRESS');
        const { topic, partition: index } = partition;
        const why = `Unable to revert partition assignment for ${topic}:${index} because it would require an unclean leader election.`;
        return reverted(state, rules) ?? kafkaError('INVALID_REPLICA_ASSIGNMENT', why);
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
    this.#changeAll((state, rules) => afterStop(state, broker, rules));
  }

  brokerStarted(): void {
    this.#changeAll(afterStart);
    this.#mayStep = true;
  }

  /** One more replica of each partition that lacks any catches up. */
  step(): void {
    if (!this.#mayStep) return;
    this.#mayStep = this.#changeAll(afterStep) > 0;
  }

  #moved(
    state: PartitionState,
    { replicas }: PartitionPlacement,
    { guarded, rules }: { readonly guarded: boolean; readonly rules: PartitionRules },
  ): PartitionState | KafkaError {
    const error = assignmentError(replicas, this.parts.brokers);
    if (error !== undefined) return error;
    const now = state.replicas.length - state.removing.length;
    if (guarded && replicas.length !== now) {
      const message = `The replication factor is changed from ${now} to ${replicas.length}`;
      return kafkaError('INVALID_REPLICATION_FACTOR', message);
    }
    return reassigned(state, replicas, rules);
  }

  #change(
    { topic: name, partition }: TopicPartition,
    change: (state: PartitionState, rules: PartitionRules) => PartitionState | KafkaError,
  ): ItemResult<TopicPartition> {
    const item = { topic: name, partition };
    const topic = this.parts.log.committed.topics.get(name);
    const state = topic?.partitions[partition];
    if (topic === undefined || state === undefined) return { item, error: kafkaError('UNKNOWN_TOPIC_OR_PARTITION') };
    const next = change(state, this.#rulesFor(name));
    if ('code' in next) return { item, error: next };
    if (next !== state) this.#commit(topic, (each, index) => (index === partition ? next : each));
    return { item };
  }

  /** How many topics changed. */
  #changeAll(change: (state: PartitionState, rules: PartitionRules) => PartitionState): number {
    let count = 0;
    for (const topic of [...this.parts.log.committed.topics.values()]) {
      const rules = this.#rulesFor(topic.name);
      if (!topic.partitions.some((state) => change(state, rules) !== state)) continue;
      this.#commit(topic, (state) => change(state, rules));
      count++;
    }
    return count;
  }

  #commit(topic: TopicState, change: (state: PartitionState, index: number) => PartitionState): void {
    this.parts.log.commit('topics', topic.name, { ...topic, partitions: topic.partitions.map(change) });
  }

  #rulesFor(topic: string): PartitionRules {
    const { brokers, minIsrOf } = this.parts;
    return minIsrOf === undefined ? { isUp: brokers.isUp } : { isUp: brokers.isUp, minIsr: minIsrOf(topic) };
  }
}
