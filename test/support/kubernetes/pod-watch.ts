import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestNamespace } from './test-namespace';

/** When a pod was told to end, by our clock. */
export interface Deletion {
  readonly pod: string;
  readonly at: number;
}

const FIELDS = '{.metadata.name}{" "}{.metadata.uid}{" "}{.metadata.deletionTimestamp}{"\\n"}';

/** Follows the pods with a label and writes down in which order they are deleted. */
export class PodWatch {
  readonly deletions: Deletion[] = [];
  readonly #process: ChildProcess;
  readonly #seen = new Set<string>();

  constructor(namespace: TestNamespace, selector: string) {
    const args = ['-n', namespace.name, 'get', 'pods', '-l', selector, '--watch', '-o', `jsonpath=${FIELDS}`];
    this.#process = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    createInterface({ input: this.#process.stdout! }).on('line', (line) => {
      const [pod, uid, deleted] = line.split(' ');
      if (deleted === undefined || deleted === '' || this.#seen.has(uid!)) return;
      this.#seen.add(uid!);
      this.deletions.push({ pod: pod!, at: Date.now() });
    });
  }

  stop(): readonly Deletion[] {
    this.#process.kill();
    return this.deletions;
  }
}
