import { setTimeout as sleep } from 'node:timers/promises';
import { isRetriable } from './failures';

/** Time, so that a program that waits can be told another one. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Returns when the time is over, or at once when the signal is aborted; it never fails. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await sleep(ms, undefined, signal === undefined ? {} : { signal });
    } catch {
      // Aborted: whoever waits looks at the signal.
    }
  },
};

export interface Patience {
  /** Longest time in all. */
  readonly deadlineMs: number;
  /** First pause; each next one is half as long again, up to `maxPauseMs`. @default 100 */
  readonly pauseMs?: number;
  /** @default 2000 */
  readonly maxPauseMs?: number;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Which errors are worth asking again. @default nobody answered, or Kafka says to try later */
export interface Again {
  readonly again?: (error: unknown) => boolean;
}

/**
 * Asks again until `settled` holds or the time is over, and returns the last answer either way. Kafka does not promise that a broker
 * sees at once what the controller has committed, so one look proves nothing wrong. Requests that nobody answered are asked again too.
 */
export async function poll<T>(
  ask: () => Promise<T>,
  settled: (answer: T) => boolean,
  { again = isRetriable, ...patience }: Patience & Again,
): Promise<T> {
  const clock = patience.clock ?? SYSTEM_CLOCK;
  const end = clock.now() + patience.deadlineMs;
  let pause = patience.pauseMs ?? 100;
  for (;;) {
    const outcome = await attempt(ask);
    const late = clock.now() + pause > end;
    if ('answer' in outcome && (late || settled(outcome.answer))) return outcome.answer;
    if ('error' in outcome && (late || !again(outcome.error))) throw outcome.error;
    await clock.sleep(pause);
    pause = Math.min(pause * 1.5, patience.maxPauseMs ?? 2000);
  }
}

/** The first answer; asks again while nobody answers or Kafka says to try later. */
export function retry<T>(ask: () => Promise<T>, patience: Patience & Again): Promise<T> {
  return poll(ask, () => true, patience);
}

async function attempt<T>(ask: () => Promise<T>): Promise<{ answer: T } | { error: unknown }> {
  try {
    return { answer: await ask() };
  } catch (error) {
    return { error };
  }
}
