import { OPTION_TABLES } from '../../../core/catalogue';
import type { ConfigEntry, ConfigTarget } from '../../port';
import type { MemoryBrokers } from './brokers';
import type { MetadataImage } from './metadata';
import { isShown } from './option-rules';

/** Older names of the same broker option, in other units; after the one that the catalogue names. */
const OLDER_NAMES: Readonly<Record<string, readonly (readonly [option: string, factor: number])[]>> = {
  'retention.ms': [
    ['log.retention.minutes', 60_000],
    ['log.retention.hours', 3_600_000],
  ],
  'segment.ms': [['log.roll.hours', 3_600_000]],
  'segment.jitter.ms': [['log.roll.jitter.hours', 3_600_000]],
  'flush.ms': [['log.flush.scheduler.interval.ms', 1]],
};

export const MIN_ISR = 'min.insync.replicas';

export function configKey({ type, name }: ConfigTarget): string {
  return `${type} ${name}`;
}

type Values = ReadonlyMap<string, string>;

const NONE: Values = new Map();

interface TopicDefaults {
  readonly cluster: Values;
  readonly own: Values;
  readonly entries: readonly ConfigEntry[];
}

/** Which value is in force for each option, and where it comes from. */
export class ConfigValues {
  readonly #static = new Map<number, Values>();
  readonly #topicDefaults = new Map<number, TopicDefaults>();
  readonly #topicPositions = new Map<string, number>();

  constructor(
    brokers: MemoryBrokers,
    private readonly kafka: string,
    common: Readonly<Record<string, string>>,
  ) {
    for (const { id, rack, config } of brokers.all) {
      const values = {
        ...common,
        ...config,
        'node.id': String(id),
        ...(rack === undefined ? {} : { 'broker.rack': rack }),
      };
      this.#static.set(id, new Map(Object.entries(values)));
    }
    for (const name of OPTION_TABLES.topic.names(kafka)) this.#topicPositions.set(name, this.#topicPositions.size);
  }

  /** Of a topic, as the broker sees it. */
  ofTopic(topic: string, image: MetadataImage, broker: number): readonly ConfigEntry[] {
    const defaults = this.#defaultsOfTopics(image, broker);
    const overrides = image.configs.get(configKey({ type: 'topic', name: topic })) ?? NONE;
    if (overrides.size === 0) return defaults;
    const entries = [...defaults];
    for (const [option, value] of overrides) {
      const position = this.#topicPositions.get(option);
      if (position !== undefined) entries[position] = { option, value, source: 'topic' };
    }
    return entries;
  }

  ofBroker(image: MetadataImage, broker: number): readonly ConfigEntry[] {
    const own = image.configs.get(configKey({ type: 'broker', name: String(broker) })) ?? NONE;
    const cluster = image.configs.get(CLUSTER) ?? NONE;
    const names = new Set([...OPTION_TABLES.broker.names(this.kafka), ...own.keys(), ...cluster.keys()]);
    return [...names].map((option): ConfigEntry => {
      const { value, source } = this.#brokerValue(option, { own, cluster, broker }) ?? {
        value: OPTION_TABLES.broker.option(option, this.kafka)?.defaultValue,
        source: 'default',
      };
      return value === undefined || !isShown(option, this.kafka) ? { option, source } : { option, value, source };
    });
  }

  /** In force for a broker, whatever it may show of it. */
  brokerValue(option: string, image: MetadataImage, broker: number): string | undefined {
    const own = image.configs.get(configKey({ type: 'broker', name: String(broker) })) ?? NONE;
    const cluster = image.configs.get(CLUSTER) ?? NONE;
    const found = this.#brokerValue(option, { own, cluster, broker });
    return found?.value ?? OPTION_TABLES.broker.option(option, this.kafka)?.defaultValue;
  }

  /** Only what was set: Kafka tells no more of the default of all brokers. */
  ofCluster(image: MetadataImage): readonly ConfigEntry[] {
    return [...(image.configs.get(CLUSTER) ?? NONE)].map(([option, value]) =>
      isShown(option, this.kafka) ? { option, value, source: 'cluster' } : { option, source: 'cluster' },
    );
  }

  /** Of a topic that sets nothing, as the controller's own file says; what was set at run time does not count there. */
  topicDefault(option: string): string | undefined {
    const { brokerOption, defaultValue } = OPTION_TABLES.topic.option(option, this.kafka) ?? {};
    const inherited = brokerOption === undefined ? undefined : this.#inherited(option, brokerOption, this.#ownFile());
    return inherited?.value ?? defaultValue;
  }

  hasTieredStorage(): boolean {
    return [...this.#static.values()].every((values) => values.get('remote.log.storage.system.enable') === 'true');
  }

  /** In force for a topic, as the controller sees it. */
  minIsrOf(topic: string, { configs }: MetadataImage): number {
    const value =
      configs.get(configKey({ type: 'topic', name: topic }))?.get(MIN_ISR) ?? configs.get(CLUSTER)?.get(MIN_ISR);
    return Number(value ?? 1);
  }

  /** From the file of the broker, or Kafka's own default. */
  staticValue(option: string, broker: number): string | undefined {
    return this.#static.get(broker)?.get(option) ?? OPTION_TABLES.broker.option(option, this.kafka)?.defaultValue;
  }

  /** The same for all topics that set nothing, so it is worked out once for each change of the brokers' options. */
  #defaultsOfTopics(image: MetadataImage, broker: number): readonly ConfigEntry[] {
    const own = image.configs.get(configKey({ type: 'broker', name: String(broker) })) ?? NONE;
    const cluster = image.configs.get(CLUSTER) ?? NONE;
    const known = this.#topicDefaults.get(broker);
    if (known !== undefined && known.own === own && known.cluster === cluster) return known.entries;
    const entries = [...this.#topicPositions.keys()].map((option): ConfigEntry => {
      const { brokerOption, defaultValue } = OPTION_TABLES.topic.option(option, this.kafka)!;
      const inherited =
        brokerOption === undefined ? undefined : this.#inherited(option, brokerOption, { own, cluster, broker });
      if (inherited !== undefined) return { option, ...inherited };
      return { option, source: 'default', ...(defaultValue === undefined ? {} : { value: defaultValue }) };
    });
    this.#topicDefaults.set(broker, { own, cluster, entries });
    return entries;
  }

  #ownFile(): Sources {
    return { own: NONE, cluster: NONE, broker: [...this.#static.keys()][0]! };
  }

  #inherited(option: string, brokerOption: string, from: Sources): Found | undefined {
    const found = this.#brokerValue(brokerOption, from);
    if (found !== undefined) return found;
    for (const [older, factor] of OLDER_NAMES[option] ?? []) {
      const value = this.#static.get(from.broker)?.get(older);
      if (value !== undefined) return { value: String(Number(value) * factor), source: 'static' };
    }
    return undefined;
  }

  #brokerValue(option: string, { own, cluster, broker }: Sources): Found | undefined {
    const ownValue = own.get(option);
    if (ownValue !== undefined) return { value: ownValue, source: 'broker' };
    const clusterValue = cluster.get(option);
    if (clusterValue !== undefined) return { value: clusterValue, source: 'cluster' };
    const staticValue = this.#static.get(broker)?.get(option);
    return staticValue === undefined ? undefined : { value: staticValue, source: 'static' };
  }
}

const CLUSTER = configKey({ type: 'cluster', name: '' });

interface Sources {
  readonly own: Values;
  readonly cluster: Values;
  readonly broker: number;
}

interface Found {
  readonly value: string;
  readonly source: ConfigEntry['source'];
}
