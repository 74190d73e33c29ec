import type {
  DoomedTopic,
  KafkaError,
  NewTopic,
  PartitionGrowth,
  TopicDescription,
  TopicListing,
  TopicResult,
  WriteOptions,
} from '../../port';
import { assignmentsError } from './assignments';
import type { MemoryBrokers } from './brokers';
import { configKey, type ConfigValues } from './config-values';
import type { MemoryConfigs } from './configs';
import { kafkaError } from './errors';
import type { MetadataLog, TopicState } from './metadata';
import { newPartition } from './partition-state';
import { isTooLarge, TOO_LARGE } from './record-limit';
import { ReplicaPlacer } from './replica-placer';
import { isInternalTopic, NameCollisions, OFFSETS_TOPIC, topicNameError } from './topic-names';

type Assignments = readonly (readonly number[])[];

export interface TopicParts {
  readonly log: MetadataLog;
  readonly brokers: MemoryBrokers;
  readonly configs: MemoryConfigs;
  readonly values: ConfigValues;
}

/** Number of partitions or replicas: as the brokers' options say. */
const BY_DEFAULT = -1;

/** What the controller does about topics. */
export class MemoryTopics {
  readonly #placer: ReplicaPlacer;
  readonly #collisions = new NameCollisions();
  readonly #namesById = new Map<string, string>();
  #created = 0;

  constructor(private readonly parts: TopicParts) {
    this.#placer = new ReplicaPlacer(parts.brokers);
  }

  listing({ name }: TopicState): TopicListing {
    return { name, internal: isInternalTopic(name) };
  }

  describe(topic: TopicState): TopicDescription {
    const { isUp } = this.parts.brokers;
    return {
      ...this.listing(topic),
      topicId: topic.topicId,
      partitions: topic.partitions.map(({ leader, replicas, isr }, partition) => ({
        partition,
        leader: isUp(leader) ? leader : -1,
        replicas,
        isr,
        offline: replicas.filter((id) => !isUp(id)),
      })),
    };
  }

  create(topics: readonly NewTopic[], { validateOnly }: WriteOptions): TopicResult[] {
    const repeated = repeatedNames(topics.map(({ name }) => name));
    const verdicts = topics.map((topic) =>
      repeated.has(topic.name) ? kafkaError('INVALID_REQUEST', 'Duplicate topic name.') : this.#creation(topic),
    );
    const accepted = verdicts.filter((verdict): verdict is Creation => 'assignments' in verdict);
    const records = accepted.reduce((sum, { assignments, config }) => sum + 1 + assignments.length + config.size, 0);
    if (isTooLarge(records) || isTooLarge(topics.reduce((sum, topic) => sum + partitionsOf(topic), 0)))
      return topics.map(({ name }) => ({ topic: name, error: TOO_LARGE }));
    if (!validateOnly) for (const creation of accepted) this.#commitCreation(creation);
    return topics.map(({ name }, index) => resultOf(name, verdicts[index]!));
  }

  addPartitions(growths: readonly PartitionGrowth[], { validateOnly }: WriteOptions): TopicResult[] {
    const repeated = repeatedNames(growths.map(({ topic }) => topic));
    const verdicts = growths.map((growth) =>
      repeated.has(growth.topic) ? kafkaError('INVALID_REQUEST', 'Duplicate topic name.') : this.#growth(growth),
    );
    const accepted = verdicts.filter((verdict): verdict is Growth => 'assignments' in verdict);
    if (isTooLarge(accepted.reduce((sum, { assignments }) => sum + assignments.length, 0)))
      return growths.map(({ topic }) => ({ topic, error: TOO_LARGE }));
    if (!validateOnly)
      for (const { topic, assignments } of accepted) {
        const added = assignments.map((replicas) => newPartition(replicas, this.parts.brokers.isUp));
        this.parts.log.commit('topics', topic.name, { ...topic, partitions: [...topic.partitions, ...added] });
      }
    return growths.map(({ topic }, index) => resultOf(topic, verdicts[index]!));
  }

  delete(topics: readonly DoomedTopic[]): TopicResult[] {
    const repeated = repeatedNames(topics.map(({ topicId }) => topicId));
    if (this.parts.values.staticValue('delete.topic.enable', this.parts.brokers.all[0]!.id) === 'false')
      return topics.map(({ name }) => ({ topic: name, error: kafkaError('TOPIC_DELETION_DISABLED') }));
    let records = 0;
    return topics.map(({ name: topic, topicId }) => {
      if (repeated.has(topicId)) return { topic, error: kafkaError('INVALID_REQUEST', 'Duplicate topic id.') };
      const name = this.#namesById.get(topicId);
      if (name === undefined) return { topic, error: kafkaError('UNKNOWN_TOPIC_ID') };
      // Too many is not foreseen here: those that do not fit fail one by one.
      if (isTooLarge(++records)) return { topic, error: kafkaError('UNKNOWN_SERVER_ERROR') };
      this.#commitDeletion(topicId, name);
      return { topic };
    });
  }

  /** Makes the topic that keeps groups, where it is not there: as brokers do for the first group. */
  ensureOffsetsTopic(): void {
    if (this.parts.log.committed.topics.has(OFFSETS_TOPIC)) return;
    const partitions = this.#default('offsets.topic.num.partitions');
    const replicationFactor = Math.min(
      this.#default('offsets.topic.replication.factor'),
      this.parts.brokers.all.length,
    );
    const config = { 'cleanup.policy': 'compact', 'compression.type': 'producer', 'segment.bytes': '104857600' };
    this.create([{ name: OFFSETS_TOPIC, placement: { partitions, replicationFactor }, config }], {
      validateOnly: false,
    });
  }

  #creation({ name, placement, config }: NewTopic): Creation | KafkaError {
    const { topics } = this.parts.log.committed;
    if (topics.has(name)) return kafkaError('TOPIC_ALREADY_EXISTS', `Topic '${name}' already exists.`);
    const nameError = topicNameError(name);
    if (nameError !== undefined) return nameError;
    const other = this.#collisions.with(name, this.parts.log.committed);
    if (other !== undefined)
      return kafkaError('INVALID_TOPIC_EXCEPTION', `Topic '${name}' collides with existing topic: ${other}`);
    const values = new Map(Object.entries(config));
    const configError = this.parts.configs.topicError(values);
    if (configError !== undefined) return configError;
    const assignments =
      'assignments' in placement
        ? this.#checked(placement.assignments)
        : this.#placed(placement.partitions, placement.replicationFactor);
    return 'code' in assignments ? assignments : { name, assignments, config: values };
  }

  #checked(assignments: Assignments): Assignments | KafkaError {
    return assignmentsError(assignments, this.parts.brokers) ?? assignments;
  }

  #placed(partitions: number, replicationFactor: number): Assignments | KafkaError {
    if (replicationFactor < BY_DEFAULT || replicationFactor === 0) {
      const message = 'Replication factor must be larger than 0, or -1 to use the default value.';
      return kafkaError('INVALID_REPLICATION_FACTOR', message);
    }
    if (partitions < BY_DEFAULT || partitions === 0)
      return kafkaError('INVALID_PARTITIONS', 'Number of partitions was set to an invalid non-positive value.');
    return this.#placer.place(
      partitions === BY_DEFAULT ? this.#default('num.partitions') : partitions,
      replicationFactor === BY_DEFAULT ? this.#default('default.replication.factor') : replicationFactor,
    );
  }

  #default(option: string): number {
    return Number(this.parts.values.staticValue(option, this.parts.brokers.all[0]!.id) ?? 1);
  }

  #growth({ topic: name, total, assignments }: PartitionGrowth): Growth | KafkaError {
    const topic = this.parts.log.committed.topics.get(name);
    if (topic === undefined) return kafkaError('UNKNOWN_TOPIC_OR_PARTITION');
    const now = topic.partitions.length;
    if (total === now) return kafkaError('INVALID_PARTITIONS', `Topic already has ${now} partition(s).`);
    if (total < now) {
      const message = `The topic ${name} currently has ${now} partition(s); ${total} would not be an increase.`;
      return kafkaError('INVALID_PARTITIONS', message);
    }
    const added = total - now;
    if (assignments !== undefined && assignments.length !== added) {
      return kafkaError(
        'INVALID_REPLICA_ASSIGNMENT',
        `Attempted to add ${added} additional partition(s), but only ${assignments.length} assignment(s) were specified.`,
      );
    }
    const replicationFactor = topic.partitions[0]!.replicas.length;
    const placed =
      assignments === undefined
        ? this.#placer.place(added, replicationFactor)
        : (assignmentsError(assignments, this.parts.brokers, replicationFactor) ?? assignments);
    return 'code' in placed ? placed : { topic, assignments: placed };
  }

  #commitCreation({ name, assignments, config }: Creation): void {
    const topicId = `memory-topic-${String(++this.#created).padStart(8, '0')}A`;
    const partitions = assignments.map((replicas) => newPartition(replicas, this.parts.brokers.isUp));
    this.#namesById.set(topicId, name);
    this.#collisions.add(name);
    this.parts.log.commit('topics', name, { name, topicId, partitions });
    if (config.size > 0) this.parts.log.commit('configs', configKey({ type: 'topic', name }), config);
  }

  #commitDeletion(topicId: string, name: string): void {
    this.#namesById.delete(topicId);
    this.#collisions.delete(name);
    this.parts.log.commit('topics', name, undefined);
    const key = configKey({ type: 'topic', name });
    if (this.parts.log.committed.configs.has(key)) this.parts.log.commit('configs', key, undefined);
  }
}

interface Creation {
  readonly name: string;
  readonly assignments: Assignments;
  readonly config: ReadonlyMap<string, string>;
}

interface Growth {
  readonly topic: TopicState;
  readonly assignments: Assignments;
}

/** Asked for, whether they can be made or not. */
function partitionsOf({ placement }: NewTopic): number {
  return 'partitions' in placement ? Math.max(0, placement.partitions) : placement.assignments.length;
}

function resultOf(topic: string, verdict: Creation | Growth | KafkaError): TopicResult {
  return 'code' in verdict ? { topic, error: verdict } : { topic };
}

function repeatedNames(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) (seen.has(name) ? repeated : seen).add(name);
  return repeated;
}
