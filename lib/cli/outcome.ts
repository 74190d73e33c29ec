import type { SshOptions, SshShell } from '../admin/adapters/ssh';
import type { ConnectProbe } from '../admin/verify/access';
import type { Connect } from '../admin/port';
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
  /** Prints lines for people before the command is done: what it is about to do. Nothing where one JSON document is asked for. */
  readonly tell: (lines: readonly string[]) => void;
  /** Of this kit, for files that say what wrote them. */
  readonly version: string;
  /** How clusters are reached. @default over the Kafka protocol */
  readonly reach?: Reach;
}

export interface Reach {
  readonly connect: Connect;
  readonly probe: ConnectProbe;
  /** How hosts are reached. @default by ssh */
  readonly shell?: (options: SshOptions) => SshShell;
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
  /** Exit status where the issues do not make it 1. @default 0 */
  readonly status?: number;
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
