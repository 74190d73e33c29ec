import { Refused, Unreachable } from '../../failures';
import type {
  AdminPort,
  ClusterDescription,
  ConfigDescription,
  ConfigResource,
  FeatureDescription,
  ItemResult,
  NewTopic,
  PartitionGrowth,
  QuorumDescription,
  TopicDescription,
  TopicListing,
  TopicPartition,
  TopicResult,
  Via,
  WriteOptions,
} from '../../port';
import { configDescription, newTopicRequest, quorumMember, topicDescription } from './convert';
import { kafkaError } from './errors';
import { parseAddress, type Address, type Links } from './links';
import type { KafkaLibrary } from './library';
import { ownApis, type OwnApis } from './own-apis';

const BROKER_ENDPOINTS = 1;
const CONFIG_TYPES = { topic: 2, broker: 4, cluster: 4 } as const;
/** An answer about every option of this many topics stays under a few megabytes. */
const CONFIGS_A_REQUEST = 500;
const TOPICS_A_REQUEST = 2000;

type Implemented = Pick<
  AdminPort,
  | 'describeCluster'
  | 'describeQuorum'
  | 'describeFeatures'
  | 'listTopics'
  | 'describeTopics'
  | 'createTopics'
  | 'addPartitions'
  | 'electPreferredLeaders'
  | 'describeConfigs'
  | 'close'
>;

/** Versions of requests that every release from 3.9 on speaks, so nothing has to be negotiated. */
export class PlatformaticAdmin implements Implemented {
  protected readonly own: OwnApis;
  #brokers = new Map<number, Address>();
  readonly #bootstrap: readonly Address[];

  constructor(
    protected readonly kafka: KafkaLibrary,
    protected readonly links: Links,
    bootstrapServers: readonly string[],
  ) {
    this.own = ownApis(kafka);
    this.#bootstrap = bootstrapServers.map(parseAddress);
  }

  async describeCluster(options: Via = {}): Promise<ClusterDescription> {
    const answer = await this.links.callAny(
      await this.addresses(options),
      this.kafka.describeClusterV1.api,
      false,
      BROKER_ENDPOINTS,
    );
    this.refuse('describe the cluster', answer.errorCode, answer.errorMessage);
    const brokers = answer.brokers.map(({ brokerId, host, port, rack }) => ({
      id: brokerId,
      host,
      port,
      ...(typeof rack === 'string' ? { rack } : {}),
    }));
    if (options.broker === undefined) this.#brokers = new Map(brokers.map((broker) => [broker.id, broker]));
    return { clusterId: answer.clusterId, brokers: brokers.sort((a, b) => a.id - b.id) };
  }

  async describeQuorum(): Promise<QuorumDescription> {
    const answer = await this.links.callAny(await this.addresses(), this.kafka.describeQuorumV2.api, [
      { topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] },
    ]);
    this.refuse('describe the quorum', answer.errorCode, answer.errorMessage);
    const partition = answer.topics[0]!.partitions[0]!;
    this.refuse('describe the quorum', partition.errorCode, partition.errorMessage);
    const leader = partition.currentVoters.find((voter) => voter.replicaId === partition.leaderId);
    return {
      leaderId: partition.leaderId,
      epoch: partition.leaderEpoch,
      voters: partition.currentVoters.map((voter) => quorumMember(voter, leader)).sort((a, b) => a.id - b.id),
      observers: partition.observers.map((observer) => quorumMember(observer, leader)).sort((a, b) => a.id - b.id),
    };
  }

  async describeFeatures(): Promise<FeatureDescription[]> {
    const answer = await this.links.callAny(await this.addresses(), this.own.apiVersions);
    this.refuse('tell its features', answer.errorCode);
    return [...answer.features].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async listTopics(options: Via = {}): Promise<TopicListing[]> {
    const answer = await this.links.callAny(await this.addresses(options), this.kafka.metadataV12.api, null);
    return answer.topics.map(({ name, isInternal }) => ({ name: name!, internal: isInternal }));
  }

  async describeTopics(named: readonly string[] | 'all', options: Via = {}): Promise<TopicDescription[]> {
    const topics: TopicDescription[] = [];
    const names = named === 'all' ? (await this.listTopics(options)).map(({ name }) => name) : named;
    for (let start = 0; start < names.length; start += TOPICS_A_REQUEST) {
      const chunk = names.slice(start, start + TOPICS_A_REQUEST);
      const answer = await this.links.callAny(await this.addresses(options), this.kafka.metadataV12.api, chunk);
      for (const topic of answer.topics) {
        const error = kafkaError(this.kafka, topic.errorCode);
        if (error === undefined) topics.push(topicDescription(topic));
        // A topic that is gone, or not there yet; everything else, a missing right above all, is no answer to the question.
        else if (!error.retriable) throw new Refused(`describe topic ${topic.name}`, error);
      }
    }
    return topics;
  }

  async createTopics(topics: readonly NewTopic[], { validateOnly }: WriteOptions): Promise<TopicResult[]> {
    const request = topics.map(newTopicRequest);
    // The controller gives up first, so that its answer, not ours, says what happened.
    const timeoutMs = Math.max(1000, this.links.timeoutMs - 2000);
    const answer = await this.links.callAny(
      await this.addresses(),
      this.kafka.createTopicsV7.api,
      request,
      timeoutMs,
      validateOnly,
    );
    return answer.topics.map(({ name, errorCode, errorMessage }) => {
      const error = kafkaError(this.kafka, errorCode, errorMessage);
      return error === undefined ? { topic: name } : { topic: name, error };
    });
  }

  async addPartitions(growths: readonly PartitionGrowth[], { validateOnly }: WriteOptions): Promise<TopicResult[]> {
    const request = growths.map(({ topic, total, assignments }) => ({
      name: topic,
      count: total,
      assignments: (assignments ?? []).map((ids) => ({ brokerIds: [...ids] })),
    }));
    const answer = await this.links.callAny(
      await this.addresses(),
      this.kafka.createPartitionsV3.api,
      request,
      this.links.timeoutMs,
      validateOnly,
    );
    return answer.results.map(({ name, errorCode, errorMessage }) => {
      const error = kafkaError(this.kafka, errorCode, errorMessage);
      return error === undefined ? { topic: name } : { topic: name, error };
    });
  }

  async electPreferredLeaders(partitions: readonly TopicPartition[]): Promise<ItemResult<TopicPartition>[]> {
    const results: ItemResult<TopicPartition>[] = [];
    const notNeeded = this.kafka.protocolErrors['ELECTION_NOT_NEEDED']!.code;
    for (const topic of new Set(partitions.map((each) => each.topic))) {
      const ids = partitions.filter((each) => each.topic === topic).map(({ partition }) => partition);
      const answer = await this.links.callAny(
        await this.addresses(),
        this.own.electLeaders,
        topic,
        ids,
        this.links.timeoutMs,
      );
      this.refuse(`elect leaders of ${topic}`, answer.errorCode);
      answer.topics[0]?.partitions.forEach(({ errorCode, errorMessage }, index) => {
        const error = errorCode === notNeeded ? undefined : kafkaError(this.kafka, errorCode, errorMessage);
        results.push({ item: { topic, partition: ids[index]! }, ...(error === undefined ? {} : { error }) });
      });
    }
    return results;
  }

  async describeConfigs(resources: readonly ConfigResource[]): Promise<ConfigDescription[]> {
    const topics = resources.filter((resource) => resource.type === 'topic');
    const described: ConfigDescription[] = [];
    for (let start = 0; start < topics.length; start += CONFIGS_A_REQUEST)
      described.push(
        ...(await this.#describeConfigs(await this.addresses(), topics.slice(start, start + CONFIGS_A_REQUEST))),
      );
    for (const broker of resources.filter((resource) => resource.type === 'broker'))
      described.push(...(await this.#describeConfigs(await this.addresses({ broker: Number(broker.name) }), [broker])));
    return described;
  }

  async close(): Promise<void> {
    await this.links.close();
  }

  /** Where to ask: the broker named, or whoever answers first. */
  protected async addresses({ broker }: Via = {}): Promise<readonly Address[]> {
    if (broker === undefined) {
      const bootstrap = new Set(this.#bootstrap.map(({ host, port }) => `${host}:${port}`));
      const others = [...this.#brokers.values()].filter(({ host, port }) => !bootstrap.has(`${host}:${port}`));
      return [...this.#bootstrap, ...others];
    }
    if (!this.#brokers.has(broker)) await this.describeCluster();
    const address = this.#brokers.get(broker);
    if (address === undefined) throw new Unreachable([`broker ${broker}`], 'no such broker in the cluster');
    return [address];
  }

  protected refuse(what: string, code: number, message?: string | null): void {
    const error = kafkaError(this.kafka, code, message);
    if (error !== undefined) throw new Refused(what, error);
  }

  async #describeConfigs(
    addresses: readonly Address[],
    resources: readonly ConfigResource[],
  ): Promise<ConfigDescription[]> {
    const request = resources.map(({ type, name, options }) => ({
      resourceType: CONFIG_TYPES[type],
      resourceName: name,
      configurationKeys: options === undefined ? null : [...options],
    }));
    const answer = await this.links.callAny(addresses, this.kafka.describeConfigsV4.api, request, false, false);
    return answer.results.map((result) =>
      configDescription(result, kafkaError(this.kafka, result.errorCode, result.errorMessage)),
    );
  }
}
