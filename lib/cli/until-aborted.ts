import { Failure } from '../core/issue';

/** The promise, or a failure as soon as somebody interrupts. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, fail) => {
    stop = () =>
      fail(
        new Failure(
          'INTERRUPTED',
          'the command was interrupted, got a request to stop; what it had done so far stays.',
          'Run it again: it goes on from what is there.',
        ),
      );
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop!);
    // Where both fail, the interruption was told of.
    promise.catch(() => undefined);
  }
}
