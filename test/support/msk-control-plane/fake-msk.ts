import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeCluster, type FakeClusterOptions, type FakePace } from './fake-cluster';
import { badRequest, FakeError, notFound, throttled } from './fake-error';
import { described, FAKE_ROUTES } from './fake-routes';

export type FakeOperationName = keyof typeof FAKE_ROUTES & string;

export interface FakeMskOptions {
  /** How long creations and updates take. @default two looks */
  readonly pace?: FakePace;
  /** A port, where it must be known before. @default a free one */
  readonly port?: number;
}

/**
 * A fake of the control plane of Amazon MSK: it keeps clusters and speaks the API's HTTP on the loopback address, so that the real SDK is its
 * client (`AWS_ENDPOINT_URL_KAFKA`). It stands for what no emulator has: versions and states of a cluster, updates that take time, refusals,
 * throttling. What it does is what the documentation and reports of users say of the service; it is no proof of the service.
 */
export class FakeMsk {
  readonly clusters = new Map<string, FakeCluster>();
  /** What was asked, oldest first, for example `UpdateConnectivity`. */
  readonly asked: string[] = [];
  private readonly faults: { operation: string; error: FakeError }[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly pace: FakePace,
  ) {}

  static async start({ pace = { looks: 2 }, port = 0 }: FakeMskOptions = {}): Promise<FakeMsk> {
    const server = createServer((request, response) => void fake.answer(request, response));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const fake = new FakeMsk(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pace);
    return fake;
  }

  addCluster(options: Omit<FakeClusterOptions, 'pace'> & { readonly pace?: FakePace }): FakeCluster {
    const cluster = new FakeCluster({ pace: this.pace, ...options });
    this.clusters.set(cluster.arn, cluster);
    return cluster;
  }

  /** The next `times` requests of this operation are refused as throttled. */
  throttle(operation: FakeOperationName, times = 1): void {
    this.fail(operation, throttled(), times);
  }

  /** The next `times` requests of this operation are refused. */
  fail(operation: FakeOperationName, error: FakeError, times = 1): void {
    for (let count = 0; count < times; count++) this.faults.push({ operation, error });
  }

  /** How often an operation was asked for. */
  count(operation: FakeOperationName): number {
    return this.asked.filter((name) => name === operation).length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader('content-type', 'application/json');
    try {
      response.end(JSON.stringify(this.handle(request, Buffer.concat(chunks).toString())));
    } catch (error) {
      const { status, type, message, invalidParameter } =
        error instanceof FakeError ? error : new FakeError(500, 'InternalServerErrorException', String(error));
      response.statusCode = status;
      response.setHeader('x-amzn-errortype', type);
      response.end(JSON.stringify({ message, ...(invalidParameter === undefined ? {} : { invalidParameter }) }));
    }
  }

  private handle(request: IncomingMessage, body: string): object {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname);
    if (request.method === 'GET' && path === '/api/v2/clusters') {
      this.asked.push('ListClustersV2');
      const prefix = query.get('clusterNameFilter') ?? '';
      return {
        clusterInfoList: [...this.clusters.values()].filter(({ name }) => name.startsWith(prefix)).map(described),
      };
    }
    for (const [operation, route] of Object.entries(FAKE_ROUTES)) {
      const arn = request.method === route.method ? route.path.exec(path)?.[1] : undefined;
      if (arn === undefined) continue;
      this.asked.push(operation);
      const fault = this.faults.findIndex((one) => one.operation === operation);
      if (fault >= 0) throw this.faults.splice(fault, 1)[0]!.error;
      const cluster = this.clusterOf(arn);
      cluster.settle();
      const answer = route.answer({ cluster, body: body === '' ? {} : (JSON.parse(body) as never), query }, arn);
      if (request.method === 'GET') cluster.look();
      return answer;
    }
    throw badRequest(`the fake does not know ${request.method} ${path}`);
  }

  /** By its own ARN, or by that of one of its operations. */
  private clusterOf(arn: string): FakeCluster {
    const [, name, id] = /:cluster(?:-operation)?\/([^/]+)\/([^/]+)/.exec(arn) ?? [];
    for (const cluster of this.clusters.values()) if (cluster.arn.endsWith(`:cluster/${name}/${id}`)) return cluster;
    throw notFound(`The cluster ${arn} does not exist.`);
  }
}
