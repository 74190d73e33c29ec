import { CONNECT, REACH, SECRETS, SSH } from './cluster-flags';
import { define, type Definition } from './definition';

/** Commands that run a cluster, look at one, or change one. */
export const CLUSTER_COMMANDS: readonly Definition[] = [
  define<import('../commands/up').UpOptions>({
    syntax: 'up <ENV>',
    description: 'Run it on this machine, with its topics, users and rights',
    options: [['--metrics', 'start nodes with the exporter of metrics that Prometheus reads']],
    example: 'kdk up prod --target local',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/up') as typeof import('../commands/up')).up(name!, options, context),
  }),
  define<import('../commands/down').DownOptions>({
    syntax: 'down <ENV>',
    description: 'Stop what up started; data stays',
    options: [['--delete', 'remove its data, files and logs too']],
    example: 'kdk down local',
    run: ([name], options, context) =>
      (require('../commands/down') as typeof import('../commands/down')).down(name!, options, context),
  }),
  define<import('../commands/exporter').ExporterCommandOptions>({
    syntax: 'exporter [ENV]',
    description: 'Serve metrics that Kafka has not: lags of groups, disks, certificates',
    options: [['--listen <host:port>', 'where Prometheus reads them; default: 127.0.0.1:9308'], ...REACH],
    example: 'kdk exporter dc1 --command-config admin.properties',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/exporter') as typeof import('../commands/exporter')).runExporter(name, options, context),
  }),
  define<import('../commands/plan').PlanOptions>({
    syntax: 'plan <ENV>',
    description: 'Say what would change on the cluster, and what that costs',
    options: [
      ['--out <file>', 'write the plan there, for kdk apply'],
      ['--markdown [file]', 'write it as the comment of a pull request; without a file print it'],
      ['--fail-on-changes', 'exit status 4 where anything would change'],
      ...REACH,
      SECRETS,
      CONNECT,
    ],
    example: 'kdk plan prod --out plan.json --markdown plan.md',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/plan') as typeof import('../commands/plan')).plan(name!, options, context),
  }),
  define<import('../commands/apply').ApplyOptions>({
    syntax: 'apply <ENV|PLAN>',
    description: 'Make the cluster what the file, or a written plan, says',
    options: [
      ['--plan <file>', 'carry out exactly this plan, or nothing where the cluster has moved since'],
      ['--environment <env>', 'the environment of a plan; default: the one of its name in environments/'],
      ['--skip-held', 'leave out changes that need an acknowledgement, instead of doing nothing at all'],
      ['--evidence <file>', 'write what was done there, as JSON'],
      ...REACH,
      SECRETS,
      CONNECT,
    ],
    example: 'kdk apply prod --evidence evidence.json',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/apply') as typeof import('../commands/apply')).apply(name!, options, context),
  }),
  define<import('../cluster-options').ClusterOptions>({
    syntax: 'status <ENV>',
    description: 'Say how the cluster is: brokers, quorum, replicas, disks, lags',
    options: REACH,
    example: 'kdk status local',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/status') as typeof import('../commands/status')).status(name!, options, context),
  }),
  define<import('../roll-options').RollCommandOptions>({
    syntax: 'roll <ENV>',
    description: 'Restart nodes one by one, none before the cluster can spare it',
    options: [
      ['--nodes <node>', 'only this one, by name or id; several times for several', 'many'],
      ['--all', 'those too that run with what they are to run with'],
      ['--dry-run', 'say which would be restarted, in which order, and what holds it up'],
      ['--wait <duration>', 'how long a node that may not go down is waited for; default: 10m'],
      ['--from <folder>', 'hosts: install what kdk render wrote there, with the packages in it; default: rendered now'],
      ['--certificates <folder>', 'hosts: certificates to install, hosts/HOST/node.pem and ca.crt'],
      ['--install-only', 'hosts: copy and install everywhere, and restart nothing that runs'],
      ...SSH,
      ...REACH,
    ],
    example: 'kdk roll dc1 --command-config admin.properties --dry-run',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/roll') as typeof import('../commands/roll')).rollNodes(name!, options, context),
  }),
  define<import('../cluster-options').ClusterOptions>({
    syntax: 'may-restart <ENV> [NODE...]',
    description: 'Say whether a node may go down now; exit status 1 where not',
    options: REACH,
    example: 'kdk may-restart dc1 b1 --command-config admin.properties',
    isLong: true,
    run: ([name, ...nodes], options, context) =>
      (require('../commands/roll') as typeof import('../commands/roll')).mayRestart(
        name!,
        nodes as string[],
        options,
        context,
      ),
  }),
  define<import('../commands/verify').VerifyOptions>({
    syntax: 'verify <ENV>',
    description: 'Compare the cluster with the file; send records through it',
    options: [['--access', 'log in as every principal and prove what it may do, and what not'], ...REACH, SECRETS],
    example: 'kdk verify local --json',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/verify') as typeof import('../commands/verify')).verify(name!, options, context),
  }),
  define<import('../commands/offsets').OffsetsOptions>({
    syntax: 'offsets <ENV>',
    description: 'List consumer groups and how far behind they are',
    options: [
      ['--group <group>', 'this group alone, partition by partition; several times for several', 'many'],
      ...REACH,
    ],
    example: 'kdk offsets prod --group billing',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/offsets') as typeof import('../commands/offsets')).offsets(name!, options, context),
  }),
  define<import('../commands/offsets-reset').ResetOptions>({
    syntax: 'offsets reset <ENV>',
    description: 'Say where a group would go on from; with --execute let it',
    options: [
      ['--group <group>', 'the group; it must have no members'],
      [
        '--topic <topic[:p,...]>',
        'a topic, or some of its partitions; several times for several; default: all',
        'many',
      ],
      ['--to <place>', 'earliest, latest, an offset, +N, -N, or a time: 2026-11-20T10:00:00Z'],
      ['--back <duration>', 'to the first record of the last 1h, 30m, 7d'],
      ['--execute', 'set the offsets'],
      ...REACH,
    ],
    example: 'kdk offsets reset prod --group billing --topic orders --back 1h',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/offsets-reset') as typeof import('../commands/offsets-reset')).resetOffsets(
        name!,
        options,
        context,
      ),
  }),
  define<import('../commands/import').ImportOptions>({
    syntax: 'import',
    description: 'Write the environment file of a running cluster',
    options: [
      ['--name <name>', 'name of the environment; default: imported'],
      ['--out <file>', 'default: environments/NAME.yaml'],
      ['--topics <topic>', 'a topic, or a prefix with a trailing *, that the file is to own; several times', 'many'],
      ...REACH,
    ],
    example: 'kdk import --bootstrap b1.example:9092 --name dc1',
    isLong: true,
    environmentAt: -1,
    run: (_args, options, context) =>
      (require('../commands/import') as typeof import('../commands/import')).importCluster(options, context),
  }),
  define<import('../commands/export').ExportOptions>({
    syntax: 'export [ENV]',
    description: 'Write topics, access and group offsets of a cluster to a file',
    options: [['--out <file>', 'where to write'], ...REACH],
    example: 'kdk export prod --out backup.json',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/export') as typeof import('../commands/export')).exportBackup(name, options, context),
  }),
  define<import('../commands/restore').RestoreOptions>({
    syntax: 'restore <FILE> [ENV]',
    description: 'Bring an empty cluster to what an export says',
    options: [
      ['--only <part>', 'topics, acls, quotas, users or offsets; several times for several; default: all', 'many'],
      ...REACH,
      SECRETS,
    ],
    example: 'kdk restore backup.json standby',
    isLong: true,
    environmentAt: 1,
    run: ([file, name], options, context) =>
      (require('../commands/restore') as typeof import('../commands/restore')).restore(file!, name, options, context),
  }),
];
