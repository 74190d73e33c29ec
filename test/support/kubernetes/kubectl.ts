import { spawn } from 'node:child_process';
import { stringify } from 'yaml';
import type { Manifest } from '../manifests';

export interface KubectlResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlOptions {
  /** Text for its standard input. */
  readonly input?: string;
  /** Seconds after which it is ended. @default 120 */
  readonly seconds?: number;
}

/** Runs kubectl and gives what it said, also where it failed. */
export function tryKubectl(args: readonly string[], options: KubectlOptions = {}): Promise<KubectlResult> {
  return new Promise((done, fail) => {
    const child = spawn('kubectl', args, { stdio: 'pipe' });
    const timer = setTimeout(() => child.kill('SIGKILL'), (options.seconds ?? 120) * 1000);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', fail);
    child.on('close', (status) => {
      clearTimeout(timer);
      done({ status, stdout, stderr });
    });
  });
}

/** Runs kubectl and gives its output; throws what it said where it failed. */
export async function kubectl(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await tryKubectl(args, options);
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

export async function kubectlJson(args: readonly string[]): Promise<Manifest> {
  return JSON.parse(await kubectl([...args, '-o', 'json'])) as Manifest;
}

/** Applies objects; gives what kubectl said, its warnings too. */
export async function applyObjects(objects: readonly Manifest[]): Promise<KubectlResult> {
  const input = objects.map((object) => stringify(object)).join('---\n');
  const result = await tryKubectl(['apply', '-f', '-'], { input });
  if (result.status !== 0) throw new Error(`kubectl apply ended with ${result.status}\n${result.stderr}`);
  return result;
}

/** Tries until it succeeds; after so many seconds throws what the last try threw. */
export async function within<T>(seconds: number, attempt: () => Promise<T> | T): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(1);
  }
}

export function pause(seconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}
