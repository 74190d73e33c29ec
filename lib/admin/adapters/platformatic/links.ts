import type { API, Connection } from '@platformatic/kafka';
import { Failure } from '../../../core/issue';
import { Unreachable } from '../../failures';
import type { TlsOptions } from '../../port';
import { answerInside, requestFailure } from './errors';
import type { KafkaLibrary } from './library';

export interface Address {
  readonly host: string;
  readonly port: number;
}

const CLIENT_ID = 'kafka-deployment-kit';

export interface LinkOptions {
  readonly timeoutMs: number;
  readonly tls?: TlsOptions;
}

/** Open connections, one for each address, made when first needed and given up after the first request that gets no answer. */
export class Links {
  readonly #open = new Map<string, Promise<Connection>>();

  constructor(
    private readonly kafka: KafkaLibrary,
    private readonly options: LinkOptions,
  ) {}

  get timeoutMs(): number {
    return this.options.timeoutMs;
  }

  async call<Args extends unknown[], Answer>(
    address: Address,
    api: API<Args, Answer>,
    ...args: Args
  ): Promise<Exclude<Answer, boolean>> {
    const server = formatAddress(address);
    let connection: Connection | undefined;
    try {
      connection = await this.#connect(server, address);
      return (await api.async(connection, ...args)) as Exclude<Answer, boolean>;
    } catch (error) {
      const answer = answerInside(error);
      if (answer !== undefined) return answer as Exclude<Answer, boolean>;
      // Also after a time-out: the library does not find its place again when the late answer comes.
      this.#open.delete(server);
      void connection?.close().catch(() => undefined);
      throw error instanceof Failure ? error : requestFailure(this.kafka, server, error);
    }
  }

  /** The first address where something answers decides; only silence makes it try the next. */
  async callAny<Args extends unknown[], Answer>(
    addresses: readonly Address[],
    api: API<Args, Answer>,
    ...args: Args
  ): Promise<Exclude<Answer, boolean>> {
    const reasons: string[] = [];
    for (const address of addresses) {
      try {
        return await this.call(address, api, ...args);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        reasons.push(error.reason);
      }
    }
    throw new Unreachable(addresses.map(formatAddress), [...new Set(reasons)].join(', '));
  }

  async close(): Promise<void> {
    const connections = [...this.#open.values()];
    this.#open.clear();
    await Promise.allSettled(connections.map(async (connection) => (await connection).close()));
  }

  #connect(server: string, address: Address): Promise<Connection> {
    const known = this.#open.get(server);
    if (known !== undefined) return known;
    const connecting = this.#dial(server, address);
    this.#open.set(server, connecting);
    return connecting;
  }

  async #dial(server: string, { host, port }: Address): Promise<Connection> {
    const { timeoutMs, tls } = this.options;
    const connection = new this.kafka.Connection(CLIENT_ID, {
      connectTimeout: Math.min(5000, timeoutMs),
      requestTimeout: timeoutMs,
      ...(tls === undefined ? {} : { tls: {}, tlsServerName: true }),
    });
    // An event of this name without a listener ends the process; the requests under way get the error as well.
    connection.on('error', () => undefined);
    connection.on('close', () => this.#open.delete(server));
    await connection.connect(host, port);
    return connection;
  }
}

export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `broker-1.example:9092`, `[::1]:9092` */
export function parseAddress(server: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(server.trim());
  if (match === null)
    throw new Failure(
      'KAFKA-BOOTSTRAP',
      `a bootstrap server cannot be read, got ${server}; it is host:port.`,
      'Give host:port, for example 127.0.0.1:9092.',
      2,
    );
  return { host: match[1] ?? match[2]!, port: Number(match[3]) };
}
