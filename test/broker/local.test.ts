import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ProgressEvent } from '../../lib/core/issue';
import type { EnvironmentModel } from '../../lib/core/model';
import { downLocal, localFormation, localState, upLocal, type LocalCluster } from '../../lib/local';
import { identityOf } from '../../lib/local/process-table';
import { nodeProcesses } from '../../lib/local/node-processes';
import { MINIMAL, modelOfText } from '../support/environments';

const NAMES = ['nodes-0', 'nodes-1', 'nodes-2'];
const DIST = join(__dirname, '../../dist');

/** A real cluster of three combined nodes goes through what happens to it on a laptop, one thing after the other. */
describe('an environment on this machine', () => {
  let root: string;
  let yaml: string;
  let model: EnvironmentModel;

  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'kdk-up-')));
    yaml = `${MINIMAL}targets: { local: { ports: { first: ${await freePorts(9)} }, heap: 320MiB } }\n`;
    model = modelOfText(yaml, { localRoot: root });
  });
  afterAll(() => {
    for (const { node, format } of nodeProcesses(root).values())
      for (const process_ of [node, format]) if (process_ !== undefined) process.kill(process_.pid, 'SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  const silent = (): void => undefined;
  const up = (
    options: { progress?: (event: ProgressEvent) => void; signal?: AbortSignal } = {},
  ): Promise<LocalCluster> => upLocal(model, { root, progress: silent, ...options });
  const pids = (): (number | undefined)[] => localState({ root })!.nodes.map(({ pid }) => pid);
  const tool = (name: string, ...args: string[]): string => {
    const { kafkaHome, bootstrapServers } = localState({ root })!;
    const [server] = bootstrapServers.internal!.split(',');
    return execFileSync(join(kafkaHome, 'bin', name), ['--bootstrap-server', server!, ...args], { encoding: 'utf8' });
  };

  /** Runs `up` in a process of its own and kills that process when it tells of `step` for the first time, `afterMs` later. */
  async function upKilledAt(step: string, afterMs: number): Promise<void> {
    const script = `
      const { upLocal } = require(${JSON.stringify(join(DIST, 'lib/local'))});
      const { openEnvironment } = require(${JSON.stringify(join(DIST, 'lib/environment/open'))});
      const root = ${JSON.stringify(root)};
      const read = (path) => { if (path === 'test.yaml') return ${JSON.stringify(yaml)}; throw new Error(path); };
      const { model } = openEnvironment({ path: 'test.yaml', read, localRoot: root });
      upLocal(model, { root, progress: ({ step }) => console.log(step) }).then(() => console.log('done'));`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line === step) break;
    }
    await new Promise((done) => setTimeout(done, afterMs));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(lines).toContain(step);
    expect(lines).not.toContain('done');
  }

  test('comes up after commands that were killed while they formatted and while they started nodes', async () => {
    await upKilledAt('formatting nodes', 300);
    expect(localFormation(root)).toBe('first');
    await upKilledAt('starting nodes', 1000);
    const left = [...nodeProcesses(root).keys()];
    expect(left.length).toBeGreaterThan(0);
    const cluster = await up();
    expect(cluster).toMatchObject({ formation: 'formed', kafka: '4.3.1', environment: 'mini' });
    expect(cluster.nodes.map(({ name }) => name)).toEqual(NAMES);
    // Nodes that the killed command had started were taken on, not started twice.
    expect(cluster.started).toEqual(NAMES.filter((name) => !left.includes(name)));
    tool('kafka-topics.sh', '--create', '--topic', 'kept', '--partitions', '3');
    expect(tool('kafka-topics.sh', '--describe', '--topic', 'kept')).toMatch(/ReplicationFactor: 3/);
  }, 400_000);

  test('is found when it runs already, within two seconds', async () => {
    const before = pids();
    const start = performance.now();
    expect(await up()).toMatchObject({ outcome: 'found', started: [] });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(pids()).toEqual(before);
  });

  test('fails to come up with other settings while it runs, and changes nothing', async () => {
    const before = pids();
    const other = modelOfText(yaml.replace('320MiB', '321MiB'), { localRoot: root });
    await expect(upLocal(other, { root, progress: silent })).rejects.toMatchObject({
      code: 'CONFIG-CHANGED',
      message: expect.stringContaining(NAMES.map((name) => `nodes/${name}/config/jvm.options`).join(', ')),
    });
    expect(pids()).toEqual(before);
  });

  test('is repaired when a node was killed: that one is started, the others go on', async () => {
    const [first, second, third] = pids();
    const killed = identityOf(second!)!;
    process.kill(killed.pid, 'SIGKILL');
    while (identityOf(killed.pid)?.startedAt === killed.startedAt) await new Promise((done) => setTimeout(done, 20));
    expect(await up()).toMatchObject({ outcome: 'repaired', started: ['nodes-1'] });
    expect(pids()).toEqual([first, expect.any(Number), third]);
  }, 300_000);

  test('goes down by controlled shutdown in less than half a minute and keeps its data', async () => {
    const start = performance.now();
    const stopped = await downLocal({ root, progress: silent });
    expect(stopped.map(({ name }) => name)).toEqual(NAMES);
    // On a busy machine the last combined node may find the quorum gone before its shutdown was granted; never more than that one.
    expect(stopped.filter(({ how }) => how === 'killed').length).toBeLessThanOrEqual(1);
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(nodeProcesses(root).size).toBe(0);
    expect(existsSync(join(root, 'nodes/nodes-0/data/meta.properties'))).toBe(true);
  }, 120_000);

  test('fails when it is interrupted while nodes start, and leaves none of them', async () => {
    const controller = new AbortController();
    const progress = ({ step }: ProgressEvent): void => {
      if (step === 'starting nodes') setTimeout(() => controller.abort(), 500);
    };
    await expect(up({ progress, signal: controller.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(nodeProcesses(root).size).toBe(0);
  }, 60_000);

  test('comes up again with what it held', async () => {
    expect(await up()).toMatchObject({ outcome: 'started', started: NAMES, formation: 'formed' });
    expect(tool('kafka-topics.sh', '--list').trim().split('\n')).toContain('kept');
  }, 400_000);

  test('is not taken for running while its nodes end after a down that was killed', async () => {
    const before = pids();
    for (const pid of before) process.kill(pid!, 'SIGTERM');
    await new Promise((done) => setTimeout(done, 300));
    expect(await up()).toMatchObject({ outcome: 'started', started: NAMES });
    expect(pids().every((pid, index) => pid !== undefined && pid !== before[index])).toBe(true);
    await downLocal({ root, progress: silent });
  }, 400_000);
});

/** The first of `count` free ports in a row, below those that the system gives to outgoing connections. */
async function freePorts(count: number): Promise<number> {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((done) => {
      const server = createServer();
      server.once('error', () => done(false));
      server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
    });
  for (let first = 15_000 + (process.pid % 50) * count; first < 20_000; first += count) {
    const free = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ${count} free ports in a row`);
}
