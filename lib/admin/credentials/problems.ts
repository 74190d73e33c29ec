import { Failure } from '../../core/issue';

export interface Problem {
  /** The setting, as it is called in the file. */
  readonly name: string;
  readonly got: string;
  /** What is allowed, without a full stop. */
  readonly allowed: string;
  /** What to do, as a sentence. @default correct the file */
  readonly hint?: string;
}

/** What is wrong with a file of settings, gathered so that all of it is said at once. */
export class Problems {
  readonly #found: Problem[] = [];

  constructor(private readonly file: string) {}

  add(problem: Problem): void {
    this.#found.push(problem);
  }

  /** Fails with status 2 where anything was added. */
  refuse(): void {
    if (this.#found.length === 0) return;
    const messages = this.#found.map(({ name, got, allowed }) => `${name} cannot be used, got ${got}; ${allowed}.`);
    const [first] = messages;
    const message =
      messages.length === 1
        ? `${this.file}: ${first}`
        : `${this.file}: ${messages.length} settings cannot be used:\n${messages.map((each) => `- ${each}`).join('\n')}`;
    const hints = [...new Set(this.#found.flatMap(({ hint }) => hint ?? []))];
    throw new Failure('COMMAND-CONFIG', message, hints.length === 0 ? 'Correct the file.' : hints.join(' '), 2);
  }
}
