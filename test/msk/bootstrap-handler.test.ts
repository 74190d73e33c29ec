import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';

const HANDLER = '../../lib/msk/handlers/bootstrap-brokers.cjs';
const ARN = 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/0a1b-2';

interface Answer {
  Status: string;
  Reason?: string;
  PhysicalResourceId: string;
  Data?: Record<string, string>;
}

/** Stand-ins over HTTP for the Amazon MSK API and for CloudFormation's answer URL; the SDK between them is the real one. */
class StandIn {
  readonly answers: Answer[] = [];
  readonly asked: string[] = [];
  response: { status: number; body: object } = { status: 200, body: {} };

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<StandIn> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method === 'PUT') {
          standIn.answers.push(JSON.parse(Buffer.concat(chunks).toString()) as Answer);
          response.end();
          return;
        }
        standIn.asked.push(decodeURIComponent(request.url ?? ''));
        response.statusCode = standIn.response.status;
        if (standIn.response.status === 403) response.setHeader('x-amzn-errortype', 'ForbiddenException');
        response.end(JSON.stringify(standIn.response.body));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const standIn = new StandIn(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return standIn;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

describe('the function that reads bootstrap brokers', () => {
  let standIn: StandIn;
  const environment = { ...process.env };
  const quiet: jest.SpyInstance[] = [];

  beforeEach(async () => {
    standIn = await StandIn.start();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_KAFKA: standIn.url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    quiet.push(jest.spyOn(console, 'log').mockReturnValue(), jest.spyOn(console, 'error').mockReturnValue());
  });
  afterEach(async () => {
    process.env = { ...environment };
    quiet.splice(0).forEach((spy) => spy.mockRestore());
    await standIn.stop();
  });

  async function run(request: object): Promise<Answer> {
    const { handler } = require(HANDLER) as { handler(event: object): Promise<void> };
    await handler({
      ResponseURL: `${standIn.url}/answer`,
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'BootstrapBrokers',
      ResourceProperties: { ClusterArn: ARN },
      ...request,
    });
    return standIn.answers[0]!;
  }

  test('answers with every string that the service returns', async () => {
    standIn.response.body = { bootstrapBrokerStringSaslIam: 'b-1:9098', bootstrapBrokerStringSaslScram: 'b-1:9096' };
    const answer = await run({ RequestType: 'Create' });
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ARN,
      Data: { BootstrapBrokerStringSaslIam: 'b-1:9098', BootstrapBrokerStringSaslScram: 'b-1:9096' },
    });
    expect(standIn.asked).toEqual([`/v1/clusters/${ARN}/bootstrap-brokers`]);
  });

  test('asks again on an update and keeps its identity', async () => {
    standIn.response.body = { bootstrapBrokerStringSaslIam: 'b-1:9098,b-2:9098' };
    const answer = await run({ RequestType: 'Update', PhysicalResourceId: ARN });
    expect(answer).toMatchObject({
      PhysicalResourceId: ARN,
      Data: { BootstrapBrokerStringSaslIam: 'b-1:9098,b-2:9098' },
    });
  });

  test('has nothing to do on a delete', async () => {
    expect(await run({ RequestType: 'Delete', PhysicalResourceId: ARN })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ARN,
    });
    expect(standIn.asked).toEqual([]);
  });

  test('fails the deployment with the reason where the service refuses', async () => {
    standIn.response = { status: 403, body: { message: 'not allowed' } };
    expect(await run({ RequestType: 'Create' })).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('not allowed') as string,
    });
  });

  test('fits into a template as inline code', () => {
    expect(readFileSync('lib/msk/handlers/bootstrap-brokers.cjs', 'utf8').length).toBeLessThan(4096);
  });
});
