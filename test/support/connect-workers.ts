import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectWorkerProperties } from '../../lib/core/config';
import type { EnvironmentModel } from '../../lib/core/model';
import type { KafkaHome } from '../../lib/local/kafka-home';
import { freePorts } from './free-ports';
import { eventually } from './host-nodes';
import { classpath, metricsAgent } from './bare-nodes';

/** A Connect worker as the kit renders it, on 127.0.0.1, whose REST interface wants a user name and password. */
export interface ConnectWorker {
  readonly url: string;
  readonly basicAuth: { readonly username: string; readonly password: string };
  /** Folder whose folders are secrets: `${dir:<secretsDir>/<secret>:<key>}`. */
  readonly secretsDir: string;
  /** What Prometheus would read. */
  readonly metricsUrl: string;
  log(): string;
  stop(): Promise<void>;
}

export interface ConnectWorkerOptions {
  readonly model: EnvironmentModel;
  readonly home: KafkaHome;
  readonly bootstrapServers: readonly string[];
  readonly folder: string;
  /** Of the authority of the brokers' certificates, PEM. @default brokers speak in plain text */
  readonly truststore?: string;
  /** Where its exporter is read. @default a free port */
  readonly metricsPort?: number;
}

export async function startConnectWorker(options: ConnectWorkerOptions): Promise<ConnectWorker> {
  const { model, home, bootstrapServers, folder, truststore } = options;
  const restPort = await freePorts(2);
  const metricsPort = options.metricsPort ?? restPort + 1;
  const secretsDir = join(folder, 'secrets');
  const basicAuth = { username: 'kit', password: 'swordfish' };
  mkdirSync(secretsDir, { recursive: true });
  const rendered = connectWorkerProperties(model, {
    bootstrapServers: bootstrapServers.join(','),
    advertisedHost: '127.0.0.1',
    restPort,
    files: { secretsDir, ...(truststore === undefined ? {} : { truststore }) },
  });
  const properties = join(folder, 'worker.properties');
  writeFileSync(
    properties,
    `${rendered.replace('listeners=http://:', 'listeners=http://127.0.0.1:')}
rest.extension.classes=org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension
offset.flush.interval.ms=1000
`,
  );
  const users = join(folder, 'users');
  writeFileSync(users, `${basicAuth.username}: ${basicAuth.password}\n`);
  const jaas = join(folder, 'jaas.conf');
  writeFileSync(
    jaas,
    `KafkaConnect { org.apache.kafka.connect.rest.basic.auth.extension.PropertyFileLoginModule required file="${users}"; };\n`,
  );
  const child = spawn(
    home.java.executable,
    [
      '-Xmx384M',
      ...metricsAgent(home, folder, metricsPort),
      `-Djava.security.auth.login.config=${jaas}`,
      '-cp',
      classpath(home),
      'org.apache.kafka.connect.cli.ConnectDistributed',
      properties,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const logPath = join(folder, 'worker.log');
  const log = createWriteStream(logPath);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const worker: ConnectWorker = {
    url: `http://127.0.0.1:${restPort}`,
    basicAuth,
    secretsDir,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    log: () => readFileSync(logPath, 'utf8'),
    stop: async () => {
      await stop(child);
      log.end();
    },
  };
  await eventually(120, () => healthy(worker, child)).catch(async (error: unknown) => {
    await worker.stop();
    throw new Error(`the worker is not ready: ${String(error)}\n${worker.log().slice(-4000)}`);
  });
  return worker;
}

async function healthy({ url, basicAuth }: ConnectWorker, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const login = Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString('base64');
  const { status } = await fetch(`${url}/health`, { headers: { authorization: `Basic ${login}` } });
  if (status !== 200) throw new Error(`/health answers ${status}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(late);
}
