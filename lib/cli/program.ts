import { Command, Option } from 'commander';
import { CERTIFICATE_COMMANDS } from './definitions/certificates';
import { CLUSTER_COMMANDS } from './definitions/clusters';
import type { Definition, Flag } from './definitions/definition';
import { DESIRED_COMMANDS } from './definitions/desired';
import { FILE_COMMANDS } from './definitions/files';
import { MEMBERSHIP_COMMANDS } from './definitions/membership';
import type { CommonOptions, Context, Outcome } from './outcome';

/** A command as it was called, ready to run. */
export interface Invocation {
  readonly name: string;
  /** As it was given; absent where there are several or none. */
  readonly environment?: string;
  readonly options: CommonOptions;
  /** Takes so long that Ctrl-C is handled. */
  readonly isLong: boolean;
  run(context: Context): Outcome | Promise<Outcome>;
}

const COMMON: readonly Flag[] = [
  ['--target <target>', 'msk, msk-serverless, ec2, kubernetes, hosts or local, instead of what the file says'],
  ['--json', 'print one JSON document on standard output'],
  ['--strict', 'warnings count as errors'],
];
const HELP_WIDTH = 100;
export const FOOTER = `
ENV is the name of an environment in environments/ or the path of its file.
Exit status: 0 fine; 1 the environment or cluster is not as it should be; 2 wrong usage; 3 not reached;
4 changes, with --fail-on-changes.
Example: kdk validate prod`;

export interface ProgramOptions {
  readonly version: string;
  /** Told what was called. */
  readonly chosen: (invocation: Invocation) => void;
}

/** All commands, their arguments and help. */
export function createProgram({ version, chosen }: ProgramOptions): Command {
  const program = new Command('kdk')
    .description('Describe an Apache Kafka environment once; check it, render it, run it.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showSuggestionAfterError(true)
    // An option behind `offsets reset` is that command's own.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeErr: () => undefined, // `main` prints errors
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
    })
    // Every command has options; saying so on each line leaves no room for what it does.
    .configureHelp({
      subcommandTerm: (command) => `${command.name()} ${command.usage().replace('[options]', '').trim()}`,
    })
    .addHelpText('after', FOOTER);
  for (const definition of [
    ...FILE_COMMANDS,
    ...CERTIFICATE_COMMANDS,
    ...CLUSTER_COMMANDS,
    ...MEMBERSHIP_COMMANDS,
    ...DESIRED_COMMANDS,
  ])
    add(program, definition, chosen);
  return program;
}

function add(program: Command, definition: Definition, chosen: ProgramOptions['chosen']): void {
  const { syntax, description, example, options = [], environmentAt = 0 } = definition;
  const [, parentName, ownSyntax] = /^(\w+) ([a-z]\w*.*)$/.exec(syntax) ?? [];
  const parent = program.commands.find((known) => known.name() === parentName) ?? program;
  const command = parent.command(parent === program ? syntax : ownSyntax!).description(description);
  for (const flag of [...options, ...COMMON]) command.addOption(optionOf(flag));
  command.helpOption('-h, --help', 'print this help').addHelpText('after', `\nExample: ${example}`);
  command.action((...all: unknown[]) => {
    const args = all.slice(0, -2).flat() as (string | undefined)[];
    const given = command.opts<CommonOptions>();
    const environment = args[environmentAt];
    chosen({
      name: parent === program ? command.name() : `${parent.name()} ${command.name()}`,
      ...(environment === undefined ? {} : { environment }),
      options: given,
      isLong: definition.isLong === true,
      run: (context) => definition.run(args, given, context),
    });
  });
}

function optionOf([flags, description, times]: Flag): Option {
  const option = new Option(flags, description);
  return times === 'many'
    ? option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value])
    : option;
}
