import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { NodeModel } from '../../lib/core/model';
import { requireFreePorts } from '../../lib/local/ports';
import { modelOfText, MINIMAL } from '../support/environments';

describe('ports', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function listening(): Promise<number> {
    const server = createServer();
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  async function free(): Promise<number> {
    const port = await listening();
    servers.pop()!.close();
    return port;
  }
  async function node(ports: Record<string, number>, metricsPort?: number): Promise<NodeModel> {
    const [first] = modelOfText(MINIMAL, { localRoot: '/nowhere' }).nodes;
    return { ...first!, ports, ...(metricsPort === undefined ? {} : { metricsPort }) };
  }

  test('that are free pass, and are free afterwards', async () => {
    const nodes = [await node({ INTERNAL: await free(), CONTROLLER: await free() })];
    await expect(requireFreePorts(nodes)).resolves.toBeUndefined();
    await expect(requireFreePorts(nodes)).resolves.toBeUndefined();
  });

  test('that become free while nobody can be named as their holder pass', async () => {
    const port = await listening();
    const noTools = { PATH: '/nowhere' };
    const checked = requireFreePorts([await node({ INTERNAL: port })], noTools);
    setTimeout(() => servers.pop()!.close(), 600);
    await expect(checked).resolves.toBeUndefined();
  });

  test('fail when they are taken, all at once, each with its listener and the process that has it', async () => {
    const [taken, free_, metrics] = [await listening(), await free(), await listening()];
    const failure = requireFreePorts([await node({ INTERNAL: taken, CONTROLLER: free_ }, metrics)]);
    await expect(failure).rejects.toMatchObject({
      code: 'PORT-TAKEN',
      message: expect.stringMatching(
        /^2 ports are not free, got .*; every node needs its own ports on 127\.0\.0\.1\.$/,
      ),
      hint: expect.stringContaining('targets.local.ports.first'),
    });
    const { message } = (await failure.catch((error: Error) => error)) as Error;
    expect(message).toContain(`${taken} (INTERNAL of nodes-0): `);
    expect(message).toContain(`${metrics} (metrics of nodes-0): `);
    expect(message).not.toContain(String(free_));
    expect(message).toMatch(new RegExp(`process ${process.pid}|another process`));
  });
});
