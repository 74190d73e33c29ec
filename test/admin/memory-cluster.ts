import { Unreachable } from '../../lib/admin';
import type { AdminPort, KafkaError, NewTopic, TopicDescription, TopicResult } from '../../lib/admin';

export const refusal = (code: number, name: string, retriable: boolean): KafkaError => ({
  code,
  name,
  message: 'as told',
  retriable,
});

/** A cluster of three brokers in memory: enough of the port to create topics on, and able to fail in the ways that matter. */
export class MemoryCluster {
  readonly topics = new Map<string, TopicDescription>();
  readonly requests: string[][] = [];
  /** What the next requests to create are answered with, before real answers: nothing at all, or this error for the topics named. */
  readonly trouble: ('lost before' | 'lost after' | { topics: string[]; error: KafkaError })[] = [];
  /** Looks that it takes each broker to see a topic. */
  looksUntilVisible = 1;
  readonly #looks = new Map<string, number>();

  readonly admin = {
    describeCluster: async () => ({
      clusterId: 'memory',
      brokers: [0, 1, 2].map((id) => ({ id, host: 'memory', port: id })),
    }),
    listTopics: async () => [...this.topics.keys()].map((name) => ({ name, internal: false })),
    describeTopics: async (names: readonly string[], { broker = 0 } = {}) =>
      names.flatMap((name) => (this.#isVisible(name, broker) ? [this.topics.get(name)!] : [])),
    describeConfigs: async (resources: readonly { name: string }[]) =>
      resources.map(({ name }) => ({ type: 'topic' as const, name, entries: [] })),
    createTopics: async (topics: readonly NewTopic[]) => this.#create(topics),
  } as unknown as AdminPort;

  #isVisible(name: string, broker: number): boolean {
    const key = `${name}@${broker}`;
    this.#looks.set(key, (this.#looks.get(key) ?? 0) + 1);
    return this.topics.has(name) && this.#looks.get(key)! >= this.looksUntilVisible;
  }

  #create(topics: readonly NewTopic[]): TopicResult[] {
    this.requests.push(topics.map(({ name }) => name));
    const trouble = this.trouble.shift();
    if (trouble === 'lost before') throw new Unreachable(['memory'], 'silence');
    const results = topics.map(({ name, placement }): TopicResult => {
      if (typeof trouble === 'object' && trouble.topics.includes(name)) return { topic: name, error: trouble.error };
      if (this.topics.has(name)) return { topic: name, error: refusal(36, 'TOPIC_ALREADY_EXISTS', false) };
      const count = 'partitions' in placement ? placement.partitions : placement.assignments.length;
      const partitions = Array.from({ length: count }, (_, partition) => ({
        partition,
        leader: 0,
        replicas: [0, 1, 2],
        isr: [0, 1, 2],
        offline: [],
      }));
      this.topics.set(name, { name, topicId: name, internal: false, partitions });
      return { topic: name };
    });
    if (trouble === 'lost after') throw new Unreachable(['memory'], 'silence');
    return results;
  }
}
