import { CommanderError } from 'commander';
import { Failure, hasErrors, type Issue } from '../core/issue';
import { Interrupt } from './interrupt';
import { InvalidEnvironment, type Outcome } from './outcome';
import { createProgram, FOOTER, type Invocation } from './program';
import { ProgressPrinter } from './progress-printer';
import { Terminal } from './terminal';

const SCHEMA_VERSION = 1;

interface Ended {
  readonly command: string | null;
  readonly environment: string | null;
  readonly issues: readonly Issue[];
  readonly result: unknown;
  readonly lines: readonly string[];
  readonly status: number;
}

/** Runs one command and gives its exit status. Nothing that goes wrong reaches the caller as an exception. */
export async function main(argv: readonly string[], version: string): Promise<number> {
  const terminal = new Terminal(process.stdout, process.stderr, process.env);
  const isJson = argv.includes('--json');
  let invocation: Invocation | undefined;
  const program = createProgram({ version, chosen: (called) => (invocation = called) });
  if (argv.length === 0) {
    terminal.err(`${program.helpInformation()}${FOOTER}`);
    return 2;
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const command = program.commands.find((known) => known.name() === argv[0])?.name();
    return print(failed(isHelpless(error) ? helpless(argv) : error, { name: command ?? null }), { isJson, terminal });
  }
  return runCommand(invocation!, version);
}

/** Runs one command that was found, prints what it gives and returns its exit status. */
export async function runCommand(invocation: Invocation, version = ''): Promise<number> {
  const terminal = new Terminal(process.stdout, process.stderr, process.env);
  return print(await run(invocation, { terminal, version }), { isJson: invocation.options.json === true, terminal });
}

interface Running {
  readonly terminal: Terminal;
  readonly version: string;
}

async function run(invocation: Invocation, { terminal, version }: Running): Promise<Ended> {
  const printer = new ProgressPrinter(terminal);
  const tell = (lines: readonly string[]): void => {
    if (invocation.options.json === true) return;
    printer.end();
    for (const line of lines) terminal.out(line);
  };
  const interrupt = invocation.isLong ? new Interrupt(terminal) : undefined;
  const signal = interrupt?.signal ?? new AbortController().signal;
  let ended: Ended;
  try {
    const outcome = await invocation.run({ progress: printer.report, signal, tell, version });
    ended = succeeded(outcome, invocation);
  } catch (error) {
    ended = failed(error, invocation);
  } finally {
    printer.end();
    interrupt?.release();
  }
  return interrupt?.status === undefined ? ended : { ...ended, status: interrupt.status };
}

function succeeded({ environment, issues, result, lines, status = 0 }: Outcome, { name, options }: Invocation): Ended {
  const isBad = hasErrors(issues) || (options.strict === true && issues.length > 0);
  return { command: name, environment: environment ?? null, issues, result, lines, status: isBad ? 1 : status };
}

/** As much of a call as is known when it goes wrong. */
type Called = { readonly name: string | null } & Partial<Pick<Invocation, 'environment'>>;

function failed(error: unknown, { name, environment }: Called): Ended {
  const base = { command: name, environment: null, result: null, lines: [] };
  if (error instanceof InvalidEnvironment) {
    return { ...base, environment: error.environment, issues: error.issues, status: 1 };
  }
  const failure = asFailure(error, name);
  // What constructs throw holds the hint already, since the CDK prints the message only.
  const hint = failure.message.includes(failure.hint) ? '' : failure.hint;
  const issue: Issue = { code: failure.code, level: 'error', path: '', message: failure.message, hint };
  return { ...base, environment: environment ?? null, issues: [issue], status: failure.status };
}

function asFailure(error: unknown, command: string | null): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof CommanderError) {
    const text = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    const help = command === null ? 'kdk --help' : `kdk ${command} --help`;
    return new Failure('USAGE', text.endsWith(')') || text.endsWith('.') ? text : `${text}.`, `See ${help}.`, 2);
  }
  return unexpected(error);
}

/** Where commander would print the help as an error; it gives no words then. */
function isHelpless(error: unknown): boolean {
  return error instanceof CommanderError && error.code === 'commander.help';
}

function helpless(argv: readonly string[]): Failure {
  const wanted = argv.find((arg) => arg !== 'help' && !arg.startsWith('-'));
  const what = wanted === undefined ? 'a command is missing' : `unknown command '${wanted}'`;
  return new Failure('USAGE', `${what}.`, 'See kdk --help.', 2);
}

/** A mistake of the kit itself; one line, unless somebody asks for more. */
function unexpected(error: unknown): Failure {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const isDebug = (process.env.KDK_DEBUG ?? '') !== '';
  if (isDebug && error instanceof Error) return new Failure('UNEXPECTED', error.stack ?? text, '');
  return new Failure(
    'UNEXPECTED',
    `${text.split('\n', 1)[0]!}.`.replace(/\.\.$/, '.'),
    'Run it again with KDK_DEBUG=1 to see where.',
  );
}

function print(ended: Ended, { isJson, terminal }: { isJson: boolean; terminal: Terminal }): number {
  const { command, environment, issues, result, lines, status } = ended;
  if (isJson) {
    terminal.out(JSON.stringify({ schemaVersion: SCHEMA_VERSION, command, environment, issues, result }, undefined, 2));
    return status;
  }
  for (const issue of issues) {
    if (command === 'validate' && status < 2) terminal.out(terminal.issue(issue, 'out'));
    else terminal.err(terminal.issue(issue, 'err'));
  }
  for (const line of lines) terminal.out(line);
  return status;
}

/** For what reaches the top of the process by another way than `main`. */
export function reportUnexpected(error: unknown): number {
  const terminal = new Terminal(process.stdout, process.stderr, process.env);
  return print(failed(error, { name: null }), { isJson: process.argv.includes('--json'), terminal });
}
