import type {
  ConfigChange,
  ConfigDescription,
  ConfigResource,
  ConfigTarget,
  ItemResult,
  KafkaError,
  WriteOptions,
} from '../../port';
import type { MemoryBrokers } from './brokers';
import { configKey, MIN_ISR, type ConfigValues } from './config-values';
import { kafkaError } from './errors';
import type { MetadataImage, MetadataLog } from './metadata';
import { brokerConfigError, topicConfigError } from './option-rules';
import { isTooLarge, TOO_LARGE } from './record-limit';
import { threadProblem } from './thread-pools';
import { topicNameError } from './topic-names';

type Values = ReadonlyMap<string, string>;

export interface ConfigParts {
  readonly log: MetadataLog;
  readonly brokers: MemoryBrokers;
  readonly values: ConfigValues;
  /** `4.3` */
  readonly kafka: string;
  /** Eligible leader replicas are on; `min.insync.replicas` then belongs to the cluster, not to brokers (KIP-966). */
  readonly eligibleLeaderReplicas: boolean;
}

/** Options of topics, brokers and the cluster. */
export class MemoryConfigs {
  constructor(private readonly parts: ConfigParts) {}

  describe(resource: ConfigResource, image: MetadataImage, broker: number): ConfigDescription {
    const { type, name, options } = resource;
    const error = nameError(resource) ?? this.#missing(resource, image);
    if (error !== undefined) return { type, name, entries: [], error };
    const all = this.#entries(resource, image, broker);
    // No names at all is how the protocol asks for all of them.
    const wanted = options === undefined || options.length === 0 ? undefined : new Set(options);
    return { type, name, entries: wanted === undefined ? all : all.filter(({ option }) => wanted.has(option)) };
  }

  /** @param broker who checks what is for all brokers, by its own file and values */
  alter(
    changes: readonly ConfigChange[],
    { validateOnly, broker }: WriteOptions & { readonly broker: number },
  ): ItemResult<ConfigTarget>[] {
    const times = new Map<string, number>();
    for (const change of changes) times.set(configKey(change), (times.get(configKey(change)) ?? 0) + 1);
    const verdicts = changes.map((change) =>
      times.get(configKey(change))! > 1
        ? kafkaError('INVALID_REQUEST', 'Each resource must appear at most once.')
        : this.#result(change, broker),
    );
    const accepted = verdicts.filter((verdict): verdict is Accepted => 'values' in verdict);
    const tooLarge = isTooLarge(accepted.reduce((total, { records }) => total + records, 0));
    if (!validateOnly && !tooLarge)
      for (const { key, values, records } of accepted)
        if (records > 0) this.parts.log.commit('configs', key, values.size === 0 ? undefined : values);
    return changes.map(({ type, name }, index) => {
      const verdict = verdicts[index]!;
      const error = tooLarge ? TOO_LARGE : 'values' in verdict ? undefined : verdict;
      return { item: { type, name }, ...(error === undefined ? {} : { error }) };
    });
  }

  /** Why a topic cannot have these options, after it had others. */
  topicError(values: Values, before: Values = NONE): KafkaError | undefined {
    const { kafka, values: known } = this.parts;
    return topicConfigError(values, {
      before,
      kafka,
      tieredStorage: known.hasTieredStorage(),
      defaultOf: (option) => known.topicDefault(option),
    });
  }

  #result(change: ConfigChange, broker: number): Accepted | KafkaError {
    const set = new Map(Object.entries(change.set));
    if (change.remove.some((option) => set.has(option)) || new Set(change.remove).size < change.remove.length)
      return kafkaError('INVALID_REQUEST', 'Error due to duplicate config keys');
    const key = configKey(change);
    const before = this.parts.log.committed.configs.get(key) ?? NONE;
    const values = new Map([...before, ...set]);
    for (const option of change.remove) values.delete(option);
    const error =
      nameError(change) ??
      (change.type === 'topic'
        ? this.topicError(values, before)
        : (brokerConfigError(set, change.type, this.parts.kafka) ??
          this.#threadError({ key, values }, change.type === 'broker' ? Number(change.name) : broker) ??
          this.#minIsrError(change))) ??
      this.#missing(change, this.parts.log.committed);
    if (error !== undefined) return error;
    const records =
      [...set].filter(([option, value]) => before.get(option) !== value).length +
      change.remove.filter((option) => before.has(option)).length;
    return { key, values, records };
  }

  #threadError({ key, values }: Pick<Accepted, 'key' | 'values'>, broker: number): KafkaError | undefined {
    const { log, values: known } = this.parts;
    const after = { ...log.committed, configs: new Map([...ofBroker(log.committed, broker), [key, values]]) };
    const problem = threadProblem(
      (option) => known.brokerValue(option, log.committed, broker),
      (option) => known.brokerValue(option, after, broker),
    );
    return problem === undefined ? undefined : kafkaError('INVALID_REQUEST', problem);
  }

  #minIsrError({ type, set, remove }: ConfigChange): KafkaError | undefined {
    if (!this.parts.eligibleLeaderReplicas) return undefined;
    if (type === 'broker' && (Object.hasOwn(set, MIN_ISR) || remove.includes(MIN_ISR)))
      return kafkaError('INVALID_CONFIG', `Broker-level ${MIN_ISR} cannot be altered while ELR is enabled.`);
    if (type === 'cluster' && remove.includes(MIN_ISR))
      return kafkaError('INVALID_CONFIG', `Cluster-level ${MIN_ISR} cannot be removed while ELR is enabled.`);
    return undefined;
  }

  #missing({ type, name }: ConfigTarget, image: MetadataImage): KafkaError | undefined {
    if (type === 'topic' && !image.topics.has(name)) return kafkaError('UNKNOWN_TOPIC_OR_PARTITION');
    if (type === 'broker' && !this.parts.brokers.has(Number(name)))
      return kafkaError('BROKER_ID_NOT_REGISTERED', `No broker with id ${name} found.`);
    return undefined;
  }

  #entries({ type, name }: ConfigTarget, image: MetadataImage, broker: number) {
    switch (type) {
      case 'topic':
        return this.parts.values.ofTopic(name, image, broker);
      case 'broker':
        return this.parts.values.ofBroker(image, Number(name));
      case 'cluster':
        return this.parts.values.ofCluster(image);
    }
  }
}

const NONE: Values = new Map();

/** What decides about the options of one broker. */
function ofBroker({ configs }: MetadataImage, broker: number): [string, Values][] {
  const targets: readonly ConfigTarget[] = [
    { type: 'cluster', name: '' },
    { type: 'broker', name: String(broker) },
  ];
  return targets.map(configKey).map((key) => [key, configs.get(key) ?? NONE]);
}

/** A name that nothing of this type can have. */
function nameError({ type, name }: ConfigTarget): KafkaError | undefined {
  switch (type) {
    case 'topic':
      if (name === '') return kafkaError('INVALID_REQUEST', 'Default topic resources are not allowed.');
      return topicNameError(name);
    case 'broker':
      return /^\d+$/.test(name)
        ? undefined
        : kafkaError('INVALID_REQUEST', `Node id must be an integer, but it is: ${name}`);
    case 'cluster':
      return name === '' ? undefined : kafkaError('INVALID_REQUEST', `The cluster has no name, got ${name}`);
  }
}

interface Accepted {
  readonly key: string;
  /** All options afterwards. */
  readonly values: Values;
  readonly records: number;
}
