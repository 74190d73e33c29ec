import type { Issue, Progress } from '../core/issue';

/** Options that every command takes. */
export interface CommonOptions {
  readonly target?: string;
  readonly json?: boolean;
  /** Warnings make the status 1 too. */
  readonly strict?: boolean;
}

/** What a command is given beside its arguments. */
export interface Context {
  readonly progress: Progress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What a command gives back; printing is the business of `main`. */
export interface Outcome {
  /** The name of the environment; absent where there are several. */
  readonly environment?: string;
  readonly issues: readonly Issue[];
  /** For `--json`. */
  readonly result: unknown;
  /** For people. */
  readonly lines: readonly string[];
}

/** An environment that a command cannot go on with. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';

  constructor(
    readonly environment: string,
    readonly issues: readonly Issue[],
  ) {
    super(`${environment} is not valid`);
  }
}
