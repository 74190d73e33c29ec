import { CONNECT, REACH, SECRETS } from './cluster-flags';
import { define, type Definition } from './definition';

/** What a Job runs, where there is no environment file: only what the kit made of it. */
export const DESIRED_COMMANDS: readonly Definition[] = [
  define<import('../drift').ReconcileCommandOptions>({
    syntax: 'reconcile <DESIRED>',
    description: 'Make the cluster what a rendered desired state says',
    options: [
      ['--only <part>', 'connectors: those alone, by --connect, without a word to brokers; brokers: all else'],
      ['--plan-only', 'say what would change, and change nothing'],
      ['--fail-on-changes', 'with --plan-only: exit status 4 where anything would change'],
      [
        '--wait <duration>',
        'how long brokers that do not answer are waited for, and whoever else changes the cluster, for example 15m',
      ],
      ['--brokers <number>', 'how many there are to be: waited for three minutes, so that new ones get their share'],
      ['--log-ins <host:port,...>', 'a listener with SCRAM, to find passwords that are not in force'],
      ['--evidence <file>', 'write what was done there, as JSON'],
      ...REACH,
      SECRETS,
      CONNECT,
    ],
    example: 'kdk reconcile desired.json --command-config admin.properties --secrets secrets',
    isLong: true,
    environmentAt: -1,
    run: ([path], options, context) =>
      (require('../commands/reconcile') as typeof import('../commands/reconcile')).reconcile(path!, options, context),
  }),
  define<import('../commands/restart-failed').RestartFailedOptions>({
    syntax: 'restart-failed',
    description: 'Restart failed connectors and tasks',
    options: [
      CONNECT,
      ['--attempts <number>', 'how often each is restarted before it is given up; default: 3'],
      ['--pause <duration>', 'before the second attempt; each next one is twice as long; default: 30s'],
    ],
    example: 'kdk restart-failed --connect http://localhost:8083 --attempts 3',
    isLong: true,
    environmentAt: -1,
    run: (_args, options, context) =>
      (require('../commands/restart-failed') as typeof import('../commands/restart-failed')).restartFailedConnectors(
        options,
        context,
      ),
  }),
];
