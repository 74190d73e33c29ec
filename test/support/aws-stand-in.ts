import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

export interface StackAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Stand-ins over HTTP for S3, for CloudFormation's DescribeStacks and for its answer URL; the SDK that talks to them is the real one. */
export class AwsStandIn {
  /** Objects by `/bucket/key`. */
  readonly objects = new Map<string, Buffer>();
  /** What CloudFormation was told, oldest first. */
  readonly answers: StackAnswer[] = [];
  stackStatus = 'CREATE_IN_PROGRESS';

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<AwsStandIn> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const path = new URL(request.url ?? '/', 'http://localhost').pathname;
        if (request.method === 'PUT') {
          standIn.answers.push(JSON.parse(body) as StackAnswer);
          response.end();
        } else if (request.method === 'GET') {
          const object = standIn.objects.get(decodeURIComponent(path));
          response.statusCode = object === undefined ? 404 : 200;
          response.end(object ?? '<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>');
        } else {
          response.setHeader('content-type', 'text/xml');
          response.end(standIn.describeStacks());
        }
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const standIn = new AwsStandIn(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return standIn;
  }

  /** Puts a value as a compressed asset, and says where. */
  put(key: string, value: unknown): { DesiredBucket: string; DesiredKey: string } {
    this.objects.set(`/assets/${key}`, gzipSync(typeof value === 'string' ? value : JSON.stringify(value)));
    return { DesiredBucket: 'assets', DesiredKey: key };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private describeStacks(): string {
    return (
      '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>' +
      `<StackName>kafka</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${this.stackStatus}</StackStatus>` +
      '</member></Stacks></DescribeStacksResult></DescribeStacksResponse>'
    );
  }
}
