import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileArtifact } from '../../lib/core/artifact';
import type { EnvironmentModel, NodeModel } from '../../lib/core/model';
import { renderHost, SYSTEM_LAYOUT, type HostLayout } from '../../lib/host';
import { freePorts } from './free-ports';
import { quietJava } from './quiet-java';

/** The same cluster with every node on 127.0.0.1, ports that are free, and all its folders below `root`. */
export async function onLoopback(model: EnvironmentModel, root: string): Promise<EnvironmentModel> {
  let port = await freePorts(model.nodes.length * (model.listeners.length + 3));
  const nodes = model.nodes.map((node): NodeModel => ({
    ...node,
    host: '127.0.0.1',
    bindHost: '127.0.0.1',
    ports: Object.fromEntries(Object.keys(node.ports).map((listener) => [listener, port++])),
    logDirs: node.logDirs.map((_, index) => join(root, node.name, `data-${index}`)),
    ...(node.metricsPort === undefined ? {} : { metricsPort: port++ }),
  }));
  return { ...model, nodes };
}

/** A layout below `root`, run by whoever starts it. */
export function layoutBelow(root: string, node: NodeModel, kafkaHome: string, jmxExporterJar?: string): HostLayout {
  const at = (name: string): string => join(root, node.name, name);
  const { service: _, ...layout } = SYSTEM_LAYOUT;
  return {
    ...layout,
    kafkaHome,
    configDir: at('files'),
    logDir: at('logs'),
    stateDir: at('state'),
    tls: { keystore: at('node.pem'), truststore: join(root, 'ca.crt') },
    ...(jmxExporterJar === undefined ? {} : { jmxExporterJar }),
  };
}

export function writeFiles(folder: string, files: readonly FileArtifact[]): void {
  for (const { path, content, executable } of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    if (executable === true) chmodSync(target, 0o755);
  }
}

/** One node as its rendered scripts run it. */
export class HostNode {
  private process?: ChildProcess;

  constructor(
    readonly model: NodeModel,
    private readonly layout: HostLayout,
  ) {}

  write(environment: EnvironmentModel): this {
    writeFiles(this.layout.configDir, renderHost(environment, this.model, this.layout));
    return this;
  }

  format(): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(join(this.layout.configDir, 'bin/format.sh'), { encoding: 'utf8', env: quietJava() });
  }

  start(): void {
    mkdirSync(this.layout.logDir, { recursive: true });
    const output = createWriteStream(join(this.layout.logDir, 'console.log'), { flags: 'a' });
    this.process = spawn(join(this.layout.configDir, 'bin/start.sh'), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process.stdout!.pipe(output);
    this.process.stderr!.pipe(output);
  }

  /** Ends it and gives its exit status, 143 after a controlled shutdown. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const child = this.process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  log(name: string): string {
    return readFileSync(join(this.layout.logDir, name), 'utf8');
  }

  metaProperties(logDir = this.model.logDirs[0]!): Record<string, string> {
    const lines = readFileSync(join(logDir, 'meta.properties'), 'utf8').split('\n');
    return Object.fromEntries(lines.filter((line) => line.includes('=')).map((line) => line.split('=', 2)));
  }
}

/** Tries until it gives a value, or fails with what it threw last. */
export async function eventually<T>(seconds: number, attempt: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((wake) => setTimeout(wake, 500));
    }
  }
}
