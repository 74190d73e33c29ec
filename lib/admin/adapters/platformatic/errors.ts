import { Refused } from '../../failures';
import type { KafkaError } from '../../port';
import { kafkaErrorOf } from '../kafka-errors';

export { NETWORK_EXCEPTION } from '../kafka-errors';

export const UNKNOWN_TOPIC_OR_PARTITION = 3;
export const LEADER_NOT_AVAILABLE = 5;

/** Codes of a missing right: topic, group, cluster, transactional id. */
const UNAUTHORIZED = new Set([29, 30, 31, 53]);

/** What Kafka says of one item, or of a whole answer. */
export interface Verdict {
  readonly errorCode: number;
  readonly errorMessage?: string | null;
}

/** Kafka's error as data, or undefined for none. `right` is what the principal needs, such as `DESCRIBE on the cluster`. */
export function kafkaError({ errorCode, errorMessage }: Verdict, right?: string): KafkaError | undefined {
  if (errorCode === 0) return undefined;
  if (!UNAUTHORIZED.has(errorCode)) return kafkaErrorOf(errorCode, errorMessage);
  // What some brokers say of a missing right is a dump of the request.
  const error = kafkaErrorOf(errorCode);
  return right === undefined
    ? error
    : { ...error, message: `${error.message.replace(/\.$/, '')}; ${right} is needed.` };
}

export interface Refusal {
  /** What was asked for, after `Kafka refused to`. */
  readonly what: string;
  readonly right?: string;
}

/** Throws where Kafka refused the request as a whole. */
export function refuse(verdict: Verdict, { what, right }: Refusal): void {
  const error = kafkaError(verdict, right);
  if (error !== undefined) throw new Refused(what, error);
}

/** An item with Kafka's error, where there is one. */
export function itemResult<Item>(item: Item, error: KafkaError | undefined): { item: Item; error?: KafkaError } {
  return error === undefined ? { item } : { item, error };
}
