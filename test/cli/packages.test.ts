import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TemporaryProject, type Ran } from '../support/kdk';

const ENVIRONMENT = `name: own
target: hosts
kafka: { version: '4.3' }
nodePools:
  nodes: { roles: [broker, controller], replicas: 1 }
listeners:
  internal: { authentication: scram-sha-512 }
targets:
  hosts:
    inventory:
      h1: { address: h1.example, nodePool: nodes, nodeId: 1, logDirs: [/data/1/kafka] }
`;

describe('kdk packages', () => {
  const project = new TemporaryProject({ 'environments/own.yaml': ENVIRONMENT });
  const run = (...args: string[]): Promise<Ran> =>
    project.kdk(['packages', 'own', ...args], {
      PATH: `${project.path('bin')}:${process.env.PATH}`,
      // A Kafka of the user's own: it is taken as it is, where that of the kit is compared with what was published.
      KAFKA_HOME: project.path('kafka'),
      KDK_CACHE: project.path('cache'),
    });
  const program = (path: string, content: string): void => {
    mkdirSync(dirname(project.path(path)), { recursive: true });
    writeFileSync(project.path(path), content);
    chmodSync(project.path(path), 0o755);
  };

  beforeAll(() => {
    program('kafka/libs/kafka_2.13-4.3.1.jar', 'jar');
    program('kafka/bin/kafka-topics.sh', '#!/bin/sh\n');
    project.write('kafka/config/log4j2.yaml', '');
    program('bin/java', '#!/bin/sh\necho \'openjdk version "17.0.15"\' >&2\n');
    // Stands for npm and Maven where there is no network: nothing here needs them.
    program('bin/npm', '#!/bin/sh\nexit 7\n');
    // The head of a program for Linux, and a script would do nothing: what is packed is only looked at.
    const head = Buffer.alloc(64);
    head.write('\x7fELF', 'latin1');
    head.writeUInt16LE(0x3e, 18);
    mkdirSync(project.path('node/bin'), { recursive: true });
    writeFileSync(project.path('node/bin/node'), head);
    execFileSync('tar', ['-czf', project.path('node.tar.gz'), '-C', project.folder, 'node']);
  });
  afterAll(() => project.remove());

  test('fails where nothing was rendered, and says so before anything is packed', async () => {
    const { status, stderr } = await run('--out', 'out', '--only', 'kdk');
    expect(status).toBe(2);
    expect(stderr).toContain('OUTPUT-NOT-RENDERED');
    expect(existsSync(project.path('out'))).toBe(false);
  });

  test('packs kdk with its Node.js for each kind of machine, links it into the folder of each host, and only once', async () => {
    expect((await project.kdk(['render', 'own', '--out', 'out'])).status).toBe(0);
    const first = await run('--out', 'out', '--only', 'kdk', '--node', 'node.tar.gz', '--json');
    expect(first).toMatchObject({ status: 0 });
    const { result } = JSON.parse(first.stdout) as { result: { packages: { file: string; changed: boolean }[] } };
    expect(result).toMatchObject({ folder: 'out/packages', hosts: ['h1'], packages: [{ changed: true }] });
    const { file } = result.packages[0]!;
    expect(file).toMatch(/^kdk-\d.*-x64\.tgz$/);
    expect(statSync(project.path('out/h1/packages', file)).ino).toBe(statSync(project.path('out/packages', file)).ino);
    execFileSync('sha256sum', ['-c', 'packages.sha256'], { cwd: project.path('out/h1/packages'), stdio: 'pipe' });
    const names = execFileSync('tar', ['-tzf', project.path('out/packages', file)], { encoding: 'utf8' });
    for (const part of [
      '/bin/kdk',
      '/node/node',
      '/dist/bin/kdk.js',
      '/package.json',
      '/@platformatic/kafka/package.json',
    ])
      expect(names).toContain(`${part}\n`);
    // What a killed run leaves, and what a host leaves that is no more.
    writeFileSync(project.path('out/packages/kafka_2.13-4.3.1.tgz.tmp'), 'half');
    mkdirSync(project.path('out/gone/packages'), { recursive: true });
    writeFileSync(project.path('out/gone/packages/packages.sha256'), '');
    const second = await run('--out', 'out', '--only', 'kdk', '--node', 'node.tar.gz', '--json');
    expect(JSON.parse(second.stdout).result.packages).toMatchObject([{ file, changed: false }]);
    expect(readdirSync(project.path('out/packages')).sort()).toEqual([file, 'packages.json', 'packages.sha256']);
    expect(existsSync(project.path('out/gone/packages'))).toBe(false);
    // A render afterwards leaves packages alone.
    expect((await project.kdk(['render', 'own', '--out', 'out'])).status).toBe(0);
    expect(existsSync(project.path('out/h1/packages', file))).toBe(true);
    // A package that was changed is made again.
    rmSync(project.path('out/packages', file));
    writeFileSync(project.path('out/packages', file), 'changed');
    const third = await run('--out', 'out', '--only', 'kdk', '--node', 'node.tar.gz', '--json');
    expect(JSON.parse(third.stdout).result.packages).toMatchObject([{ file, changed: true }]);
    expect(readFileSync(project.path('out/h1/packages', file)).length).toBeGreaterThan(1000);
  });

  test.each<[string, string[], string]>([
    ['an unknown part', ['--out', 'out', '--only', 'kafak'], 'kafka, java, kdk are allowed'],
    ['an unknown kind of machine', ['--out', 'out', '--arch', 'amd64'], 'x64, arm64 are allowed'],
    ['no folder', [], 'got no --out'],
    ['a Java where hosts have one', ['--out', 'out', '--java', 'jre.tar.gz'], 'PACKAGES-JAVA'],
    ['another target', ['--out', 'out', '--target', 'local'], 'PACKAGES-TARGET'],
  ])('fails with %s', async (_, args, message) => {
    const { status, stderr } = await run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });

  test('fails with what to do where npm brings no Node.js', async () => {
    const { status, stderr } = await run('--out', 'out', '--only', 'kdk');
    expect(status).toBe(3);
    expect(stderr).toContain('npm could not bring Node.js');
    expect(stderr).toContain('--only kafka');
    expect(readdirSync(project.path('cache')).filter((name) => name.includes('.tmp-'))).toEqual([]);
  });
});
