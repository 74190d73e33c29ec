import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSsh, type SshOptions, type SshShell } from '../../lib/admin/adapters/ssh';
import { install, missingFiles, sha256, stage, type HostFile, type HostFolder } from '../../lib/admin/hosts';
import { SshServer } from '../support/ssh-server';

const host = { name: 'b1', address: 'b1.example', nodeId: 101 };

describe('hosts over a real SSH', () => {
  const root = mkdtempSync(join(tmpdir(), 'kdk hosts-'));
  const options = { environment: 'dc1', paths: { state: join(root, 'state.sh'), staging: join(root, 'staging') } };
  const current = (path = ''): string => join(root, 'staging/dc1/current', path);
  let server: SshServer;
  let shell: SshShell;

  const through = (more: SshOptions): SshShell => openSsh({ port: server.port, user: 'root', ...more });
  const file = (path: string, content: string): HostFile => ({
    ...{ path, content, sha256: sha256(content), bytes: content.length },
    executable: path.endsWith('.sh'),
  });
  const folder = (...files: HostFile[]): HostFolder => ({ files, version: '4.3.1' });
  const bring = async (wanted: HostFolder): Promise<string[]> => {
    const missing = await missingFiles(shell, host, { ...options, folder: wanted });
    if (missing.length > 0) await stage(shell, host, { ...options, folder: wanted, missing });
    return missing.map(({ path }) => path);
  };

  beforeAll(async () => {
    server = await SshServer.start();
    shell = through({ configFile: server.config() });
  }, 60_000);
  afterAll(async () => {
    await shell.close();
    await server.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test('a script gets its arguments and its input as they are, and its status comes back', async () => {
    const script = 'printf "%s|" "$@"; cat; echo "a word" >&2; exit 7';
    const args = [`it's "odd" $HOME`, 'two\nlines', ''];
    const answer = await shell.run(host, { script, args, input: 'from here' });
    expect(answer).toMatchObject({ status: 7, stdout: `it's "odd" $HOME|two\nlines||from here` });
    expect(answer.stderr).toContain('a word');
  });

  test('sudo changes nothing of a script and its arguments', async () => {
    const other = through({ configFile: server.config(), become: 'sudo' });
    const { status, stdout } = await other.run(host, { script: 'echo "$(id -u) $SUDO_USER $1"', args: ["$HOME it's"] });
    expect([status, stdout]).toEqual([0, "0 root $HOME it's\n"]);
    await other.close();
  }, 30_000);

  test('a long answer comes whole', async () => {
    const { stdout } = await shell.run(host, { script: 'seq 1 200000' });
    expect(stdout.length).toBe(1_288_895);
    expect(stdout.endsWith('\n200000\n')).toBe(true);
  });

  test('a folder comes whole, for root alone; a second time nothing is copied, and later only what differs', async () => {
    const archive = file('packages/kafka.tgz', 'x'.repeat(300_000));
    const first = folder(file('server.properties', 'a=1\n'), file('bin/start.sh', '#!/bin/sh\n'), archive);
    expect(await bring(first)).toEqual(['server.properties', 'bin/start.sh', 'packages/kafka.tgz']);
    const mode = (path: string): string => (statSync(current(path)).mode & 0o777).toString(8);
    expect([mode(''), mode('server.properties'), mode('bin/start.sh')]).toEqual(['700', '600', '700']);
    expect(await bring(first)).toEqual([]);
    const inode = statSync(current('packages/kafka.tgz')).ino;
    expect(await bring(folder(file('server.properties', 'a=2\n'), first.files[1]!))).toEqual(['server.properties']);
    expect(readFileSync(current('server.properties'), 'utf8')).toBe('a=2\n');
    expect(statSync(current('packages/kafka.tgz')).ino).toBe(inode);
    expect(readdirSync(join(root, 'staging/dc1')).sort()).toHaveLength(3);
  }, 60_000);

  test('fails where a file does not arrive as it was, and leaves the former folder', async () => {
    await bring(folder(file('server.properties', 'good\n')));
    const broken = { ...file('server.properties', 'other\n'), sha256: sha256('something else') };
    await expect(bring(folder(broken))).rejects.toMatchObject({ code: 'HOST-COPY' });
    expect(readFileSync(current('server.properties'), 'utf8')).toBe('good\n');
    expect(await bring(folder(file('server.properties', 'good\n')))).toEqual([]);
  }, 60_000);

  test('install.sh says what it did, or why it stops', async () => {
    await bring(folder(file('install.sh', '#!/bin/sh\n[ "${1:-}" = --check ] && exit 0\necho "install: wrote it"\n')));
    expect(await install(shell, host, { ...options, only: '--check' })).toEqual([]);
    expect(await install(shell, host, options)).toEqual(['install: wrote it']);
    await bring(
      folder(file('install.sh', '#!/bin/sh\necho "install: no Java, got none; 17 is needed." >&2\nexit 1\n')),
    );
    await expect(install(shell, host, options)).rejects.toMatchObject({
      code: 'HOST-INSTALL',
      message: 'install.sh stops on b1, got no Java, got none; 17 is needed.',
    });
    // One that knows no check is not run for one.
    expect(await install(shell, host, { ...options, only: '--check' })).toEqual([]);
  }, 60_000);

  test('fails while another kdk is at work on the host', async () => {
    mkdirSync(join(root, 'staging/dc1'), { recursive: true });
    const other = spawn('flock', [join(root, 'staging/dc1/lock'), 'sh', '-c', 'echo held; cat'], { stdio: 'pipe' });
    await once(other.stdout, 'data');
    await expect(bring(folder(file('a', 'b')))).rejects.toMatchObject({ code: 'HOST-BUSY' });
    await expect(install(shell, host, options)).rejects.toMatchObject({ code: 'HOST-BUSY' });
    other.stdin.end();
    await once(other, 'exit');
    expect(await bring(folder(file('a', 'b')))).toEqual(['a']);
  }, 60_000);

  test.each([
    ['a host key that nobody has compared', 'HOST-KEY-UNKNOWN', { configFile: () => server.config({ knows: 'none' }) }],
    ['another host key than the known one', 'HOST-KEY-CHANGED', { configFile: () => server.config({ knows: 'other-host' }) }], // prettier-ignore
    ['a login that is not let in', 'HOST-DENIED', { configFile: () => server.config({ key: 'stranger' }) }],
    ['a port on which nobody listens', 'HOST-UNREACHABLE', { configFile: () => server.config(), port: 1 }],
    ['a configuration that ssh does not read', 'SSH-CONFIGURATION', { configFile: () => server.path('host') }],
  ])(
    'fails for %s',
    async (_, code, { configFile, ...more }) => {
      const other = through({ configFile: configFile(), ...more });
      await expect(other.run(host, { script: 'true' })).rejects.toMatchObject({ code, status: 3 });
      await other.close();
    },
    30_000,
  );

  test('fails where a command does not end', async () => {
    const endless = shell.run(host, { script: 'sleep 60', timeoutMs: 1_000 });
    await expect(endless).rejects.toMatchObject({ code: 'HOST-UNREACHABLE' });
  });

  test('a connection stays open from one command to the next, and not longer than the shell', async () => {
    const before = new Set(sockets());
    const other = through({ configFile: server.config() });
    await other.run(host, { script: 'true' });
    const [folderOfSockets] = sockets().filter((name) => !before.has(name));
    expect(readdirSync(join(tmpdir(), folderOfSockets!))).toHaveLength(1);
    await other.close();
    expect(existsSync(join(tmpdir(), folderOfSockets!))).toBe(false);
  }, 30_000);

  test('fails without an ssh', async () => {
    const none = openSsh({}, join(root, 'no-ssh'));
    writeFileSync(join(root, 'x'), '');
    await expect(none.run(host, { script: 'true' })).rejects.toMatchObject({ code: 'SSH-MISSING' });
    await none.close();
  });
});

const sockets = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('kdk-ssh-'));
