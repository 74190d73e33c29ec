import { groupBy } from '../../../core/group-by';
import { Unreachable } from '../../failures';
import type { KafkaError } from '../../port';
import { NETWORK_EXCEPTION } from './errors';
import { kafkaErrorOf } from '../kafka-errors';

/** Items that one request is for, and what it answers for each. */
export interface Part<Item, Result> {
  readonly items: readonly Item[];
  ask(items: readonly Item[]): Promise<readonly Result[]>;
}

export interface PartOptions<Item, Result> {
  /** What an item gets whose part nobody answered. */
  readonly failed: (item: Item, error: KafkaError) => Result;
  readonly order: 'one-by-one' | 'all-at-once';
}

/**
 * The results of all parts. That nobody answered one of them is an error of its items, since the others were answered; only where
 * nobody answered any does all of it fail.
 */
export async function askParts<Item, Result>(
  parts: readonly Part<Item, Result>[],
  { failed, order }: PartOptions<Item, Result>,
): Promise<Result[]> {
  const settle = async ({ items, ask }: Part<Item, Result>): Promise<readonly Result[] | Unreachable> => {
    try {
      return await ask(items);
    } catch (error) {
      if (error instanceof Unreachable) return error;
      throw error;
    }
  };
  const outcomes: (readonly Result[] | Unreachable)[] = [];
  if (order === 'all-at-once') outcomes.push(...(await Promise.all(parts.map(settle))));
  else for (const part of parts) outcomes.push(await settle(part));
  const first = outcomes.find((outcome) => outcome instanceof Unreachable);
  if (first !== undefined && outcomes.every((outcome) => outcome instanceof Unreachable)) throw first;
  return outcomes.flatMap((outcome, index) =>
    outcome instanceof Unreachable ? parts[index]!.items.map((item) => failed(item, unanswered(outcome))) : outcome,
  );
}

/** As Kafka's own clients call it. */
export function unanswered({ message }: Unreachable): KafkaError {
  return kafkaErrorOf(NETWORK_EXCEPTION, message);
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Kafka answers in an order of its own; this gives what belongs to a key, and the next one where a key was asked for twice. */
export class Answers<Answer> {
  readonly #byKey: Map<string, Answer[]>;

  constructor(answers: readonly Answer[], keyOf: (answer: Answer) => string) {
    this.#byKey = groupBy(answers, keyOf);
  }

  /** Undefined where Kafka left it out. */
  next(key: string): Answer | undefined {
    const answers = this.#byKey.get(key);
    return answers !== undefined && answers.length > 1 ? answers.shift() : answers?.[0];
  }
}
