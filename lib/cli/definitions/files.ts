import { REACH } from './cluster-flags';
import { define, type Definition } from './definition';

/** Commands that look at environment files alone. */
export const FILE_COMMANDS: readonly Definition[] = [
  define({
    syntax: 'validate [ENV...]',
    description: 'Print every issue of environments; default: all in environments/',
    example: 'kdk validate prod staging',
    run: (names, options) =>
      (require('../commands/validate') as typeof import('../commands/validate')).validate(names as string[], options),
  }),
  define({
    syntax: 'lock <ENV>',
    description: 'Record what must not change by accident in ENV.lock.json',
    options: [['--formed', 'the cluster was formed: from now on empty disks join it']],
    example: 'kdk lock staging --formed',
    run: ([name], options) => (require('../commands/lock') as typeof import('../commands/lock')).lock(name!, options),
  }),
  define({
    syntax: 'explain <ENV> <PATH>',
    description: 'Say what a value is, where it comes from and why',
    example: 'kdk explain prod topics.orders.minInSyncReplicas',
    run: ([name, path], options) =>
      (require('../commands/explain') as typeof import('../commands/explain')).explain(name!, path!, options),
  }),
  define({
    syntax: 'diff <ENV> [OTHER]',
    description: 'Say what differs; --target is that of the second',
    example: 'kdk diff dev prod',
    run: ([left, right], options) =>
      (require('../commands/diff') as typeof import('../commands/diff')).diff(left!, right, options),
  }),
  define<import('../commands/report').ReportOptions>({
    syntax: 'report <ENV>',
    description: 'Write one page about it for people: drawn, with topics, capacity, access, alarms, warnings',
    options: [
      ['--out <file>', 'write the page there; - prints it'],
      ['--live', 'with what is seen of the running cluster; so with the two below'],
      ...REACH,
    ],
    example: 'kdk report prod --out report.html',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/report') as typeof import('../commands/report')).report(name!, options, context),
  }),
  define<import('../commands/render').RenderOptions>({
    syntax: 'render <ENV>',
    description: 'Write host files, manifests, or templates for review',
    options: [
      ['--out <folder>', 'write there, and remove what an earlier run wrote and is no longer needed'],
      ['--clients <folder>', 'write the settings of every principal there'],
      [
        '--bootstrap <host:port,...>',
        'bootstrap servers for --clients; known by itself where the kit runs the brokers',
      ],
      ['--backend <backend>', 'on Kubernetes strimzi, for its operator; default: manifests that need none'],
      ['--monitoring <folder>', 'write what Prometheus reads of the nodes, the alerts, and dashboards for Grafana'],
      [
        '--day2 <folder>',
        'write there how the running cluster becomes this one: a runbook, its Jobs, a script that rolls pods',
      ],
      ['--since <file>', 'what runs, for --day2: a lock file, or a former environment file; default: the lock'],
    ],
    example: 'kdk render staging --out manifests/staging',
    run: ([name], options) =>
      (require('../commands/render') as typeof import('../commands/render')).render(name!, options),
  }),
  define<import('../commands/packages').PackagesOptions>({
    syntax: 'packages <ENV>',
    description: 'Put what hosts without internet need beside their files',
    options: [
      ['--out <folder>', 'the folder that kdk render wrote; on EC2, where packages go before they go to S3'],
      ['--java <archive>', 'a Java runtime for Linux (.tar.gz), where hosts have none; one a kind of machine', 'many'],
      ['--node <archive>', "Node.js for Linux (.tar.gz) that kdk runs on there; default: npm's package", 'many'],
      ['--arch <arch>', 'x64 or arm64, for kdk; default: those of --java and --node, else both', 'many'],
      ['--only <part>', 'kafka (with the JMX exporter), java or kdk; default: all', 'many'],
    ],
    example: 'kdk packages dc1 --out dist/dc1',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/packages') as typeof import('../commands/packages')).packages(name!, options, context),
  }),
  define<import('../commands/plugins').PluginsOptions>({
    syntax: 'plugins [ENV]',
    description: 'Put the plugins of MSK Connect together from Maven artifacts',
    options: [
      ['--part <part>', 'group:artifact:version or file:path.jar; all of them make one plugin', 'many'],
      ['--out <folder>', 'write there; default: .kdk/plugins, where synth looks'],
    ],
    example: 'kdk plugins prod',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/plugins') as typeof import('../commands/plugins')).plugins(name, options, context),
  }),
  define<import('../commands/images').ImagesOptions>({
    syntax: 'images <ENV>',
    description: 'Write what its container images are built from',
    options: [['--out <folder>', 'write there, a folder an image; default: .kdk/images/NAME']],
    example: 'kdk images staging',
    isLong: true,
    run: ([name], options, context) =>
      (require('../commands/images') as typeof import('../commands/images')).images(name!, options, context),
  }),
];
