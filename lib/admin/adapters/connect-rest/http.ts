import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createSecureContext } from 'node:tls';
import { Failure } from '../../../core/issue';
import type { ConnectRestOptions, TlsOptions } from '../../port';

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/connectors?expand=info`, names in it encoded. */
  readonly path: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Undefined where the text is no JSON. */
  readonly json: unknown;
}

/** Nobody answered; what was asked for may have been done all the same. */
export class NoAnswer extends Error {
  constructor(
    readonly reason: string,
    /** What to do, where the reason says it. */
    readonly hint?: string,
  ) {
    super(reason);
  }
}

/** A host that does not exist says so late or never. */
const CONNECT_TIMEOUT_MS = 10_000;

/** One request to one worker. Node's own client, since its `fetch` takes no certificates. */
export class WorkerHttp {
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https: HttpsAgent;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;

  constructor({ tls, basicAuth, timeoutMs = 95_000 }: Omit<ConnectRestOptions, 'urls'>) {
    this.#https = new HttpsAgent({ keepAlive: true, ...(tls === undefined ? {} : secured(tls)) });
    this.#timeoutMs = timeoutMs;
    const login = basicAuth && Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString('base64');
    this.#headers = { accept: 'application/json', ...(login === undefined ? {} : { authorization: `Basic ${login}` }) };
  }

  ask(base: string, { method, path, body }: Question, signal: AbortSignal): Promise<Answer> {
    const url = new URL(base + path);
    const [request, agent] = url.protocol === 'https:' ? [httpsRequest, this.#https] : [httpRequest, this.#http];
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers =
      text === undefined
        ? this.#headers
        : { ...this.#headers, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) };
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, agent, headers, signal }, (response) => {
        read(response).then(resolve, fail);
      });
      let late: Error | undefined;
      const fail = (error: unknown): void => reject(noAnswer(late ?? error));
      const give = (afterMs: number, reason: string): NodeJS.Timeout =>
        setTimeout(() => sent.destroy((late = new Error(`${reason} within ${afterMs / 1000} s`))), afterMs);
      const whole = give(this.#timeoutMs, 'no answer');
      const connecting = give(Math.min(CONNECT_TIMEOUT_MS, this.#timeoutMs), 'no connection');
      sent.once('socket', (socket) => {
        if (!socket.connecting) return clearTimeout(connecting);
        return socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
      });
      sent.once('error', fail);
      sent.once('close', () => {
        clearTimeout(whole);
        clearTimeout(connecting);
      });
      sent.end(text);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode!, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function secured({ ca, certificate, key, keyPassword, verifyHost = true }: TlsOptions): object {
  const options = {
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(keyPassword === undefined ? {} : { passphrase: keyPassword }),
  };
  try {
    createSecureContext(options);
  } catch (error) {
    throw new Failure(
      'CONNECT-TLS',
      `The certificates for the REST interface of Connect cannot be used, got ${reasonOf(error)}; PEM texts of certificates and of a PKCS #8 key that fit each other are allowed.`,
      'Check the files, and the password of the key.',
      2,
    );
  }
  return verifyHost ? options : { ...options, checkServerIdentity: () => undefined };
}

function noAnswer(error: unknown): NoAnswer {
  if (error instanceof NoAnswer) return error;
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  return new NoAnswer(reasonOf(error), HINTS.find(([pattern]) => pattern.test(code))?.[1]);
}

/** By Node's code of the error. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^HPE_/, 'What listens there does not speak HTTP: is it a broker, or is the address https://?'],
  [/^EPROTO$|SSL_WRONG_VERSION/, 'What listens there does not speak TLS as this machine does: is the address http://?'],
  [/ALTNAME_INVALID/, 'Use the name that stands in the certificate of the worker.'],
  [/ALERT/, 'The worker wants a certificate of the client that it trusts.'],
  [/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS/, 'Give the certificate of the authority that the worker has its own from.'],
  [/^ENOTFOUND$|^EAI_AGAIN$/, 'Check the name of the host: it does not resolve here.'],
];

/** `localhost` is several addresses, each with an error of its own. */
function reasonOf(error: unknown): string {
  const { errors, message, code } = error as Partial<AggregateError> & NodeJS.ErrnoException;
  if (errors !== undefined && errors.length > 0) return reasonOf(errors[0]);
  return message || code || String(error);
}
