import type { CommonOptions, Context, Outcome } from '../outcome';

/** A command: its arguments, help, and what it does. */
export interface Definition<Options extends CommonOptions = CommonOptions> {
  /** Name and arguments; a command of another has the name of that in front: `offsets reset <ENV>`. */
  readonly syntax: string;
  readonly description: string;
  /** Flags and descriptions beyond those that every command has. */
  readonly options?: readonly Flag[];
  readonly example: string;
  /** Takes so long that Ctrl-C is handled. */
  readonly isLong?: boolean;
  /** Which argument is the environment. @default 0 */
  readonly environmentAt?: number;
  /** Loads the code of the command, so that no command pays for another, and calls it. */
  run(args: readonly (string | undefined)[], options: Options, context: Context): Outcome | Promise<Outcome>;
}

/** Flags and what they do; `many` may be given several times. */
export type Flag = readonly [flags: string, description: string, times?: 'many'];

/** Options differ from command to command; the parser gives each its own. */
export function define<Options extends CommonOptions = CommonOptions>(definition: Definition<Options>): Definition {
  return definition as unknown as Definition;
}
