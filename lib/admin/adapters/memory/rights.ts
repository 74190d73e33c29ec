import type { KafkaErrorName } from './errors';
import type { PortMethod } from './faults';

type Kebab<Text extends string> = Text extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${Kebab<Tail>}`
    : `-${Lowercase<Head>}${Kebab<Tail>}`
  : Text;

/** What somebody may be denied: the methods of the port, as `describe-acls`. */
export type Right = Kebab<PortMethod>;

/** Kafka tells of a missing right in each item of these, and refuses the others as a whole. */
const ITEM_ERRORS: Partial<Record<PortMethod, KafkaErrorName>> = {
  describeLogDirs: 'CLUSTER_AUTHORIZATION_FAILED',
  createTopics: 'TOPIC_AUTHORIZATION_FAILED',
  addPartitions: 'TOPIC_AUTHORIZATION_FAILED',
  deleteTopics: 'TOPIC_AUTHORIZATION_FAILED',
  describeConfigs: 'TOPIC_AUTHORIZATION_FAILED',
  alterConfigs: 'TOPIC_AUTHORIZATION_FAILED',
  createAcls: 'CLUSTER_AUTHORIZATION_FAILED',
  deleteAcls: 'CLUSTER_AUTHORIZATION_FAILED',
  alterUsers: 'CLUSTER_AUTHORIZATION_FAILED',
  alterQuotas: 'CLUSTER_AUTHORIZATION_FAILED',
  commitOffsets: 'GROUP_AUTHORIZATION_FAILED',
  deleteGroups: 'GROUP_AUTHORIZATION_FAILED',
  listOffsets: 'TOPIC_AUTHORIZATION_FAILED',
};

const REQUEST_ERRORS: Partial<Record<PortMethod, KafkaErrorName>> = {
  describeTopics: 'TOPIC_AUTHORIZATION_FAILED',
  describeGroups: 'GROUP_AUTHORIZATION_FAILED',
  committedOffsets: 'GROUP_AUTHORIZATION_FAILED',
  deleteOffsets: 'GROUP_AUTHORIZATION_FAILED',
  takeLease: 'GROUP_AUTHORIZATION_FAILED',
};

/** What Kafka answers for one item, where the right to the request is missing. */
export function itemDenial(method: PortMethod, item: string): KafkaErrorName {
  const ofTopic = !/^(broker|cluster)\b/.test(item) || !CONFIG_METHODS.includes(method);
  return ofTopic ? (ITEM_ERRORS[method] ?? REFUSED) : REFUSED;
}

const CONFIG_METHODS: readonly PortMethod[] = ['describeConfigs', 'alterConfigs'];
const REFUSED = 'CLUSTER_AUTHORIZATION_FAILED';

/** What whoever asks may not do. */
export class Rights {
  readonly #denied = new Set<string>();

  deny(right: Right): void {
    this.#denied.add(right);
  }

  allow(right: Right): void {
    this.#denied.delete(right);
  }

  /** How Kafka answers where the right is missing: item by item, or with this error. */
  denial(method: PortMethod): 'items' | KafkaErrorName | undefined {
    if (this.#denied.size === 0 || !this.#denied.has(kebab(method))) return undefined;
    return ITEM_ERRORS[method] === undefined ? (REQUEST_ERRORS[method] ?? REFUSED) : 'items';
  }
}

const kebab = (method: PortMethod): string => method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
