import type { Socket } from 'node:net';
import { types } from 'node:util';
import type { API, Connection } from '@platformatic/kafka';
import { Failure } from '../../../core/issue';
import { Unreachable, unsupported } from '../../failures';
import type { ConnectOptions } from '../../port';
import { formatAddress, type Address } from './addresses';
import type { KafkaLibrary } from './library';
import { apiVersions } from './messages/cluster';
import { logIn } from './sasl';
import { tlsFailure, usableTls } from './tls';
import { apiOf, type Message } from './wire/message';

export interface LinkOptions extends Pick<ConnectOptions, 'tls' | 'sasl'> {
  readonly timeoutMs: number;
  /** Names the client in the broker's logs and quotas. */
  readonly clientId: string;
}

export const CLIENT_ID = 'kafka-deployment-kit';

/** Part of a session after which the next request opens a new one: logging in again on a connection in use would mix with requests. */
const SESSION_SHARE = 0.8;
const CONNECT_MS = 5_000;

type Versions = ReadonlyMap<number, { readonly minVersion: number; readonly maxVersion: number }>;

/** One open connection to one broker, which has said what it speaks and, where that is asked for, has let the principal in. */
export class Link {
  #lastError: Error | undefined;
  #versions: Versions = new Map();
  #renewAt = Infinity;
  #underWay = 0;
  #retired = false;
  /** Whether it had an answer to anything but the question what the broker speaks. */
  #served = false;

  private constructor(
    private readonly kafka: KafkaLibrary,
    private readonly connection: Connection,
    private readonly address: Address,
    private readonly options: LinkOptions,
  ) {
    // An event of this name without a listener ends the process; it says more than what the requests under way are told.
    connection.on('error', (error) => (this.#lastError ??= error));
  }

  static async open(kafka: KafkaLibrary, address: Address, options: LinkOptions): Promise<Link> {
    const { timeoutMs, clientId } = options;
    const tls = options.tls === undefined ? {} : { tls: usableTls(options.tls, address) };
    const connection = new kafka.Connection(clientId, {
      connectTimeout: Math.min(CONNECT_MS, timeoutMs),
      requestTimeout: timeoutMs,
      ...tls,
    });
    const link = new Link(kafka, connection, address, options);
    try {
      await connection.connect(address.host, address.port);
      await link.#introduce();
      return link;
    } catch (error) {
      link.close();
      throw link.#failure(error, 'unsent');
    }
  }

  /** Whether the session still holds for some time. */
  get isFresh(): boolean {
    return !this.#retired && this.connection.isConnected() && Date.now() < this.#renewAt;
  }

  supports({ key, version }: Pick<Message<unknown, unknown>, 'key' | 'version'>): boolean {
    const range = this.#versions.get(key);
    return range !== undefined && range.minVersion <= version && version <= range.maxVersion;
  }

  async send<Request, Answer>(message: Message<Request, Answer>, request: Request): Promise<Answer> {
    if (!this.supports(message)) {
      const range = this.#versions.get(message.key);
      const known = range === undefined ? 'none' : `versions ${range.minVersion} to ${range.maxVersion}`;
      throw unsupported(formatAddress(this.address), `${message.name} version ${message.version}`, known);
    }
    return this.call(apiOf(this.kafka, message), request);
  }

  /** A request of the library's own. */
  async call<Args extends unknown[], Answer>(api: API<Args, Answer>, ...args: Args): Promise<Exclude<Answer, boolean>> {
    this.#underWay++;
    try {
      const answer = (await api.async(this.connection, ...args)) as Exclude<Answer, boolean>;
      this.#served = true;
      return answer;
    } catch (error) {
      const answer = answerInside(error);
      if (answer === undefined) {
        // Also after a time-out: the library does not find its place again when the late answer comes.
        this.close();
        throw this.#failure(error, 'sent');
      }
      this.#served = true;
      return answer as Exclude<Answer, boolean>;
    } finally {
      this.#underWay--;
      if (this.#retired && this.#underWay === 0) this.close();
    }
  }

  /** Closes it once what is under way has been answered. */
  retire(): void {
    this.#retired = true;
    if (this.#underWay === 0) this.close();
  }

  close(): void {
    this.#retired = true;
    void this.connection.close().catch(() => undefined);
    // The library only ends its side of a connection that failed, and the process would wait for the other side.
    (this.connection.socket as Socket | undefined)?.destroy();
  }

  async #introduce(): Promise<void> {
    const send = async <Request, Answer>(message: Message<Request, Answer>, request: Request): Promise<Answer> =>
      (await apiOf(this.kafka, message).async(this.connection, request)) as Answer;
    const { apiKeys } = await send(apiVersions, { clientSoftwareName: CLIENT_ID, clientSoftwareVersion: '1' });
    this.#versions = new Map(apiKeys.map((range) => [range.apiKey, range]));
    const { sasl } = this.options;
    if (sasl === undefined) return;
    const startedAt = Date.now();
    const lifetimeMs = await logIn(send, formatAddress(this.address), sasl);
    if (lifetimeMs > 0) this.#renewAt = startedAt + lifetimeMs * SESSION_SHARE;
    this.#served = true;
  }

  /** What it means that there was no answer. */
  #failure(error: unknown, request: 'unsent' | 'sent'): Error {
    if (error instanceof Failure) return error;
    const root = rootOf(this.#lastError ?? error);
    const server = formatAddress(this.address);
    const { tls } = this.options;
    const failure = tls === undefined ? undefined : tlsFailure({ server, tls }, root);
    if (failure !== undefined) return failure;
    if (error instanceof this.kafka.TimeoutError) return new Unreachable([server], 'no answer in time', request);
    // What the library did not throw is a mistake of ours, and is to be seen as one.
    if (!(error instanceof this.kafka.NetworkError)) return root;
    return new Unreachable([server], `${codeOf(root) ?? root.message}${this.#suspicion(root)}`, request);
  }

  /** A broker closes the connection without a word when a client speaks another protocol than the listener does. */
  #suspicion(root: NodeJS.ErrnoException): string {
    if (this.#served || !CLOSED.has(codeOf(root) ?? root.message)) return '';
    const { tls, sasl } = this.options;
    if (this.#versions.size > 0) return sasl === undefined ? ' (the listener may ask for a log-in by SASL)' : '';
    return tls === undefined
      ? ' (the listener may be encrypted with TLS)'
      : ' (the listener may not be encrypted, or ask for the certificate of the client)';
  }
}

const CLOSED = new Set(['Connection closed', 'ECONNRESET', 'EPIPE']);

/** As the system has it; the library's own codes say less than its messages. */
function codeOf({ code }: NodeJS.ErrnoException): string | undefined {
  return code?.startsWith('PLT_KFK') === true ? undefined : code;
}

/** `ECONNREFUSED` says more than `Connection to … failed`. */
function rootOf(error: unknown): NodeJS.ErrnoException {
  // Not by their class: errors of Node.js itself may come from another realm than this code.
  if (!types.isNativeError(error)) return new Error(String(error));
  return types.isNativeError(error.cause) ? rootOf(error.cause) : error;
}

/** The library throws where any item of an answer has an error; the kit reads each item by itself, so the answer is what it wants. */
function answerInside(error: unknown): unknown {
  return types.isNativeError(error) && 'response' in error ? error.response : undefined;
}
