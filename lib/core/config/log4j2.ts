export interface Log4j2Options {
  /** Rolling files in this folder, besides the console. Default: console only. */
  readonly files?: {
    /** Absolute path. */
    readonly directory: string;
    /** Size at which a file is rolled, MiB. */
    readonly maxFileMiB: number;
    /** Rolled files kept of each log. */
    readonly maxFiles: number;
  };
}

interface LogFile {
  readonly appender: string;
  readonly file: string;
  /** Loggers that write here and not into server.log; their volume or their readers differ. */
  readonly loggers: readonly (readonly [name: string, level: string])[];
}

const SERVER_LOG = 'server';

const LOG_FILES: readonly LogFile[] = [
  {
    appender: 'controller',
    file: 'controller.log',
    loggers: [
      ['org.apache.kafka.controller', 'INFO'],
      ['kafka.controller', 'INFO'],
    ],
  },
  { appender: 'stateChange', file: 'state-change.log', loggers: [['state.change.logger', 'INFO']] },
  // At INFO it holds what was denied, at DEBUG everything that was allowed too.
  { appender: 'authorizer', file: 'kafka-authorizer.log', loggers: [['kafka.authorizer.logger', 'INFO']] },
  {
    appender: 'cleaner',
    file: 'log-cleaner.log',
    loggers: [
      ['org.apache.kafka.storage.internals.log.LogCleaner', 'INFO'],
      ['org.apache.kafka.storage.internals.log.LogCleaner$CleanerThread', 'INFO'],
    ],
  },
];

const PATTERN = '[%d] %p [%t] %m (%c)%n';

/** A log4j2 configuration (YAML) for brokers, controllers and Connect workers: names and levels as operators know them from Kafka's own. */
export function log4j2Configuration(options: Log4j2Options = {}): string {
  const { files } = options;
  const lines = ['Configuration:', '  status: WARN', '  Appenders:', ...consoleAppender()];
  if (files !== undefined) {
    lines.push('    RollingFile:');
    lines.push(...rollingFile(SERVER_LOG, 'server.log', files));
    for (const { appender, file } of LOG_FILES) lines.push(...rollingFile(appender, file, files));
  }
  lines.push('  Loggers:', '    Root:', '      level: INFO', '      AppenderRef:', '        - ref: console');
  // Beside files the console is for whoever starts the node: it says what is wrong and does not repeat the rest.
  if (files !== undefined) lines.push('          level: WARN', `        - ref: ${SERVER_LOG}`);
  lines.push('    Logger:');
  for (const { appender, loggers } of LOG_FILES) {
    for (const [name, level] of loggers) lines.push(...logger(name, level, files === undefined ? undefined : appender));
  }
  // A line for every request, where a client misbehaves: only what is wrong.
  for (const name of ['kafka.request.logger', 'kafka.network.RequestChannel$'])
    lines.push(...logger(name, 'WARN', undefined));
  return `${lines.join('\n')}\n`;
}

function consoleAppender(): string[] {
  return ['    Console:', '      name: console', '      PatternLayout:', `        pattern: ${quote(PATTERN)}`];
}

function rollingFile(name: string, file: string, files: NonNullable<Log4j2Options['files']>): string[] {
  // log4j2 looks `${...}` up inside values; `$$` is a plain dollar sign.
  const path = `${files.directory}/${file}`.replaceAll('$', '$$$$');
  return [
    `      - name: ${name}`,
    `        fileName: ${quote(path)}`,
    `        filePattern: ${quote(`${path}.%i`)}`,
    '        PatternLayout:',
    `          pattern: ${quote(PATTERN)}`,
    '        SizeBasedTriggeringPolicy:',
    `          size: "${files.maxFileMiB} MB"`,
    '        DefaultRolloverStrategy:',
    `          max: ${files.maxFiles}`,
  ];
}

function logger(name: string, level: string, appender: string | undefined): string[] {
  return [
    `      - name: ${quote(name)}`,
    `        level: ${level}`,
    ...(appender === undefined
      ? []
      : ['        additivity: false', '        AppenderRef:', `          ref: ${appender}`]),
  ];
}

/** JSON strings are YAML strings. */
function quote(text: string): string {
  return JSON.stringify(text);
}
