import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure, type Progress } from '../../core/issue';
import { diskFull } from '../file-failure';

export interface MavenRun {
  /** Path of the pom. */
  readonly pom: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Folder that the artifacts of the pom are copied to. */
  readonly output: string;
  /** Where everything that Maven says goes. */
  readonly log: string;
  /** For people: `Apache Kafka 4.3.1`. */
  readonly what: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** What to do where Maven cannot bring it. @default what helps for Kafka itself */
  readonly instead?: string;
}

const OWN_KAFKA = 'set KAFKA_HOME to a Kafka that is unpacked already';
const ADVICE = /full stack trace|re-run Maven|For more information|\[Help \d+\] http|^\[ERROR\]\s*$/i;

/** Copies the artifacts that a pom names, checksums enforced, to a folder. */
export async function copyArtifacts(run: MavenRun): Promise<void> {
  const { what, progress, signal, log } = run;
  const args = [
    '--batch-mode',
    '--strict-checksums',
    '-Dstyle.color=never',
    '--file',
    run.pom,
    ...Object.entries({ ...run.properties, outputDirectory: run.output }).map(([name, value]) => `-D${name}=${value}`),
    'org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies',
  ];
  progress({ step: `assembling ${what}`, detail: 'starting Maven' });
  mkdirSync(dirname(log), { recursive: true });
  signal?.throwIfAborted();
  const status = await new Promise<number | string>((done, fail) => {
    const child = spawn('mvn', args, { env: run.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const file = createWriteStream(log);
    file.on('error', fail);
    let files = 0;
    const heed = (line: string): void => {
      file.write(`${line}\n`);
      const name = /Downloaded from \S+ \S*\/([^/\s]+\.jar)\b/.exec(line)?.[1];
      if (name !== undefined) progress({ step: `assembling ${what}`, done: ++files, detail: name });
    };
    createInterface({ input: child.stdout }).on('line', heed);
    createInterface({ input: child.stderr }).on('line', heed);
    const stop = (): void => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    child.on('error', (error: NodeJS.ErrnoException) => {
      signal?.removeEventListener('abort', stop);
      file.end(() => (error.code === 'ENOENT' ? fail(mavenMissing(run)) : fail(error)));
    });
    child.on('close', (code, killed) => {
      signal?.removeEventListener('abort', stop);
      file.end(() => done(code ?? killed ?? 'no status'));
    });
  });
  signal?.throwIfAborted();
  if (status !== 0) throw downloadFailure(run, status);
}

function mavenMissing({ what, instead = OWN_KAFKA }: MavenRun): Failure {
  return new Failure(
    'MAVEN-MISSING',
    `there is no Maven on PATH, got ENOENT for mvn; ${what} is assembled from Maven artifacts.`,
    `Install Apache Maven (Debian: apt install maven; macOS: brew install maven), or ${instead}.`,
  );
}

function downloadFailure({ what, log, instead = OWN_KAFKA }: MavenRun, status: number | string): Failure {
  const text = readFileSync(log, 'utf8');
  if (/No space left on device/.test(text)) return diskFull(`Maven's repository or ${dirname(log)}`);
  // Maven says what is wrong first, and then at length how to have it say more.
  const errors = text.split('\n').filter((line) => line.startsWith('[ERROR]') && !ADVICE.test(line));
  const said = errors.length > 0 ? errors.slice(0, 3) : text.trim().split('\n').slice(-3);
  const last = said.map((line) => `  ${line.slice(0, 400)}`);
  return new Failure(
    'KAFKA-DOWNLOAD',
    [
      `Maven could not bring ${what}, got exit status ${status}; it needs Maven Central or a mirror of it. It said:`,
      ...last,
    ].join('\n'),
    `Look at ${log}, check the network and Maven's settings.xml, then run the command again; or ${instead}.`,
    3,
  );
}
