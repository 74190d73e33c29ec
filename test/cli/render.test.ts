import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { codes, MINIMAL } from '../support/environments';
import { REPOSITORY, TemporaryProject } from '../support/kdk';

const ACCOUNT = `principals:
  checkout: { listener: internal, produce: { topics: [orders] } }
topics:
  orders: { partitions: 6 }
`;
const HOSTS = `name: own
target: hosts
kafka: { version: '4.3' }
nodePools:
  nodes: { roles: [broker, controller], replicas: 3 }
listeners:
  internal: { authentication: scram-sha-512 }
targets:
  hosts:
    inventory:
      h1: { address: h1.example, nodePool: nodes, nodeId: 1, logDirs: [/data/1/kafka] }
      h2: { address: h2.example, nodePool: nodes, nodeId: 2, logDirs: [/data/1/kafka] }
      h3: { address: h3.example, nodePool: nodes, nodeId: 3, logDirs: [/data/1/kafka] }
${ACCOUNT}`;

describe('kdk render', () => {
  const project = new TemporaryProject({ 'environments/own.yaml': HOSTS, 'environments/mini.yaml': MINIMAL + ACCOUNT });
  const manifest = () => JSON.parse(readFileSync(project.path('out/.kdk-manifest'), 'utf8')) as { files: string[] };
  afterAll(() => project.remove());

  test('writes what Prometheus reads of the nodes that kdk up starts with metrics', async () => {
    expect(await project.kdk(['render', 'mini', '--monitoring', 'watch'])).toMatchObject({ status: 0 });
    const configuration = readFileSync(project.path('watch/prometheus.yaml'), 'utf8');
    for (const port of [19101, 19102, 19103]) expect(configuration).toContain(`- 127.0.0.1:${port}\n`);
  });

  test('fails where nodes are to have metrics that the environment switches off', async () => {
    project.write('environments/off.yaml', `${MINIMAL}monitoring: { metrics: false }\n`);
    const [up, render] = [['up', 'off', '--metrics'], ['render', 'off', '--monitoring', 'watch']]; // prettier-ignore
    expect(await project.kdk(up!)).toMatchObject({ status: 2, stderr: expect.stringContaining('error METRICS-OFF') });
    expect((await project.kdk(render!)).stderr).toContain('error MONITORING-OFF');
  });

  test('writes a folder, leaves what is current alone and removes what is gone', async () => {
    const first = await project.kdk(['render', 'own', '--out', 'out', '--clients', 'clients', '--json']);
    expect(first).toMatchObject({ status: 0 });
    const { result } = JSON.parse(first.stdout);
    expect(result).toMatchObject({ target: 'hosts', out: { unchanged: [], removed: [] } });
    // Nobody is to believe that files of nodes make topics and users.
    expect(codes(JSON.parse(first.stdout).issues)).toContain('RENDER-LEFT-OUT topics');
    expect(result.out.written).toContain('RUNBOOK.md');
    expect(readFileSync(project.path('clients/checkout/client.properties'), 'utf8')).toContain(
      'h1.example:9092,h2.example',
    );
    expect(manifest().files).toEqual([...result.out.written].sort());

    const old = new Date('2026-01-01T00:00:00Z');
    utimesSync(project.path('out/RUNBOOK.md'), old, old);
    project.write('out/mine.txt', 'a note');
    project.write('environments/own.yaml', HOSTS.replaceAll('h3', 'h4'));
    const second = await project.kdk(['render', 'own', '--out', 'out', '--json']);
    const changed = JSON.parse(second.stdout).result.out as { written: string[]; removed: string[] };
    expect(changed.removed.length).toBeGreaterThan(3);
    expect(changed.removed.every((path) => path.startsWith('h3/'))).toBe(true);
    expect(existsSync(project.path('out/h3'))).toBe(false);
    expect(existsSync(project.path('out/h4'))).toBe(true);
    expect(readFileSync(project.path('out/mine.txt'), 'utf8')).toBe('a note');

    const third = await project.kdk(['render', 'own', '--out', 'out']);
    expect(third.stdout).toMatch(/^out: \d+ files, 0 written, \d+ unchanged\n$/);
    const script = manifest().files.find((path) => path.endsWith('.sh'))!;
    expect(statSync(project.path('out', script)).mode & 0o777).toBe(0o755);
    project.write('environments/own.yaml', HOSTS);
  });

  test('renders what kdk up runs on this machine, below the folder of the project', async () => {
    const { status } = await project.kdk(['render', 'mini', '--out', 'local-files']);
    expect(status).toBe(0);
    const properties = readFileSync(project.path('local-files/nodes-0/server.properties'), 'utf8');
    expect(properties).toContain(`${project.folder}/.kdk/mini/nodes/nodes-0/data`);
  });

  test('fails on folders that hold other things', async () => {
    const foreign = await project.kdk(['render', 'mini', '--out', 'environments']);
    expect(foreign).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('OUTPUT-FOREIGN') });

    const other = await project.kdk(['render', 'mini', '--out', 'out']);
    expect(other).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/got "out" with hosts of own; local of mini/),
    });

    await project.kdk(['render', 'mini', '--clients', 'linked']);
    mkdirSync(project.path('outside'));
    symlinkSync(project.path('outside'), project.path('linked/billing'));
    project.write('environments/mini.yaml', MINIMAL + ACCOUNT.replace('checkout', 'billing'));
    const linked = await project.kdk(['render', 'mini', '--clients', 'linked']);
    expect(linked).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/something else is in the way, got "linked\/billing"/),
    });
    expect(existsSync(project.path('outside/client.properties'))).toBe(false);

    project.write(
      'tampered/.kdk-manifest',
      JSON.stringify({ environment: 'mini', content: 'local', files: ['../environments/mini.yaml'] }),
    );
    const tampered = await project.kdk(['render', 'mini', '--out', 'tampered']);
    expect(tampered).toMatchObject({ status: 1, stderr: expect.stringContaining('OUTPUT-MANIFEST') });
    expect(existsSync(project.path('environments/mini.yaml'))).toBe(true);

    project.write('a-file', '');
    const file = await project.kdk(['render', 'mini', '--out', 'a-file']);
    expect(file).toMatchObject({ status: 1, stderr: expect.stringContaining('FILE-UNWRITABLE') });
  });

  test('fails without bootstrap servers where a service chooses them', async () => {
    const env = `${REPOSITORY}/environments/dev.yaml`;
    const unknown = await project.kdk(['render', env, '--clients', 'dev']);
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('BOOTSTRAP-UNKNOWN') });
    const given = await project.kdk(['render', env, '--clients', 'dev', '--bootstrap', 'b1.example:9098']);
    expect(given.status).toBe(0);
    expect(readFileSync(project.path('dev/billing/client.properties'), 'utf8')).toContain(
      'bootstrap.servers=b1.example:9098',
    );
  });

  test('renders for an operator beside the kit, with a report of what it cannot say', async () => {
    const staging = `${REPOSITORY}/environments/staging.yaml`;
    const { status, stdout } = await project.kdk([
      ...['render', staging, '--backend', 'strimzi', '--out', 'strimzi', '--json'],
    ]);
    expect(status).toBe(0);
    const { issues, result } = JSON.parse(stdout);
    expect(result).toMatchObject({ target: 'kubernetes', backend: 'strimzi' });
    expect(codes(issues)).toEqual(['STRIMZI-TOMBSTONE topics.orders-v1.deleted']);
    expect(issues[0].at).toMatchObject({ file: expect.stringContaining('base.yaml') });
    expect(readFileSync(project.path('strimzi/REPORT.md'), 'utf8')).toContain('STRIMZI-TOMBSTONE');

    const unknown = await project.kdk(['render', staging, '--backend', 'helm', '--out', 'helm']);
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('BACKEND-UNKNOWN') });
    const elsewhere = await project.kdk(['render', 'own', '--backend', 'strimzi', '--out', 'elsewhere']);
    expect(elsewhere).toMatchObject({ status: 1, stderr: expect.stringContaining('KUBERNETES-TARGET') });
  });

  test.each([
    ['dev', 'dev.template.json'],
    ['staging', '60-statefulset-'],
  ])('renders the environment %s of the repository', async (name, file) => {
    const { status, stdout } = await project.kdk([
      'render',
      `${REPOSITORY}/environments/${name}.yaml`,
      '--out',
      `rendered-${name}`,
      '--json',
    ]);
    expect(status).toBe(0);
    expect((JSON.parse(stdout).result.out.written as string[]).some((path) => path.startsWith(file))).toBe(true);
  });
});
