import type { KafkaError } from '../../port';
import { kafkaError } from './errors';
import type { MetadataImage } from './metadata';

const LONGEST = 249;

/** Why a topic cannot have this name; org.apache.kafka.common.internals.Topic.validate. */
export function topicNameError(name: string): KafkaError | undefined {
  const why = nameProblem(name);
  return why === undefined ? undefined : kafkaError('INVALID_TOPIC_EXCEPTION', `Topic name is invalid: ${why}`);
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'the empty string is not allowed';
  if (name === '.' || name === '..') return `'.' or '..' is not allowed`;
  if (name.length > LONGEST) return `the length of '${name}' is longer than the max allowed length ${LONGEST}`;
  if (/[^a-zA-Z0-9._-]/.test(name))
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  return undefined;
}

/** Where groups and their offsets are kept. */
export const OFFSETS_TOPIC = '__consumer_offsets';
const INTERNAL: readonly string[] = [OFFSETS_TOPIC, '__transaction_state', '__share_group_state'];

export function isInternalTopic(name: string): boolean {
  return INTERNAL.includes(name);
}

/** Names that differ in `.` and `_` alone are one name in metrics, so Kafka refuses the second. */
export class NameCollisions {
  readonly #names = new Map<string, Set<string>>();

  /** Another topic that has this name in metrics. */
  with(name: string, { topics }: MetadataImage): string | undefined {
    for (const other of this.#names.get(unified(name)) ?? []) if (other !== name && topics.has(other)) return other;
    return undefined;
  }

  add(name: string): void {
    const others = this.#names.get(unified(name));
    if (others === undefined) this.#names.set(unified(name), new Set([name]));
    else others.add(name);
  }

  delete(name: string): void {
    this.#names.get(unified(name))?.delete(name);
  }
}

const unified = (name: string): string => name.replaceAll('.', '_');
