import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { KDK, type Ran } from '../kdk';

/** A command that runs while the test goes on; `kdk` of a test, in a folder of its own. */
export class RunningKdk {
  readonly #ended: Promise<Ran>;
  readonly #child: ReturnType<typeof spawn>;

  constructor(folder: string, args: readonly string[]) {
    const { NODE_OPTIONS: _ofTheTests, ...env } = process.env;
    this.#child = spawn(process.execPath, [KDK, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = this.#result();
  }

  /** Its exit status, null where it was killed, and what it said. */
  get ended(): Promise<Ran> {
    return this.#ended;
  }

  /** SIGKILL: it cannot tidy up. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #result(): Promise<Ran> {
    let stdout = '';
    let stderr = '';
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [status] = (await once(this.#child, 'close')) as [number | null];
    return { status, stdout, stderr };
  }
}
