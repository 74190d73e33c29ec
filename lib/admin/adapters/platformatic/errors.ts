import { unauthenticated, Unreachable } from '../../failures';
import type { KafkaError } from '../../port';
import type { KafkaLibrary } from './library';

/** Kafka's error as data, or undefined for code 0. Codes that the library does not know keep their number. */
export function kafkaError(kafka: KafkaLibrary, code: number, message?: string | null): KafkaError | undefined {
  if (code === 0) return undefined;
  const name = kafka.protocolErrorsCodesById[code];
  const known = name === undefined ? undefined : kafka.protocolErrors[name];
  return {
    code,
    name: name ?? 'UNKNOWN',
    message: (message || known?.message) ?? 'no explanation.',
    retriable: known?.canRetry ?? false,
  };
}

/** What a request that got no answer means to the kit. */
export function requestFailure(kafka: KafkaLibrary, server: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Unreachable([server], String(error));
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof kafka.AuthenticationError) return unauthenticated(server, cause.message);
  }
  return new Unreachable([server], rootOf(error));
}

/** `ECONNREFUSED` says more than `Connection to … failed`. */
function rootOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : undefined;
  return cause === undefined ? error.message : rootOf(cause);
}

/** The library throws where any item of an answer has an error; the kit reads each item by itself, so the answer is what it wants. */
export function answerInside(error: unknown): unknown {
  return error instanceof Error && 'response' in error ? error.response : undefined;
}
