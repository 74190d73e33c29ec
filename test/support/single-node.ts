import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { KafkaHome } from '../../lib/local/kafka-home';
import { freePorts } from './free-ports';

/** A Kafka of one combined node with as little configuration as it starts with: what it describes are Kafka's own defaults. */
export interface SingleNode {
  readonly bootstrapServer: string;
  readonly nodeId: number;
  /** Fails, with the log, when the node ends. */
  readonly ended: Promise<never>;
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>;
}

const NODE_ID = 1;
const CLUSTER_ID = 'JvAtVKJ0Rg2mGFpDVCYMcA';

export async function startSingleNode(home: KafkaHome, folder: string): Promise<SingleNode> {
  const client = await freePorts(2);
  const controller = client + 1;
  const properties = {
    'node.id': String(NODE_ID),
    'process.roles': 'broker,controller',
    'log.dirs': join(folder, 'data'),
    listeners: `PLAINTEXT://127.0.0.1:${client},CONTROLLER://127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controller}`,
  };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.properties');
  const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''));
  await runJava(home, ['kafka.tools.StorageTool', 'format', '-c', file, '-t', CLUSTER_ID, '--standalone']);
  const child = spawn(home.java.executable, ['-Xmx384M', '-cp', classpath(home), 'kafka.Kafka', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logPath = join(folder, 'node.log');
  const log = createWriteStream(logPath);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the node ended:\n${readFileSync(logPath, 'utf8')}`)));
  });
  ended.catch(() => undefined); // only who waits for it is told
  return {
    bootstrapServer: `127.0.0.1:${client}`,
    nodeId: NODE_ID,
    ended,
    stop: async () => {
      await stop(child);
      log.end();
    },
  };
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

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}
