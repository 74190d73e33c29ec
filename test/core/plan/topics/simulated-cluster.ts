import type { ConfigEntry, TopicDescription } from '../../../../lib/core/cluster';
import type { Operation } from '../../../../lib/core/plan/change';
import type { ObservedState } from '../../../../lib/core/plan/observed';
import { BrokerLoad, planNewPartitions, type PlacementBroker } from '../../../../lib/core/plan/placement';
import { config, sees, topic } from './states';

interface SimulatedTopic {
  readonly replicas: number[][];
  readonly own: Record<string, string>;
}

/** As much of a cluster as topics need: it refuses what Kafka refuses. */
export class SimulatedCluster {
  readonly topics = new Map<string, SimulatedTopic>();
  readonly throttled = new Set<number>();

  constructor(readonly brokers: readonly PlacementBroker[]) {}

  make(name: string, replicas: readonly (readonly number[])[], own: Readonly<Record<string, string>>): void {
    this.topics.set(name, { replicas: replicas.map((placed) => [...placed]), own: { ...own } });
  }

  observe(): ObservedState {
    const topics = [...this.topics].map(([name, { replicas }]): TopicDescription => topic(name, replicas));
    const configs = Object.fromEntries([...this.topics].map(([name, { own }]) => [name, config(own)]));
    const rates = [...this.throttled].map((broker): [number, ConfigEntry[]] => [
      broker,
      [{ option: 'leader.replication.throttled.rate', value: String(50 * 1024 ** 2), source: 'broker' }],
    ]);
    return sees({ brokers: this.brokers, topics, configs, rest: { brokerOptions: new Map(rates) } });
  }

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'create-topic': {
        const metric = operation.topic.replaceAll('.', '_');
        if ([...this.topics.keys()].some((name) => name.replaceAll('.', '_') === metric))
          throw new Error(`${operation.topic} exists, or collides`);
        const { partitions: count, replicationFactor } = operation;
        this.make(
          operation.topic,
          planNewPartitions({ load: new BrokerLoad(this.brokers), existing: [], count, replicationFactor }),
          operation.config,
        );
        return;
      }
      case 'add-partitions': {
        const { replicas } = this.existing(operation.topic);
        if (replicas.length !== operation.from || operation.to - operation.from !== operation.assignments.length)
          throw new Error(`${operation.topic} has ${replicas.length} partitions`);
        for (const placed of operation.assignments) {
          if (placed.length !== replicas[0]!.length) throw new Error('INVALID_REPLICA_ASSIGNMENT');
          replicas.push([...placed]);
        }
        return;
      }
      case 'move-replicas': {
        const { replicas } = this.existing(operation.topic);
        for (const { partition, from, to } of operation.moves) {
          if (replicas[partition]?.join() !== from.join())
            throw new Error(`${operation.topic} ${partition} is elsewhere`);
          if (new Set(to).size < to.length) throw new Error('INVALID_REPLICA_ASSIGNMENT');
          replicas[partition] = [...to];
        }
        return;
      }
      case 'set-topic-option': {
        const { own } = this.existing(operation.topic);
        if (operation.value === undefined) delete own[operation.option];
        else own[operation.option] = operation.value;
        return;
      }
      case 'delete-topic':
        this.existing(operation.topic);
        this.topics.delete(operation.topic);
        return;
      case 'clear-throttle':
        if (operation.on === 'broker') this.throttled.delete(Number(operation.name));
        else for (const option of operation.options) delete this.existing(operation.name).own[option];
        return;
      default:
        throw new Error(`${operation.kind} is not about topics`);
    }
  }

  private existing(name: string): SimulatedTopic {
    const found = this.topics.get(name);
    if (found === undefined) throw new Error('UNKNOWN_TOPIC_OR_PARTITION');
    return found;
  }
}
