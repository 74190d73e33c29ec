import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { Failure } from '../core/issue';
import type { NodeModel } from '../core/model';

interface TakenPort {
  readonly node: string;
  readonly listener: string;
  readonly port: number;
  readonly reason: string;
}

/** Refuses to start `nodes` while any of their ports is taken, and names every one that is. */
export async function requireFreePorts(nodes: readonly NodeModel[]): Promise<void> {
  const wanted = nodes.flatMap((node) => [
    ...Object.entries(node.ports).map(([listener, port]) => ({ node, listener, port })),
    ...(node.metricsPort === undefined ? [] : [{ node, listener: 'metrics', port: node.metricsPort }]),
  ]);
  const checked = await Promise.all(
    wanted.map(async ({ node, listener, port }): Promise<TakenPort[]> => {
      const code = await listenOnce(port, node.bindHost);
      if (code === undefined) return [];
      const reason = code === 'EADDRINUSE' ? await holderOf(port) : code;
      return [{ node: node.name, listener, port, reason }];
    }),
  );
  const taken = checked.flat().sort((a, b) => a.port - b.port);
  if (taken.length === 0) return;
  const list = taken.map(({ node, listener, port, reason }) => `${port} (${listener} of ${node}): ${reason}`);
  throw new Failure(
    'PORT-TAKEN',
    `${taken.length === 1 ? 'a port is' : `${taken.length} ports are`} not free, got ${list.join('; ')}; every node needs its own ports on 127.0.0.1.`,
    'End what uses them, or let the ports begin elsewhere: targets.local.ports.first in the environment.',
  );
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
async function holderOf(port: number): Promise<string> {
  const lsof = await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const [, pid, name] = /^p(\d+)\nc(.*)$/m.exec(lsof) ?? [];
  if (pid !== undefined) return `${name}, process ${pid}`;
  const ss = await output('ss', ['-Hltnp', `sport = :${port}`]);
  const [, program, number] = /users:\(\("([^"]*)",pid=(\d+)/.exec(ss) ?? [];
  return number === undefined ? 'another process' : `${program}, process ${number}`;
}

function output(program: string, args: string[]): Promise<string> {
  return new Promise((done) => {
    execFile(program, args, { timeout: 10_000 }, (_error, stdout) => done(stdout));
  });
}
