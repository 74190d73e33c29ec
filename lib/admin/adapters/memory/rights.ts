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
  deleteOffsets: 'GROUP_AUTHORIZATION_FAILED',
  deleteGroups: 'GROUP_AUTHORIZATION_FAILED',
  listOffsets: 'TOPIC_AUTHORIZATION_FAILED',
};

const REQUEST_ERRORS: Partial<Record<PortMethod, KafkaErrorName>> = {
  describeTopics: 'TOPIC_AUTHORIZATION_FAILED',
  describeGroups: 'GROUP_AUTHORIZATION_FAILED',
  committedOffsets: 'GROUP_AUTHORIZATION_FAILED',
  takeLease: 'GROUP_AUTHORIZATION_FAILED',
};

export type Denial =
  | { readonly scope: 'items'; readonly error: KafkaErrorName }
  | { readonly scope: 'request'; readonly error: KafkaErrorName };

/** What whoever asks may not do. */
export class Rights {
  readonly #denied = new Set<string>();

  deny(right: Right): void {
    this.#denied.add(right);
  }

  allow(right: Right): void {
    this.#denied.delete(right);
  }

  denial(method: PortMethod): Denial | undefined {
    if (this.#denied.size === 0 || !this.#denied.has(kebab(method))) return undefined;
    const ofItems = ITEM_ERRORS[method];
    if (ofItems !== undefined) return { scope: 'items', error: ofItems };
    return { scope: 'request', error: REQUEST_ERRORS[method] ?? 'CLUSTER_AUTHORIZATION_FAILED' };
  }
}

const kebab = (method: PortMethod): string => method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
