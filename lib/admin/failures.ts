import { Failure } from '../core/issue';
import type { KafkaError } from '../core/cluster';

/** Kafka answered, and refused; `error` holds its own words. */
export class Refused extends Failure {
  constructor(
    what: string,
    readonly error: KafkaError,
  ) {
    super('KAFKA-REFUSED', `Kafka refused to ${what}, got ${formatError(error)}`, hintFor(error));
  }
}

function hintFor({ name, retriable }: KafkaError): string {
  if (retriable) return 'Try again in a while.';
  if (name.endsWith('AUTHORIZATION_FAILED'))
    return 'Give the principal that asks this right, or ask as one that has it.';
  return 'Change what is asked for, or the rights of who asks.';
}

/** Nobody answered. */
export class Unreachable extends Failure {
  constructor(
    servers: readonly string[],
    readonly reason: string,
    /** What was asked for may have been done all the same where the request had left. */
    readonly request: 'unsent' | 'sent' = 'unsent',
  ) {
    super(
      'KAFKA-UNREACHABLE',
      `Kafka does not answer at ${servers.join(', ')}, got ${reason}; a broker must listen there.`,
      'Check that the cluster is up and that this machine may reach it.',
      3,
    );
  }
}

export interface LogIn {
  readonly server: string;
  /** @default who a token says it is */
  readonly user?: string;
  readonly mechanism: string;
}

export function unauthenticated({ server, user, mechanism }: LogIn, reason: string): Failure {
  const who = user === undefined ? '' : ` of ${user}`;
  return new Failure(
    'KAFKA-AUTHENTICATION',
    `Kafka at ${server} refused the log-in${who} by ${mechanism}, got ${reason}; the credentials of a declared principal are needed.`,
    'Check the user, its secret and the mechanism of the listener.',
    3,
  );
}

/** The encrypted connection was not to be had: certificates, or a listener that is not encrypted. */
export function untrusted(server: string, reason: string, hint: string): Failure {
  return new Failure(
    'KAFKA-TLS',
    `no encrypted connection to Kafka at ${server}, got ${reason}; certificates that each side trusts are needed.`,
    hint,
    3,
  );
}

/** A version of Kafka that the kit does not speak to. */
export function unsupported(server: string, request: string, versions: string): Failure {
  return new Failure(
    'KAFKA-VERSION',
    `Kafka at ${server} does not know the request ${request}, got ${versions}; brokers from Kafka 3.9 on do.`,
    'Upgrade the brokers, or leave out what needs this request.',
  );
}

/** Somebody has the lease; `own`: an earlier try of the very process that asks, whose answer got lost. */
export class LeaseHeld extends Failure {
  constructor(
    group: string,
    holder: string,
    readonly own: boolean,
  ) {
    super(
      'LEASE-HELD',
      `somebody else changes the cluster now, got ${holder} as holder of the lease ${group}; one at a time may.`,
      'Wait until it is done. A holder that was killed frees the lease about 20 seconds later.',
    );
  }
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
