import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports';
import { eventually } from './host-nodes';

/** An OpenSSH server of its own on 127.0.0.1, and the ssh_config with which a client reaches it as any name that ends in `.example`. */
export class SshServer {
  private process?: ChildProcess;

  private constructor(
    readonly folder: string,
    readonly port: number,
  ) {}

  static async start(): Promise<SshServer> {
    const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
    const server = new SshServer(folder, await freePorts(1));
    for (const key of ['host', 'other-host', 'login', 'stranger'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', server.path(key)]);
    writeFileSync(server.path('authorized'), readFileSync(server.path('login.pub')), { mode: 0o600 });
    writeFileSync(
      server.path('sshd_config'),
      [
        `Port ${server.port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${server.path('host')}`,
        `AuthorizedKeysFile ${server.path('authorized')}`,
        `PidFile ${server.path('pid')}`,
        'StrictModes no',
        'PermitRootLogin prohibit-password',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'UsePAM no',
        '',
      ].join('\n'),
    );
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    server.process = spawn('/usr/sbin/sshd', ['-D', '-f', server.path('sshd_config')], { stdio: 'ignore' });
    await eventually(20, () => reached(server.port));
    return server;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** An ssh_config: with the key that is let in, and the host key that is right, unless told otherwise. */
  config({ knows = 'host', key = 'login' }: { knows?: 'host' | 'other-host' | 'none'; key?: string } = {}): string {
    const known = this.path(`known-${knows}`);
    const hostKey = knows === 'none' ? '' : `kafka-host ${readFileSync(this.path(`${knows}.pub`), 'utf8')}`;
    writeFileSync(known, hostKey);
    const path = this.path(`config-${knows}-${key}`);
    const options = ['HostName 127.0.0.1', 'HostKeyAlias kafka-host', `UserKnownHostsFile ${known}`];
    const login = ['GlobalKnownHostsFile none', `IdentityFile ${this.path(key)}`, 'IdentitiesOnly yes', 'User root'];
    writeFileSync(path, `Host *.example\n${[...options, ...login].map((line) => `  ${line}\n`).join('')}`);
    return path;
  }

  async stop(): Promise<void> {
    this.process?.kill();
    if (this.process !== undefined && this.process.exitCode === null) await once(this.process, 'exit');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function reached(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}
