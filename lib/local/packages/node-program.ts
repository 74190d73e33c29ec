import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createWriteStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure, type Progress } from '../../core/issue';
import { assembled } from '../kafka-home/assembled-folder';
import { cacheFolder, cachePlace } from '../kafka-home/cache';
import { architectureOf, type Architecture } from './architecture';
import { readArchive } from './read-archive';

/** The newest Node.js with long-term support (2026-11-27). */
const VERSION = '24.21.0';

/** SHA-256 of the programs in npm's packages `node-linux-ARCHITECTURE` of that version. */
const PINNED: Readonly<Record<Architecture, string>> = {
  x64: '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
  arm64: '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584',
};

export interface NodeProgram {
  /** Folder with `node` and its licence. */
  readonly folder: string;
  readonly architecture: Architecture;
  /** For people: `Node.js 24.21.0`. */
  readonly what: string;
}

export interface NodeProgramOptions {
  readonly progress: Progress;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** The Node.js that runs `kdk` on machines of this kind: from npm's packages, kept in the cache, checked against what was published. */
export async function nodeProgram(architecture: Architecture, options: NodeProgramOptions): Promise<NodeProgram> {
  const { progress, env, signal } = options;
  const what = `Node.js ${VERSION} for ${architecture}`;
  const folder = await assembled({
    path: join(resolve(cacheFolder(env)), `node-${VERSION}-${architecture}`),
    what,
    recipe: [],
    place: cachePlace(env),
    progress,
    fill: async (output, log) => {
      progress({ step: `fetching ${what}` });
      const packed = `${output}-npm`;
      try {
        mkdirSync(packed);
        await npmPack({ name: `node-linux-${architecture}@${VERSION}`, output: packed, log, what, env, signal });
        const [archive] = readdirSync(packed);
        const parts = await partsOf(join(packed, archive!));
        const digest = createHash('sha256').update(parts.program).digest('hex');
        if (digest !== PINNED[architecture]) throw changed(what, digest, PINNED[architecture]);
        writeParts(output, parts);
      } finally {
        rmSync(packed, { recursive: true, force: true });
      }
    },
  });
  return { folder, architecture, what: `Node.js ${VERSION}` };
}

/** A Node.js that the user brings: the archive of nodejs.org as .tar.gz, or npm's. It is put into `folder`. */
export async function givenNode(archive: string, folder: string): Promise<NodeProgram> {
  const parts = await partsOf(archive);
  const architecture = architectureOf(parts.program, (got) => refuse(archive, got));
  const place = join(folder, architecture);
  mkdirSync(place, { recursive: true });
  writeParts(place, parts);
  return { folder: place, architecture, what: 'Node.js as given' };
}

interface Parts {
  readonly program: Buffer;
  readonly license?: Buffer;
}

async function partsOf(archive: string): Promise<Parts> {
  let files: Map<string, Buffer>;
  try {
    files = await readArchive(archive, (name) => /^[^/]+\/(bin\/node|LICENSE)$/.test(name));
  } catch (error) {
    throw refuse(archive, (error as NodeJS.ErrnoException).code ?? (error as Error).message);
  }
  const at = (file: string): Buffer | undefined => [...files].find(([name]) => name.endsWith(`/${file}`))?.[1];
  const [program, license] = [at('bin/node'), at('LICENSE')];
  if (program === undefined) throw refuse(archive, 'no bin/node');
  return { program, ...(license === undefined ? {} : { license }) };
}

function writeParts(folder: string, { program, license }: Parts): void {
  writeFileSync(join(folder, 'node'), program);
  chmodSync(join(folder, 'node'), 0o755);
  if (license !== undefined) writeFileSync(join(folder, 'LICENSE'), license);
}

interface Pack extends Pick<NodeProgramOptions, 'env'> {
  readonly name: string;
  readonly output: string;
  readonly log: string;
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

async function npmPack({ name, output, log, what, env, signal }: Pack): Promise<void> {
  signal?.throwIfAborted();
  mkdirSync(dirname(log), { recursive: true });
  const status = await new Promise<number | string>((done, fail) => {
    const child = spawn('npm', ['pack', name, '--pack-destination', output], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const file = createWriteStream(log);
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    const stop = (): void => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    file.on('error', fail);
    child.on('error', (error: NodeJS.ErrnoException) => file.end(() => done(error.code ?? error.message)));
    child.on('close', (code, killed) => {
      signal?.removeEventListener('abort', stop);
      file.end(() => done(code ?? killed ?? 'no status'));
    });
  });
  signal?.throwIfAborted();
  if (status === 0) return;
  throw new Failure(
    'PACKAGES-NODE',
    `npm could not bring ${what}, got ${status === 'ENOENT' ? 'no npm on PATH' : `exit status ${status}`}; kdk on hosts runs on a Node.js of its own.`,
    `Look at ${log}; or give the archive of Node.js for Linux (.tar.gz) by --node, or leave kdk out by --only kafka.`,
    3,
  );
}

function refuse(archive: string, got: string): Failure {
  return new Failure(
    'PACKAGES-NODE',
    `the archive is no Node.js for hosts, got ${got} in ${JSON.stringify(archive)}; a .tar.gz with one folder that has bin/node, for Linux, is needed.`,
    'Give the .tar.gz that nodejs.org offers for Linux.',
    2,
  );
}

function changed(what: string, digest: string, pinned: string): Failure {
  return new Failure(
    'IMAGES-CHECKSUM',
    `${what} is not what was published, got sha256 ${digest}; ${pinned} is allowed.`,
    "Find out who changed it: the mirror in npm's settings, or its cache. Then run the command again.",
  );
}
