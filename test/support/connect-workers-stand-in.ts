import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly authorization?: string;
}

/** Status and body; a text is sent as it is, `hang-up` closes the connection without a word. */
export type Reply = readonly [status: number, body?: unknown] | 'hang-up';

/** Answers as a worker would in a moment that a real one cannot be brought into at will, over a real socket of 127.0.0.1. */
export class StandIn {
  readonly asked: Asked[] = [];
  readonly #server: Server;

  /** `reply` gets the how manieth time it is that this method and path are asked, from 1. */
  constructor(reply: (asked: Asked, time: number) => Reply, tls?: ServerOptions) {
    const listener: RequestListener = (request, response) => {
      void textOf(request).then((text) => {
        const { authorization } = request.headers;
        const asked = {
          method: request.method!,
          path: request.url!,
          body: text === '' ? undefined : (JSON.parse(text) as unknown),
          ...(authorization === undefined ? {} : { authorization }),
        };
        this.asked.push(asked);
        const time = this.lines.filter((line) => line === this.lines.at(-1)).length;
        const replied = reply(asked, time);
        if (replied === 'hang-up') return request.socket.destroy();
        const [status, body] = replied;
        response.writeHead(status, { 'content-type': 'application/json' });
        return response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
      });
    };
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  }

  /** `GET /connectors`, in order. */
  get lines(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`);
  }

  get url(): string {
    const scheme = 'setSecureContext' in this.#server ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    return this;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }
}

export function errorBody(code: number, message: string): Reply {
  return [code, { error_code: code, message }];
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
