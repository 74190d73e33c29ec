import type { KafkaError } from '../../core/cluster';
import { Failure, type Progress } from '../../core/issue';
import { formatError, isRetriable } from '../failures';
import type { Clock } from '../wait';

/** One thing to ask for; `key` is how the answer names it. */
export interface Item<Value> {
  readonly key: string;
  readonly value: Value;
}

export interface ItemAnswer {
  readonly key: string;
  /** Absent where it was done. */
  readonly error?: KafkaError;
}

/**
 * `done`: it is as asked for. `doubtful`: Kafka refused it in a way that may mean that it was done before. `refused`: it was not done.
 * `unanswered`: nobody answered in time, or it was put off until then. `stopped`: something ended the run before it was sent, or before
 * it was answered.
 */
export type ItemOutcome =
  | { readonly kind: 'done' | 'doubtful'; readonly repeated: boolean; readonly error?: KafkaError }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'unanswered'; readonly error: string; readonly failure?: Failure }
  | { readonly kind: 'stopped'; readonly repeated: boolean };

/** Why it was not done; undefined where it was, or may have been before. */
export function troubleOf(outcome: ItemOutcome): string | undefined {
  if (outcome.kind === 'stopped') return 'the apply ended before';
  return outcome.kind === 'refused' || outcome.kind === 'unanswered' ? outcome.error : undefined;
}

export interface SendOptions<Value> {
  readonly send: (values: readonly Value[]) => Promise<readonly ItemAnswer[]>;
  /** @default what Kafka calls retriable is asked again, everything else is refused */
  readonly judge?: (error: KafkaError) => 'done' | 'doubtful' | 'later' | 'refused' | undefined;
  readonly clock: Clock;
  /** How long to ask again while nothing is settled. */
  readonly patienceMs: number;
  readonly stopped: () => boolean;
  readonly signal?: AbortSignal;
  readonly progress?: (settled: number, detail?: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Sends batch after batch. What was put off, and what got no answer, is asked for again, after pauses that grow, as long as something
 * is settled from time to time: everything that goes through here may be asked for twice.
 */
export async function sendItems<Value>(
  batches: readonly (readonly Item<Value>[])[],
  options: SendOptions<Value>,
): Promise<ReadonlyMap<string, ItemOutcome>> {
  const outcomes = new Map<string, ItemOutcome>();
  for (const batch of batches) {
    if (options.stopped()) for (const { key } of batch) outcomes.set(key, { kind: 'stopped', repeated: false });
    else await sendBatch(batch, outcomes, options);
    options.progress?.(outcomes.size);
  }
  return outcomes;
}

async function sendBatch<Value>(
  batch: readonly Item<Value>[],
  outcomes: Map<string, ItemOutcome>,
  options: SendOptions<Value>,
): Promise<void> {
  const { clock, patienceMs, stopped, signal, progress } = options;
  let pending = batch;
  let moved = clock.now();
  for (let pause = FIRST_PAUSE_MS, repeated = false; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS), repeated = true) {
    const late = clock.now() + pause > moved + patienceMs;
    const answer = await ask(pending, options);
    const before = pending.length;
    pending = settle(pending, answer, { outcomes, repeated, late, judge: options.judge });
    if (pending.length === 0) return;
    if (pending.length < before) moved = clock.now();
    progress?.(outcomes.size, answer.detail);
    await clock.sleep(pause, signal);
    if (stopped()) {
      for (const { key } of pending) outcomes.set(key, { kind: 'stopped', repeated: true });
      return;
    }
  }
}

interface Answer {
  readonly errors?: ReadonlyMap<string, KafkaError | undefined>;
  /** Nobody answered, or Kafka refused all of it. */
  readonly failure?: Failure;
  /** Why some have to be asked for again. */
  readonly detail?: string;
}

async function ask<Value>(items: readonly Item<Value>[], { send }: SendOptions<Value>): Promise<Answer> {
  try {
    const answers = await send(items.map(({ value }) => value));
    const errors = new Map(answers.map(({ key, error }) => [key, error]));
    const detail = answers.find(({ error }) => error?.retriable === true)?.error?.name;
    return detail === undefined ? { errors } : { errors, detail: `Kafka says ${detail}, asking again` };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { failure, detail: 'Kafka does not answer, asking again' };
  }
}

interface Settling extends Pick<SendOptions<unknown>, 'judge'> {
  readonly outcomes: Map<string, ItemOutcome>;
  readonly repeated: boolean;
  readonly late: boolean;
}

/** What has to be asked for again. */
function settle<Value>(
  items: readonly Item<Value>[],
  { errors, failure }: Answer,
  { outcomes, repeated, late, judge }: Settling,
): readonly Item<Value>[] {
  return items.filter(({ key }) => {
    if (failure !== undefined) {
      if (isRetriable(failure) && !late) return true;
      const error = failure.message;
      outcomes.set(key, isRetriable(failure) ? { kind: 'unanswered', error, failure } : { kind: 'refused', error });
      return false;
    }
    const error = errors!.get(key);
    // An adapter that leaves an item out has no answer for it.
    if (error === undefined && !errors!.has(key) && !late) return true;
    if (error === undefined) {
      outcomes.set(key, errors!.has(key) ? { kind: 'done', repeated } : { kind: 'unanswered', error: 'no answer' });
      return false;
    }
    const verdict = judge?.(error) ?? (error.retriable ? 'later' : 'refused');
    if (verdict === 'later' && !late) return true;
    if (verdict === 'done' || verdict === 'doubtful') outcomes.set(key, { kind: verdict, repeated, error });
    else outcomes.set(key, { kind: verdict === 'later' ? 'unanswered' : 'refused', error: formatError(error) });
    return false;
  });
}

/** Tells how far a step is. */
export function stepProgress(
  progress: Progress,
  step: string,
  total: number,
): (settled: number, detail?: string) => void {
  return (done, detail) => progress({ step, done, total, ...(detail === undefined ? {} : { detail }) });
}
