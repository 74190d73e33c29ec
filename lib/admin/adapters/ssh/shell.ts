import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostAddress, HostAnswer, HostCommand, HostShell } from '../../hosts/shell';
import { remoteWords, sshArguments, type SshOptions } from './arguments';
import { clientMissing, connectionFailure, lostFailure, sudoFailure } from './failures';

/** Exit status of the client where it, and not the command, failed. */
const CLIENT_FAILED = 255;

/** Connections that stay open from one command to the next. */
export interface SshShell extends HostShell {
  close(): Promise<void>;
}

/**
 * Hosts by the `ssh` of this machine: its configuration, agent, jump hosts, hardware keys and known hosts are those with which the operator
 * logs in.
 */
export function openSsh(options: SshOptions, program = 'ssh'): SshShell {
  const sockets = mkdtempSync(join(tmpdir(), 'kdk-ssh-'));
  const reached = new Map<string, HostAddress>();
  return {
    async run(host, command) {
      reached.set(host.address, host);
      const words = remoteWords(command, options);
      const answer = await call(program, sshArguments(options, { address: host.address, sockets, words }), {
        host,
        command,
      });
      if (answer.status === CLIENT_FAILED) throw connectionFailure(host, answer.stderr);
      const denied = answer.status === 0 ? undefined : sudoFailure(host, answer.stderr);
      if (denied !== undefined) throw denied;
      return answer;
    },
    async close() {
      const open = readdirSync(sockets).length > 0 ? [...reached.values()] : [];
      await Promise.all(open.map((host) => leave(program, options, { host, sockets })));
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}

async function leave(
  program: string,
  options: SshOptions,
  { host, sockets }: { readonly host: HostAddress; readonly sockets: string },
): Promise<void> {
  const args = sshArguments(options, { address: host.address, sockets, words: [] });
  const command = { script: '', timeoutMs: 5_000 };
  await call(program, ['-O', 'exit', ...args], { host, command }).catch(() => undefined);
}

function call(
  program: string,
  args: readonly string[],
  { host, command }: { readonly host: HostAddress; readonly command: HostCommand },
): Promise<HostAnswer> {
  const { input, timeoutMs = 60_000 } = command;
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C is for this process, which ends between two nodes, not for an order that was given.
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    const texts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
    // The host may end before it has read everything; its status says why.
    child.stdin.on('error', () => undefined);
    if (input === undefined || typeof input === 'string') child.stdin.end(input ?? '');
    else input.on('error', reject).pipe(child.stdin);
    const timer = setTimeout(() => {
      child.kill();
      reject(lostFailure(host, timeoutMs / 1000));
    }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject((error as NodeJS.ErrnoException).code === 'ENOENT' ? clientMissing(error) : error);
    });
    const read = new Promise<void>((end) => child.stdout.on('end', end));
    child.on('exit', (code) => {
      clearTimeout(timer);
      const done = (): void => resolve({ status: code ?? CLIENT_FAILED, ...texts });
      child.on('close', done);
      // A connection that stays open for the next command may keep standard error open: it is not waited for.
      void read.then(() => setTimeout(done, 250));
    });
  });
}
