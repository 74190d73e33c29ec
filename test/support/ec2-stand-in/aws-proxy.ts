import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in answers of itself, by action; undefined: what the emulator says. */
export type Fault = (call: AwsCall) => { readonly status: number; readonly body: string } | undefined;

export interface AwsCall {
  /** `AttachVolume`, `GetSecretValue`, `GetObject`. */
  readonly action: string;
  readonly parameters: URLSearchParams;
}

/** The metadata service of an instance (IMDSv2 only), and in front of an emulator of AWS one that refuses, delays and rewrites. */
export class AwsProxy {
  readonly calls: AwsCall[] = [];
  /** By path below `/latest/meta-data/`. */
  readonly metadata = new Map<string, string>();
  fault: Fault = () => undefined;
  rewrite: (call: AwsCall, body: string) => string = (_, body) => body;
  answered: (call: AwsCall, ok: boolean) => void = () => undefined;

  private constructor(
    private readonly server: Server,
    private readonly emulator: string,
  ) {}

  static async start(host: string, emulator: string, port = 0): Promise<AwsProxy> {
    const server = createServer((request, response) => {
      proxy.answer(request, response).catch((error: unknown) => {
        response.statusCode = 599;
        response.end(String(error));
      });
    });
    server.listen(port, host);
    await once(server, 'listening');
    const proxy: AwsProxy = new AwsProxy(server, emulator);
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get actions(): string[] {
    return this.calls.map(({ action }) => action);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    if (request.url!.startsWith('/latest/')) return this.answerMetadata(request, response);
    const parameters = new URLSearchParams(body.toString());
    const target = request.headers['x-amz-target'];
    const action =
      typeof target === 'string' ? target.split('.').at(-1)! : (parameters.get('Action') ?? `S3 ${request.method}`);
    const call = { action, parameters };
    this.calls.push(call);
    const fault = this.fault(call);
    if (fault !== undefined) {
      response.writeHead(fault.status, { 'content-type': 'text/xml' });
      response.end(fault.body);
      return;
    }
    const { host: _, 'content-length': __, connection: ___, expect: ____, ...headers } = request.headers;
    const forwarded = await fetch(`${this.emulator}${request.url}`, {
      method: request.method!,
      headers: headers as Record<string, string>,
      ...(body.length === 0 ? {} : { body }),
    });
    const answer = Buffer.from(await forwarded.arrayBuffer());
    this.answered(call, forwarded.ok);
    const type = forwarded.headers.get('content-type') ?? 'text/xml';
    const length = forwarded.headers.get('content-length');
    response.writeHead(forwarded.status, {
      'content-type': type,
      ...(request.method === 'HEAD' && length !== null ? { 'content-length': length } : {}),
      ...(forwarded.headers.has('etag') ? { etag: forwarded.headers.get('etag')! } : {}),
      ...(forwarded.headers.has('last-modified') ? { 'last-modified': forwarded.headers.get('last-modified')! } : {}),
    });
    response.end(/xml|json/.test(type) ? this.rewrite(call, answer.toString()) : answer);
  }

  private answerMetadata(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url!.slice('/latest/'.length);
    if (request.method === 'PUT' && path === 'api/token') {
      response.end('a-session-token');
      return;
    }
    // IMDSv1 has no token, and is off.
    const known = this.metadata.get(path.slice('meta-data/'.length));
    response.statusCode =
      request.headers['x-aws-ec2-metadata-token'] !== 'a-session-token' ? 401 : known === undefined ? 404 : 200;
    response.end(response.statusCode === 200 ? known : '');
  }
}

/** An error as EC2 words it. */
export function ec2Error(code: string, message: string, status = 400): { status: number; body: string } {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>`,
  };
}
