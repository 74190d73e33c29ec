import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { Failure } from '../core/issue';
import type { NodeModel } from '../core/model';
import { diskFull } from './file-failure';
import { consoleLog, nodeFolder, serverLog } from './node-folder';
import { beginLog, lastErrors } from './node-log';
import { identityOf, type ProcessIdentity } from './process-table';

/** The format tool lives for a second: it starts sooner with one compiler and the simplest collector. */
const SHORT_LIVED = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

export interface StartedNode {
  readonly node: NodeModel;
  readonly process: ProcessIdentity;
  /** How it ended, once it has; only for a node that this command started. */
  exit(): string | undefined;
}

/** Formats the empty log directories of a node. The scripts say in plain words what keeps them from it. */
export async function formatNode(root: string, node: NodeModel, options: FormatOptions): Promise<void> {
  const { env, formation, signal } = options;
  node.logDirs.forEach(clearHalfFormatted);
  // What stands on all disks decides here whether this is the first formation; the mark of one host is for hosts that see only their own.
  if (formation === 'first') rmSync(join(nodeFolder(root, node.name), 'state', 'formatted'), { force: true });
  const log = join(nodeFolder(root, node.name), 'logs', 'format.log');
  const options_ = `${SHORT_LIVED} ${env.JDK_JAVA_OPTIONS ?? ''}`.trim();
  signal?.throwIfAborted();
  const run = launch(root, node, { script: 'format.sh', log, env: { ...env, JDK_JAVA_OPTIONS: options_ } });
  // The script and the Java that it runs are one process group.
  const stop = (): void => void process.kill(-run.child.pid!, 'SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  const how = await run.end;
  signal?.removeEventListener('abort', stop);
  signal?.throwIfAborted();
  if (how !== undefined) throw nodeFailure('NODE-FORMAT', `${node.name} could not be formatted`, how, log);
}

interface FormatOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly formation: 'first' | 'formed';
  readonly signal?: AbortSignal;
}

/** Starts a node in a session of its own: it outlives this process and the terminal. */
export async function startNode(root: string, node: NodeModel, env: NodeJS.ProcessEnv): Promise<StartedNode> {
  const log = consoleLog(root, node.name);
  beginLog(serverLog(root, node.name));
  const { child, end, spawned } = launch(root, node, { script: 'start.sh', log, env });
  await spawned;
  let how: string | undefined;
  void end.then((result) => (how = result ?? 'exit status 0'));
  child.unref();
  // A node that has ended by now has no identity any more; its exit tells.
  const identity = identityOf(child.pid!) ?? { pid: child.pid!, startedAt: 'ended' };
  return { node, process: identity, exit: () => how };
}

interface Launch {
  readonly script: 'format.sh' | 'start.sh';
  readonly log: string;
  readonly env: NodeJS.ProcessEnv;
}

function launch(root: string, node: NodeModel, { script, log, env }: Launch) {
  const folder = nodeFolder(root, node.name);
  mkdirSync(dirname(log), { recursive: true });
  rmSync(log, { force: true });
  const output = openSync(log, 'a');
  const child = spawn(join(folder, 'config', 'bin', script), [], {
    cwd: folder,
    detached: true,
    env: withJavaHome(env),
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const spawned = new Promise<void>((done, fail) => child.once('spawn', done).once('error', fail));
  /** Undefined where it ended well. */
  const end = new Promise<string | undefined>((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) =>
      done(code === 0 ? undefined : signal === null ? `exit status ${code}` : signal),
    );
  });
  return { child, spawned, end };
}

/** The rendered files name `java`, so that they do not depend on whose shell renders them; JAVA_HOME decides which one that is. */
function withJavaHome(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const home = env.JAVA_HOME;
  return home === undefined || home === '' ? env : { ...env, PATH: [join(home, 'bin'), env.PATH].join(delimiter) };
}

/** A formatting that was killed leaves its bootstrap records in a directory without meta.properties; nothing was ever written with them. */
function clearHalfFormatted(logDir: string): void {
  if (!existsSync(logDir) || existsSync(join(logDir, 'meta.properties'))) return;
  const metadata = join(logDir, '__cluster_metadata-0');
  const names = readdirSync(logDir);
  const ofFormat = names.every((name) =>
    /^(bootstrap\.checkpoint|__cluster_metadata-0|meta\.properties)(\.tmp)?$/.test(name),
  );
  if (!ofFormat || existsSync(join(metadata, 'quorum-state'))) return;
  for (const name of names) rmSync(join(logDir, name), { recursive: true });
}

/** What a node has to say of its end, without a stack. */
export function nodeFailure(code: string, what: string, got: string, log: string): Failure {
  const said = lastErrors(log);
  if (said.some((line) => line.includes('No space left on device'))) return diskFull(dirname(log));
  return new Failure(
    code,
    [
      `${what}, got ${got}; its last words were:`,
      ...(said.length > 0 ? said : ['(nothing)']).map((line) => `  ${line}`),
    ].join('\n'),
    `The whole log is ${log}.`,
  );
}
