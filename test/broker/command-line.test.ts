import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { localRoot, localState } from '../../lib/local';
import { nodeProcesses } from '../../lib/local/node-processes';
import type { RunningSection } from '../../lib/report';
import { MINIMAL } from '../support/environments';
import { freePorts } from '../support/free-ports';
import { eventually } from '../support/host-nodes';
import { KDK, STACK_TRACE, TemporaryProject, type Ran } from '../support/kdk';

/** What a user does with `kdk` and a real cluster, one thing after the other. */
describe('kdk on this machine', () => {
  const project = new TemporaryProject();
  let text: string;
  let root: string;

  beforeAll(async () => {
    const local = `targets: { local: { ports: { first: ${await freePorts(12)} }, heap: 320MiB } }\n`;
    const topics = 'topics:\n  orders: { partitions: 6 }\n  clicks: {}\n';
    const principals = 'principals:\n  checkout: { listener: internal, produce: { topics: [orders] } }\n';
    text = MINIMAL + topics + principals + local;
    project.write('environments/mini.yaml', text);
    root = localRoot(project.folder, 'mini');
  });
  afterAll(() => {
    for (const { node, format } of nodeProcesses(root).values())
      for (const left of [node, format]) if (left !== undefined) process.kill(left.pid, 'SIGKILL');
    project.remove();
  });

  const running = (): number => localState({ root })?.nodes.filter(({ pid }) => pid !== undefined).length ?? 0;
  const json = (ran: Ran) => JSON.parse(ran.stdout);

  /** Sends the signal when standard error first shows `step`. */
  async function interruptAt(step: string): Promise<{ status: unknown; stderr: string }> {
    const child = spawn(process.execPath, [KDK, 'up', 'mini'], {
      cwd: project.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    let isSent = false;
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (isSent || !stderr.includes(step)) return;
      isSent = true;
      child.kill('SIGINT');
    });
    const status = await new Promise((done) => child.on('close', done));
    return { status, stderr };
  }

  test('Ctrl-C during up stops what it had started, with a clear message', async () => {
    const { status, stderr } = await interruptAt('starting nodes');
    expect(status).toBe(130);
    expect(stderr).toContain('stopping; press Ctrl-C again to leave at once');
    expect(stderr).toMatch(/error INTERRUPTED .*Run kdk up again/);
    expect(stderr).not.toMatch(STACK_TRACE);
    expect(running()).toBe(0);
  });

  test('up forms the cluster, creates its topics and writes the settings of its clients', async () => {
    const up = await project.kdk(['up', 'mini', '--metrics']);
    expect(up.status).toBe(0);
    const servers = localState({ root })!.bootstrapServers.internal!;
    expect(up.stdout).toContain('mini is up: Kafka 4.3.1, 3 nodes, 2 topics, 2 created now\n');
    expect(up.stdout).toContain(`bootstrap servers (internal): ${servers}\n`);
    expect(up.stdout).toMatch(/^logs: \.kdk\/mini\/nodes\/\*\/logs\/\S+$/m);
    expect(up.stdout).toMatch(/^Try next:\n {2}npx kdk status mini\n {2}npx kdk verify mini\n {2}\S/m);
    expect(up.stderr).toContain('starting nodes');
    const settings = readFileSync(project.path('.kdk/mini/clients/checkout/client.properties'), 'utf8');
    expect(settings).toContain(`bootstrap.servers=${servers}`);
    expect(existsSync(project.path('.kdk/mini/nodes/nodes-0/data/meta.properties'))).toBe(true);
  });

  test('a second up finds it, and status and verify are content', async () => {
    const again = await project.kdk(['up', 'mini', '--json']);
    expect(again.status).toBe(0);
    expect(json(again)).toMatchObject({
      command: 'up',
      environment: 'mini',
      result: { cluster: { outcome: 'found', started: [] }, topics: { created: [], existing: ['orders', 'clicks'] } },
    });
    const status = await project.kdk(['status', 'mini']);
    expect(status).toMatchObject({ status: 0, stdout: expect.stringContaining('brokers: 3 of 3 up\n') });
    const verify = await project.kdk(['verify', 'mini', '--json']);
    expect(verify.status).toBe(0);
    expect(json(verify)).toMatchObject({ command: 'verify', issues: [], result: { status: 'ok' } });
    const roundTrips = (json(verify).result.checks as { id: string }[]).filter(({ id }) => id === 'ROUND-TRIP');
    expect(roundTrips).toHaveLength(3);
  });

  test('a report shows what runs, as of now', async () => {
    const ran = await project.kdk(['report', 'mini', '--live', '--out', 'report.html', '--json']);
    expect(ran.status).toBe(0);
    const { running } = json(ran).result.report as { running: RunningSection };
    expect(running).toMatchObject({
      topics: { declared: 2, missing: 0 },
      partitions: { offline: 0, underMinIsr: 0, underReplicated: 0 },
      wrong: [],
    });
    expect(running.brokers.map(({ state, disk }) => [state, disk!.totalBytes > 0])).toEqual(
      Array(3).fill(['up', true]),
    );
    expect(Date.now() - Date.parse(running.seenAt)).toBeLessThan(60_000);
    const page = readFileSync(project.path('report.html'), 'utf8');
    expect(page).toContain(running.clusterId);
    expect(page).not.toMatch(/\bsrc="|<link\b/);
  });

  test('metrics of its nodes are read where up, status and the configuration of Prometheus say', async () => {
    const ports = localState({ root })!.nodes.map(({ metricsPort }) => metricsPort!);
    const text = await (await fetch(`http://127.0.0.1:${ports[0]}/metrics`)).text();
    expect(text).toMatch(/^kafka_server_kafkaserver_brokerstate 3\.0$/m);
    const line = `metrics: ${ports.map((port) => `http://127.0.0.1:${port}/metrics`).join(' ')}\n`;
    expect((await project.kdk(['status', 'mini'])).stdout).toContain(line);
    const folder = project.path('monitoring');
    expect(await project.kdk(['render', 'mini', '--monitoring', folder])).toMatchObject({ status: 0 });
    const configuration = readFileSync(`${folder}/prometheus.yaml`, 'utf8');
    for (const port of ports) expect(configuration).toContain(`127.0.0.1:${port}`);
  });

  test('status and verify fail with status 1 while a broker is gone, and up repairs it', async () => {
    process.kill(localState({ root })!.nodes[1]!.pid!, 'SIGKILL');
    const verify = await project.kdk(['verify', 'mini']);
    expect(verify.status).toBe(1);
    expect(verify.stderr).toMatch(/^error ADVERTISED broker 1: .*ECONNREFUSED/m);
    // The controller fences a broker some seconds after its last heartbeat.
    const status = await eventually(60, async () => {
      const ran = await project.kdk(['status', 'mini', '--json']);
      expect(ran.status).toBe(1);
      return ran;
    });
    expect(json(status).issues).toContainEqual(expect.objectContaining({ code: 'BROKER-MISSING' }));
    const up = await project.kdk(['up', 'mini', '--json']);
    expect(up.status).toBe(0);
    expect(json(up).result.cluster).toMatchObject({ outcome: 'repaired', started: ['nodes-1'] });
  });

  test('up does what is safe, and warns of what is not as declared and costs something', async () => {
    project.write('environments/mini.yaml', text.replace('partitions: 6', 'partitions: 12, replicationFactor: 2'));
    const lenient = await project.kdk(['up', 'mini']);
    expect(lenient.status).toBe(0);
    expect(lenient.stderr).toMatch(
      /warning TOPIC-DIFFERENT topics\.orders\.replicationFactor: topic orders was there before .*got 3/,
    );
    expect(await project.kdk(['verify', 'mini'])).toMatchObject({ status: 1 });
  });

  test('down ends it and keeps the data, also when the environment is not valid any more', async () => {
    project.write('environments/mini.yaml', 'name: [');
    const down = await project.kdk(['down', 'mini', '--json']);
    expect(down.status).toBe(0);
    expect(json(down).result).toMatchObject({
      deleted: false,
      stopped: [{ how: 'ended' }, { how: 'ended' }, { how: 'ended' }],
    });
    expect(running()).toBe(0);
    expect(existsSync(project.path('.kdk/mini/nodes/nodes-0/data/meta.properties'))).toBe(true);
    const again = await project.kdk(['down', 'mini', '--delete']);
    expect(again).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('mini did not run; its data is removed'),
    });
    expect(existsSync(project.path('.kdk/mini/nodes'))).toBe(false);
  });
});
