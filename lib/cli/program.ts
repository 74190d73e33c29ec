import { Command } from 'commander';
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

interface Definition<Options extends CommonOptions> {
  /** Name and arguments. */
  readonly syntax: string;
  readonly description: string;
  /** Flags and descriptions beyond those that every command has. */
  readonly options?: readonly (readonly [string, string])[];
  readonly example: string;
  readonly isLong?: boolean;
  /** Loads the code of the command, so that no command pays for another, and calls it. */
  run(args: readonly (string | undefined)[], options: Options, context: Context): Outcome | Promise<Outcome>;
}

const COMMON = [
  ['--target <target>', 'msk, msk-serverless, ec2, kubernetes, hosts or local, instead of what the file says'],
  ['--json', 'print one JSON document on standard output'],
  ['--strict', 'warnings count as errors'],
] as const;
const BOOTSTRAP = [
  '--bootstrap <host:port,...>',
  'where to reach the cluster; known by itself for local and MSK',
] as const;
const HELP_WIDTH = 100;
export const FOOTER = `
ENV is the name of an environment in environments/ or the path of its file.
Exit status: 0 fine; 1 the environment or cluster is not as it should be; 2 wrong usage; 3 not reached.
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
    .exitOverride()
    .configureOutput({
      writeErr: () => undefined, // `main` prints errors
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
    })
    .addHelpText('after', FOOTER);

  const add = <Options extends CommonOptions = CommonOptions>(definition: Definition<Options>): void => {
    const command = program.command(definition.syntax).description(definition.description);
    for (const [flags, description] of [...(definition.options ?? []), ...COMMON]) command.option(flags, description);
    command.helpOption('-h, --help', 'print this help').addHelpText('after', `\nExample: ${definition.example}`);
    command.action((...all: unknown[]) => {
      const args = all.slice(0, -2).flat() as (string | undefined)[];
      const options = command.opts<Options>();
      const environment = args[0];
      chosen({
        name: command.name(),
        ...(environment === undefined ? {} : { environment }),
        options,
        isLong: definition.isLong === true,
        run: (context) => definition.run(args, options, context),
      });
    });
  };

  add({
    syntax: 'validate [ENV...]',
    description: 'Print every issue of environments; default: all in environments/',
    example: 'kdk validate prod staging',
    run: (names, options) =>
      (require('./commands/validate') as typeof import('./commands/validate')).validate(names as string[], options),
  });
  add({
    syntax: 'lock <ENV>',
    description: 'Record what must not change by accident in ENV.lock.json',
    options: [['--formed', 'the cluster was formed: from now on empty disks join it']],
    example: 'kdk lock staging --formed',
    run: ([name], options) => (require('./commands/lock') as typeof import('./commands/lock')).lock(name!, options),
  });
  add({
    syntax: 'explain <ENV> <PATH>',
    description: 'Say what a value is, where it comes from and why',
    example: 'kdk explain prod topics.orders.minInSyncReplicas',
    run: ([name, path], options) =>
      (require('./commands/explain') as typeof import('./commands/explain')).explain(name!, path!, options),
  });
  add({
    syntax: 'diff <ENV> [OTHER]',
    description: 'Say what differs; --target is that of the second',
    example: 'kdk diff dev prod',
    run: ([left, right], options) =>
      (require('./commands/diff') as typeof import('./commands/diff')).diff(left!, right, options),
  });
  add<import('./commands/render').RenderOptions>({
    syntax: 'render <ENV>',
    description: 'Write host files, manifests, or templates for review',
    options: [
      ['--out <folder>', 'write there, and remove what an earlier run wrote and is no longer needed'],
      ['--clients <folder>', 'write the settings of every principal there'],
      [
        '--bootstrap <host:port,...>',
        'bootstrap servers for --clients; known by itself where the kit runs the brokers',
      ],
    ],
    example: 'kdk render staging --out manifests/staging',
    run: ([name], options) =>
      (require('./commands/render') as typeof import('./commands/render')).render(name!, options),
  });
  add({
    syntax: 'up <ENV>',
    description: 'Run it on this machine: form the cluster, create its topics',
    example: 'kdk up prod --target local',
    isLong: true,
    run: ([name], options, context) =>
      (require('./commands/up') as typeof import('./commands/up')).up(name!, options, context),
  });
  add<import('./commands/down').DownOptions>({
    syntax: 'down <ENV>',
    description: 'Stop what up started; data stays',
    options: [['--delete', 'remove its data, files and logs too']],
    example: 'kdk down local',
    run: ([name], options, context) =>
      (require('./commands/down') as typeof import('./commands/down')).down(name!, options, context),
  });
  add<import('./open-cluster').ClusterCommandOptions>({
    syntax: 'status <ENV>',
    description: 'Say how the cluster is: brokers, quorum, replicas',
    options: [BOOTSTRAP],
    example: 'kdk status local',
    isLong: true,
    run: ([name], options, context) =>
      (require('./commands/status') as typeof import('./commands/status')).status(name!, options, context),
  });
  add<import('./open-cluster').ClusterCommandOptions>({
    syntax: 'verify <ENV>',
    description: 'Compare the cluster with the file; send records through it',
    options: [BOOTSTRAP],
    example: 'kdk verify local --json',
    isLong: true,
    run: ([name], options, context) =>
      (require('./commands/verify') as typeof import('./commands/verify')).verify(name!, options, context),
  });
  return program;
}
