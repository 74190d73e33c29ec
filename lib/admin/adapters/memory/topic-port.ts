import type {
  ClusterPort,
  ConfigChange,
  ConfigDescription,
  ConfigPort,
  ConfigResource,
  ConfigTarget,
  DoomedTopic,
  KafkaError,
  NewTopic,
  PartitionGrowth,
  TopicPort,
  TopicResult,
  Via,
  WriteOptions,
} from '../../port';
import { Unreachable } from '../../failures';
import { kafkaError } from './errors';
import type { MetadataImage } from './metadata';
import type { PortParts } from './port-parts';
import { failedItem, type Question } from './requests';

type Read<Answer> = Via & Pick<Question<Answer>, 'method' | 'nothing'>;

/** The nodes, the topics and the options. */
export class MemoryTopicPort implements ClusterPort, TopicPort, ConfigPort {
  constructor(protected readonly parts: PortParts) {}

  async describeCluster({ broker }: Via = {}) {
    return this.read({ method: 'describeCluster', broker }, () => this.parts.brokers.describe());
  }

  async describeQuorum() {
    return this.read({ method: 'describeQuorum' }, () => this.parts.brokers.describeQuorum());
  }

  async describeFeatures() {
    return this.read({ method: 'describeFeatures' }, () => this.parts.features);
  }

  async describeLogDirs(ids: readonly number[]) {
    const { brokers, records } = this.parts;
    return this.parts.requests.items({
      method: 'describeLogDirs',
      needs: 'nobody',
      items: ids,
      nameOf: String,
      run: (some) =>
        some.map((id) =>
          brokers.isUp(id)
            ? { item: id, logDirs: records.logDirs(brokers.get(id)) }
            : { item: id, logDirs: [], error: kafkaError('NETWORK_EXCEPTION') },
        ),
      failed: (item, error) => ({ item, logDirs: [], error }),
    });
  }

  async listTopics({ broker }: Via = {}) {
    return this.read({ method: 'listTopics', broker, nothing: [] }, ({ topics }) =>
      [...topics.values()].map((topic) => this.parts.topics.listing(topic)),
    );
  }

  async describeTopics(names: readonly string[] | 'all', { broker }: Via = {}) {
    const nothing = names === 'all' ? { nothing: [] } : {};
    return this.read({ method: 'describeTopics', broker, ...nothing }, ({ topics }) => {
      const wanted =
        names === 'all' ? [...topics.values()] : [...new Set(names)].flatMap((name) => topics.get(name) ?? []);
      const described = wanted.map((topic) => this.parts.topics.describe(topic));
      this.parts.looked();
      return described;
    });
  }

  async createTopics(topics: readonly NewTopic[], options: WriteOptions) {
    return this.#changeTopics('createTopics', topics, {
      nameOf: ({ name }) => name,
      run: (some) => this.parts.topics.create(some, options),
      mutates: !options.validateOnly,
    });
  }

  async addPartitions(growths: readonly PartitionGrowth[], options: WriteOptions) {
    return this.#changeTopics('addPartitions', growths, {
      nameOf: ({ topic }) => topic,
      run: (some) => this.parts.topics.addPartitions(some, options),
      mutates: !options.validateOnly,
    });
  }

  async deleteTopics(doomed: readonly DoomedTopic[]) {
    return this.#changeTopics('deleteTopics', doomed, {
      nameOf: ({ name }) => name,
      run: (some) => {
        const results = this.parts.topics.delete(some);
        this.parts.groups.forget(new Set(results.flatMap(({ topic, error }) => (error === undefined ? [topic] : []))));
        return results;
      },
      mutates: true,
    });
  }

  async describeConfigs(resources: readonly ConfigResource[], { broker: via }: Via = {}) {
    return this.parts.requests.items<ConfigResource, ConfigDescription>({
      method: 'describeConfigs',
      ...(via === undefined ? {} : { via }),
      items: resources,
      nameOf: nameOfTarget,
      run: (some, broker) => {
        const image = this.parts.log.look(broker);
        const describe = (resource: ConfigResource, asked = broker) => {
          const seen = asked === broker ? image : this.parts.log.look(asked);
          return this.parts.configs.describe(resource, seen, asked);
        };
        const ask = (reached: readonly Asked<ConfigResource>[]) =>
          reached.map(({ item, broker: own }) => describe(item, own));
        return this.#askEach(some, { ask, failed: describeFailed });
      },
      failed: describeFailed,
    });
  }

  async alterConfigs(changes: readonly ConfigChange[], options: WriteOptions) {
    return this.parts.requests.items({
      method: 'alterConfigs',
      items: changes,
      nameOf: nameOfTarget,
      run: (some, broker) => {
        const ask = (reached: readonly Asked<ConfigChange>[]) =>
          this.parts.configs.alter(
            reached.map(({ item }) => item),
            { ...options, broker },
          );
        return this.#askEach(some, { ask, failed: alterFailed });
      },
      failed: alterFailed,
      mutates: !options.validateOnly,
    });
  }

  protected read<Answer>({ broker: via, ...question }: Read<Answer>, answer: (image: MetadataImage) => Answer): Answer {
    return this.parts.requests.one({ ...question, ...(via === undefined ? {} : { via }) }, (broker) =>
      answer(this.parts.log.look(broker)),
    );
  }

  #changeTopics<Item>(
    method: 'createTopics' | 'addPartitions' | 'deleteTopics',
    items: readonly Item[],
    change: {
      readonly nameOf: (item: Item) => string;
      readonly run: (items: readonly Item[]) => readonly TopicResult[];
      readonly mutates: boolean;
    },
  ): readonly TopicResult[] {
    const failed = (item: Item, error: TopicResult['error'] & object) => ({ topic: change.nameOf(item), error });
    return this.parts.requests.items({ method, items, ...change, failed });
  }

  /**
   * A broker is asked about itself, whoever is asked for the rest; where it is down its items fail, and all of it where nobody else is
   * asked for anything.
   */
  #askEach<Item extends ConfigTarget, Result>(
    items: readonly Item[],
    { ask, failed }: AskOptions<Item, Result>,
  ): readonly Result[] {
    const silence = items.map((item) => this.#silence(item));
    if (items.length > 0 && silence.every((each) => each !== undefined)) throw silence[0]!;
    const reached = items.filter((_, index) => silence[index] === undefined);
    const results = ask(
      reached.map((item) => (isOfBroker(item) ? { item, broker: Number(item.name) } : { item })),
    ).values();
    return items.map((item, index) => {
      const error = silence[index];
      return error === undefined ? results.next().value! : failed(item, kafkaError('NETWORK_EXCEPTION', error.message));
    });
  }

  #silence(target: ConfigTarget): Unreachable | undefined {
    try {
      if (isOfBroker(target)) this.parts.brokers.answering(Number(target.name));
      return undefined;
    } catch (error) {
      if (error instanceof Unreachable) return error;
      throw error;
    }
  }
}

interface Asked<Item> {
  readonly item: Item;
  /** That only this broker can be asked about. */
  readonly broker?: number;
}

interface AskOptions<Item, Result> {
  readonly ask: (items: readonly Asked<Item>[]) => readonly Result[];
  readonly failed: (item: Item, error: KafkaError) => Result;
}

const isOfBroker = ({ type, name }: ConfigTarget): boolean => type === 'broker' && /^\d+$/.test(name);
const describeFailed = ({ type, name }: ConfigTarget, error: KafkaError): ConfigDescription => ({
  type,
  name,
  entries: [],
  error,
});
const alterFailed = ({ type, name }: ConfigTarget, error: KafkaError) =>
  failedItem<ConfigTarget>({ type, name }, error);
const nameOfTarget = ({ type, name }: ConfigTarget): string => (name === '' ? type : `${type} ${name}`);
