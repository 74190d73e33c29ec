/** Runs scripts on hosts as root. */
export interface HostShell {
  /** Fails, naming the host and the cause, where the host cannot be reached or the script cannot be run as root. */
  run(host: HostAddress, command: HostCommand): Promise<HostAnswer>;
}

export interface HostAddress {
  /** As the environment calls it. */
  readonly name: string;
  /** Where it is reached. */
  readonly address: string;
}

export interface HostCommand {
  /** Of a POSIX shell; its arguments are `$1`, `$2`, …, never part of it. */
  readonly script: string;
  readonly args?: readonly string[];
  /** What it reads from standard input. @default nothing */
  readonly input?: NodeJS.ReadableStream | string;
  /** Longest time without an end, milliseconds. @default 60000 */
  readonly timeoutMs?: number;
}

export interface HostAnswer {
  /** Exit status of the script. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}
