import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../core/issue';
import type { NodeModel } from '../core/model';

/** A node that was killed keeps its ports for a moment after its process is gone, held by nobody who could be named. */
const DYING_MS = 5_000;
const LOOK_AGAIN_MS = 250;
const UNKNOWN_HOLDER = 'another process';

interface TakenPort {
  readonly node: string;
  readonly listener: string;
  readonly port: number;
  readonly reason: string;
}

/** Refuses to start `nodes` while any of their ports is taken, and names every one that is. */
export async function requireFreePorts(nodes: readonly NodeModel[], env = process.env): Promise<void> {
  const wanted = nodes.flatMap((node) => [
    ...Object.entries(node.ports).map(([listener, port]) => ({ node, listener, port })),
    ...(node.metricsPort === undefined ? [] : [{ node, listener: 'metrics', port: node.metricsPort }]),
  ]);
  const deadline = Date.now() + DYING_MS;
  let taken = await takenPorts(wanted, env);
  while (taken.some(({ reason }) => reason === UNKNOWN_HOLDER) && Date.now() < deadline) {
    await sleep(LOOK_AGAIN_MS);
    taken = await takenPorts(wanted, env);
  }
  if (taken.length === 0) return;
  const list = taken.map(({ node, listener, port, reason }) => `${port} (${listener} of ${node}): ${reason}`);
  throw new Failure(
    'PORT-TAKEN',
    `${taken.length === 1 ? 'a port is' : `${taken.length} ports are`} not free, got ${list.join('; ')}; every node needs its own ports on 127.0.0.1.`,
    'End what uses them, or let the ports begin elsewhere: targets.local.ports.first in the environment.',
  );
}

interface WantedPort {
  readonly node: NodeModel;
  readonly listener: string;
  readonly port: number;
}

async function takenPorts(wanted: readonly WantedPort[], env: NodeJS.ProcessEnv): Promise<TakenPort[]> {
  const checked = await Promise.all(
    wanted.map(async ({ node, listener, port }): Promise<TakenPort[]> => {
      const code = await listenOnce(port, node.bindHost);
      if (code === undefined) return [];
      const reason = code === 'EADDRINUSE' ? await holderOf(port, env) : code;
      return [{ node: node.name, listener, port, reason }];
    }),
  );
  return checked.flat().sort((a, b) => a.port - b.port);
}

/** Undefined where the port is free, else the error's code. */
function listenOnce(port: number, host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(undefined)));
  });
}

/** Names the process that listens, where a tool of the system can tell. */
async function holderOf(port: number, env: NodeJS.ProcessEnv): Promise<string> {
  const lsof = await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], env);
  const [, pid, name] = /^p(\d+)\nc(.*)$/m.exec(lsof) ?? [];
  if (pid !== undefined) return `${name}, process ${pid}`;
  const ss = await output('ss', ['-Hltnp', `sport = :${port}`], env);
  const [, program, number] = /users:\(\("([^"]*)",pid=(\d+)/.exec(ss) ?? [];
  return number === undefined ? UNKNOWN_HOLDER : `${program}, process ${number}`;
}

function output(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((done) => {
    execFile(program, args, { timeout: 10_000, env }, (_error, stdout) => done(stdout));
  });
}
