import { Failure } from '../core/issue';
import type { KafkaError } from '../core/cluster';

/** Kafka answered, and refused; `error` holds its own words. */
export class Refused extends Failure {
  constructor(
    what: string,
    readonly error: KafkaError,
  ) {
    super(
      'KAFKA-REFUSED',
      `Kafka refused to ${what}, got ${formatError(error)}`,
      error.retriable ? 'Try again in a while.' : 'Change what is asked for, or the rights of who asks.',
    );
  }
}

/** Nobody answered; what was asked for may have been done all the same. */
export class Unreachable extends Failure {
  constructor(
    servers: readonly string[],
    readonly reason: string,
  ) {
    super(
      'KAFKA-UNREACHABLE',
      `Kafka does not answer at ${servers.join(', ')}, got ${reason}; a broker must listen there.`,
      'Check that the cluster is up and that this machine may reach it.',
      3,
    );
  }
}

export function unauthenticated(server: string, reason: string): Failure {
  return new Failure(
    'KAFKA-AUTHENTICATION',
    `Kafka at ${server} refused the log-in, got ${reason}; the credentials of a declared principal are needed.`,
    'Check the user and its secret.',
    3,
  );
}

/** `INVALID_REPLICATION_FACTOR (38): Unable to …` */
export function formatError(error: KafkaError): string {
  return `${error.name} (${error.code}): ${error.message}`;
}

/** Worth another try: nobody answered this time, or Kafka says so itself. */
export function isRetriable(error: unknown): boolean {
  if (error instanceof Refused) return error.error.retriable;
  return error instanceof Unreachable;
}
