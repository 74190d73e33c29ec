import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { jmxExporterRules } from '../../lib/core/config';
import type { KafkaHome } from '../../lib/local/kafka-home';
import { freePorts } from './free-ports';

export interface BareOptions {
  /** Combined nodes, with ids from 1. @default 1 */
  readonly count?: number;
  /** Protocols of listeners beside PLAINTEXT, by their names. @default none */
  readonly listeners?: Readonly<Record<string, string>>;
  /** More lines of server.properties, the same for all. @default none */
  readonly properties?: Readonly<Record<string, string>>;
  /** Whose features they are formatted with: `4.1`. @default the newest that they know */
  readonly release?: string;
  /** A folder of compiled classes beside those of Kafka. @default none */
  readonly classes?: string;
  /** Where the exporter of the first node is read. @default it has none */
  readonly metricsPort?: number;
}

/** Nodes of Kafka with as little configuration as they start with, outside the kit. */
export interface BareNodes {
  readonly ids: readonly number[];
  /** `host:port` of each node, on the listener of this name. @default PLAINTEXT */
  servers(listener?: string): string[];
  /** Fails, with the log, when a node ends that nobody stopped. */
  readonly ended: Promise<never>;
  kill(id: number): Promise<void>;
  /** Ends them, and waits until they are gone. */
  stop(): Promise<void>;
}

const CLUSTER_ID = 'JvAtVKJ0Rg2mGFpDVCYMcA';
const CONTROLLER = 'CONTROLLER';
const DIRECTORY_IDS = ['AAAAAAAAQACAAAAAAAAAAQ', 'AAAAAAAAQACAAAAAAAAAAg', 'AAAAAAAAQACAAAAAAAAAAw'];

export async function startBareNodes(home: KafkaHome, folder: string, options: BareOptions = {}): Promise<BareNodes> {
  const { count = 1, listeners = {}, properties = {} } = options;
  const protocols = { PLAINTEXT: 'PLAINTEXT', ...listeners, [CONTROLLER]: 'PLAINTEXT' };
  const listenerNames = Object.keys(protocols);
  const first = await freePorts(count * listenerNames.length);
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const address = (id: number, listener: string): string =>
    `127.0.0.1:${first + (id - 1) * listenerNames.length + listenerNames.indexOf(listener)}`;
  const controllers = ids.map((id) => address(id, CONTROLLER));
  const quorum =
    count === 1
      ? ['--standalone']
      : [
          '--initial-controllers',
          ids.map((id) => `${id}@${address(id, CONTROLLER)}:${DIRECTORY_IDS[id - 1]}`).join(','),
        ];
  const release = options.release === undefined ? [] : ['--release-version', options.release];
  const nodes = new Map<number, ChildProcess>();
  const wanted = new Set<ChildProcess>();
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (fail = reject));
  ended.catch(() => undefined); // only who waits for it is told
  for (const id of ids) {
    const base = join(folder, String(id));
    mkdirSync(base, { recursive: true });
    const file = join(base, 'server.properties');
    const all = {
      'node.id': String(id),
      'process.roles': 'broker,controller',
      'log.dirs': join(base, 'data'),
      listeners: listenerNames.map((name) => `${name}://${address(id, name)}`).join(','),
      'controller.listener.names': CONTROLLER,
      ...(listenerNames.length > 2 ? { 'inter.broker.listener.name': 'PLAINTEXT' } : {}),
      'listener.security.protocol.map': Object.entries(protocols)
        .map((pair) => pair.join(':'))
        .join(','),
      'controller.quorum.bootstrap.servers': controllers.join(','),
      ...properties,
    };
    writeFileSync(
      file,
      Object.entries(all)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    await runJava(home, ['kafka.tools.StorageTool', 'format', '-c', file, '-t', CLUSTER_ID, ...quorum, ...release]);
  }
  for (const id of ids) {
    const agent = id === 1 && options.metricsPort !== undefined ? metricsAgent(home, folder, options.metricsPort) : [];
    const node = startNode(home, join(folder, String(id)), { classes: options.classes, agent });
    nodes.set(id, node);
    wanted.add(node);
    node.once('error', fail);
    node.once('exit', () => {
      if (wanted.has(node))
        fail(new Error(`node ${id} ended:\n${readFileSync(join(folder, String(id), 'node.log'), 'utf8')}`));
    });
  }
  const end = (node: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    wanted.delete(node);
    if (node.exitCode !== null || node.signalCode !== null) return Promise.resolve();
    return new Promise((done) => {
      node.once('exit', () => done());
      node.kill(signal);
    });
  };
  return {
    ids,
    servers: (listener = 'PLAINTEXT') => ids.map((id) => address(id, listener)),
    ended,
    kill: (id) => end(nodes.get(id)!, 'SIGKILL'),
    // Of several, the last would wait for a quorum that is gone.
    stop: async () => {
      await Promise.all([...nodes.values()].map((node) => end(node, count === 1 ? 'SIGTERM' : 'SIGKILL')));
    },
  };
}

interface NodeJava {
  readonly classes: string | undefined;
  readonly agent: readonly string[];
}

function startNode(home: KafkaHome, folder: string, { classes, agent }: NodeJava): ChildProcess {
  const path = [classpath(home), ...(classes === undefined ? [] : [classes])].join(delimiter);
  const command = ['-Xmx384M', ...agent, '-cp', path, 'kafka.Kafka', join(folder, 'server.properties')];
  const node = spawn(home.java.executable, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(folder, 'node.log'));
  node.stdout.pipe(log, { end: false });
  node.stderr.pipe(log, { end: false });
  node.once('exit', () => log.end());
  return node;
}

/** The JMX exporter on 127.0.0.1, with the rules of the kit. */
export function metricsAgent(home: KafkaHome, folder: string, port: number): string[] {
  const rules = join(folder, 'jmx-exporter.yaml');
  writeFileSync(rules, jmxExporterRules());
  return [`-javaagent:${home.jmxExporterJar}=127.0.0.1:${port}:${rules}`];
}

export function classpath(home: KafkaHome): string {
  return join(home.path, 'libs', '*');
}

/** Runs a class of Kafka, or a Java source file, with Kafka's classes; gives what it prints. */
export async function runJava(home: KafkaHome, command: readonly string[], input = ''): Promise<string> {
  const running = promisify(execFile)(home.java.executable, ['-cp', classpath(home), ...command], {
    maxBuffer: 256 * 1024 * 1024,
  });
  running.child.stdin?.end(input);
  return (await running).stdout;
}
