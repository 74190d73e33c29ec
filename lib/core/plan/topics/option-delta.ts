import type { Block, Grade } from '../change';
import type { RetentionCut } from '../observed';
import type { SettledPartition } from './topic-context';

/** An option of one topic before and after, and what is known of the topic. Values are those in force, whoever sets them. */
export interface OptionDelta {
  readonly topic: string;
  /** Undefined where the cluster does not tell. */
  readonly from: string | undefined;
  /** Undefined where it goes back to a default that is not known. */
  readonly to: string | undefined;
  /** The other options of the topic, before and after everything that changes. */
  readonly before: (option: string) => string | undefined;
  readonly after: (option: string) => string | undefined;
  /** Bytes in the topic, without replication; undefined where not known. */
  readonly bytes: number | undefined;
  readonly cut: RetentionCut | undefined;
  /** As declared. */
  readonly replicationFactor: number;
  readonly partitions: readonly SettledPartition[];
  /** Copies of a partition that the plan adds; they are in sync before an option is tightened. */
  readonly coming: (partition: SettledPartition) => number;
}

export interface OptionEffect {
  /** @default `TOPIC-OPTION`, or `TOPIC-OPTION-UNDECLARED` where the topic's own value goes */
  readonly code?: string;
  readonly grade: Grade;
  readonly reason: string;
  readonly block?: Block;
  /** It is not done at all: an error with this code. */
  readonly refused?: { readonly code: string; readonly message: string; readonly hint: string };
}

export type Judge = (delta: OptionDelta) => OptionEffect;

export const safe = (reason: string): OptionEffect => ({ grade: 'safe', reason });

/** A number of which less is a smaller limit; `unlimited` are values that mean no limit. */
export function limit(value: string | undefined, unlimited: readonly string[] = ['-1']): number {
  return value === undefined || unlimited.includes(value.trim()) ? Infinity : Number(value);
}

export function policies(value: string | undefined): ReadonlySet<string> {
  return new Set((value ?? '').split(',').map((policy) => policy.trim()));
}

/**
 * Whether another option has a value before or after. Its own change may be held, or refused by the cluster, while this one is done; so
 * what it is to be never makes a change harmless that is not harmless with what it is.
 */
export function beforeOrAfter({ before, after }: OptionDelta, option: string, value: string): boolean {
  return [before, after].some((of) => of(option)?.toLowerCase() === value.toLowerCase());
}

export function beforeAndAfter({ before, after }: OptionDelta, option: string, value: string): boolean {
  return [before, after].every((of) => of(option)?.toLowerCase() === value.toLowerCase());
}

/** Whether the topic is compacted, or will be. */
export function compacts({ before, after }: OptionDelta): boolean {
  return [before, after].some((of) => policies(of('cleanup.policy')).has('compact'));
}

/** One effect where a value gets lower, another where it gets higher. */
export function either(effects: {
  readonly lower: (delta: OptionDelta) => OptionEffect;
  readonly higher: (delta: OptionDelta) => OptionEffect;
}): Judge {
  return (delta) => (limit(delta.to) < limit(delta.from) ? effects.lower(delta) : effects.higher(delta));
}
