// Nodes started without the kit: a process each, ready when its log says so.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 240_000;

/** One node: a command that becomes the process, and the log in which it says that it started. */
export class NodeProcess {
  constructor({ command, env, log }) {
    Object.assign(this, { command, env, log });
  }

  async start() {
    rmSync(this.log, { force: true });
    const [program, ...args] = this.command;
    this.child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...this.env } });
    const deadline = Date.now() + PATIENCE_MS;
    while (!(existsSync(this.log) && readFileSync(this.log, 'utf8').includes('Kafka Server started'))) {
      if (this.child.exitCode !== null) throw new Error(`${this.command.join(' ')} ended with ${this.child.exitCode}`);
      if (Date.now() > deadline)
        throw new Error(`${this.command.join(' ')} did not start within ${PATIENCE_MS / 1000} s`);
      await sleep(50);
    }
  }

  /** In order, but not for long: the last nodes of a quorum wait minutes for those that are gone. */
  async stop({ patienceMs = 30_000 } = {}) {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((resolve) => {
      child.on('close', resolve);
      child.kill('SIGTERM');
      const tooLate = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      child.on('close', () => clearTimeout(tooLate));
    });
  }
}

/** A node by the script that the kit rendered for it. */
export const startScript = (node) =>
  new NodeProcess({ command: ['sh', join(node, 'config/bin/start.sh')], log: join(node, 'logs/server.log') });

export const startAll = (nodes) => Promise.all(nodes.map((node) => node.start()));
export const stopAll = (nodes) => Promise.all(nodes.map((node) => node.stop({ patienceMs: 5_000 })));

/** Runs a command to its end; its standard output. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (errors += data));
    child.on('close', (code) =>
      code === 0
        ? resolve(output)
        : reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors.slice(-2000)}`)),
    );
  });
}
