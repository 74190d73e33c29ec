import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// Each call starts a process; a busy machine takes a while.
jest.setTimeout(120_000);

export const REPOSITORY = resolve(__dirname, '../..');
export const KDK = join(REPOSITORY, 'dist/bin/kdk.js');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiled command line as a process of its own, as users do. */
export function kdk(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const { NODE_OPTIONS: _ofTheTests, KDK_DEBUG: _debug, ...inherited } = process.env;
    const child = spawn(process.execPath, [KDK, ...args], { cwd, env: { ...inherited, ...env }, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdin.end();
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', fail);
    child.on('close', (status) => done({ status, stdout, stderr }));
  });
}

/** An empty project folder; removed by `remove`. */
export class TemporaryProject {
  readonly folder = mkdtempSync(join(tmpdir(), 'kdk-cli-'));

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  kdk(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran> {
    return kdk(this.folder, args, env);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The parts of a stack trace that a user must never see. */
export const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$|node:internal|\.js:\d+:\d+/m;
