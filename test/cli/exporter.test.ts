import { createServer } from 'node:net';
import { runExporter } from '../../lib/cli/commands/exporter';
import { freePorts } from '../support/free-ports';
import { TemporaryProject } from '../support/kdk';
import { memoryContext, SHOP, shopCluster } from '../support/memory-reach';

const reach = { bootstrap: 'kafka-1:9092' };
const project = new TemporaryProject({ 'shop.yaml': SHOP });
const file = project.path('shop.yaml');
afterAll(() => project.remove());

describe('kdk exporter', () => {
  test('serves metrics until it is interrupted', async () => {
    const port = await freePorts(1);
    const stop = new AbortController();
    const told: string[] = [];
    const context = {
      ...memoryContext(shopCluster()),
      signal: stop.signal,
      tell: (lines: readonly string[]) => void told.push(...lines),
    };
    const running = runExporter(file, { ...reach, listen: `127.0.0.1:${port}` }, context);
    const url = `http://127.0.0.1:${port}/metrics`;
    let text = '';
    for (let tries = 0; tries < 200 && !text.includes('kafka_exporter_up 1'); tries++) {
      text = await fetch(url).then((answer) => answer.text(), () => ''); // prettier-ignore
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(text).toContain('kafka_exporter_up 1');
    expect(text).toMatch(/^kafka_log_dir_size_bytes\{node="b1",log_dir="[^"]+"\} \d+$/m);
    expect(told).toEqual([`metrics of shop at ${url}`]);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    stop.abort();
    expect(await running).toMatchObject({ environment: 'shop', lines: ['stopped after 1 look'] });
    await expect(fetch(url)).rejects.toThrow();
  });

  test.each(['9308', 'localhost', 'localhost:99999', ':9308', 'a b:1'])(
    'fails where %s is to be listened on',
    async (listen) => {
      await expect(runExporter(file, { ...reach, listen }, memoryContext(shopCluster()))).rejects.toMatchObject({
        code: 'USAGE',
        status: 2,
      });
    },
  );

  test('fails where somebody else listens there', async () => {
    const port = await freePorts(1);
    const other = createServer();
    await new Promise<void>((listening) => other.listen(port, '127.0.0.1', listening));
    const ran = runExporter(file, { ...reach, listen: `127.0.0.1:${port}` }, memoryContext(shopCluster()));
    await expect(ran).rejects.toMatchObject({ code: 'LISTEN', message: expect.stringContaining('got EADDRINUSE') });
    await new Promise((closed) => other.close(closed));
  });
});
