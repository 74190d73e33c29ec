import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest, Manifests } from './manifests';

export interface PodPlaces {
  /** Folder for everything of all pods; without blanks, since it stands in scripts. */
  readonly root: string;
  /** What the image has in /opt/kafka. */
  readonly kafkaHome: string;
  /** What the image has in /opt/jmx-exporter. */
  readonly jmxExporterJar: string;
  /** What stands for other things, such as addresses, by what is rendered. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** What runs in a pod, outside Kubernetes: its command and probes as they were rendered, with its paths in a folder. */
export class Pod {
  readonly folder: string;
  readonly container: Manifest;
  #process?: ChildProcess;

  constructor(
    manifests: Manifests,
    readonly set: string,
    readonly name: string,
    private readonly places: PodPlaces,
  ) {
    this.folder = join(places.root, name);
    const { spec } = manifests.get('StatefulSet', set).spec.template;
    this.container = spec.containers[0];
    const mounted = new Map<string, string>(
      this.container.volumeMounts.map((mount: Manifest) => [mount.name, mount.mountPath]),
    );
    for (const path of mounted.values()) {
      const folder = this.inside(path);
      if (folder.startsWith(places.root)) mkdirSync(folder, { recursive: true });
    }
    for (const { name: volume, configMap } of spec.volumes) {
      if (configMap === undefined) continue;
      const { data } = manifests.get('ConfigMap', configMap.name);
      for (const [file, text] of Object.entries(data)) {
        writeFileSync(this.inside(join(mounted.get(volume)!, file)), this.inside(text as string));
      }
    }
  }

  /** A path or a text of the pod as it is on this machine. */
  inside(text: string): string {
    const { kafkaHome, jmxExporterJar, instead = {} } = this.places;
    const pairs: Record<string, string> = {
      '/opt/jmx-exporter/jmx_prometheus_javaagent.jar': jmxExporterJar,
      '/opt/kafka': kafkaHome,
      '/etc/kafka/node': join(this.folder, 'config'),
      '/etc/kafka/connect-secrets': join(this.folder, 'secrets'),
      '/etc/kafka/connect': join(this.folder, 'config'),
      '/etc/kafka/tls': join(this.folder, 'tls'),
      '/etc/kafka/listener-tls': join(this.folder, 'listener-tls'),
      '/run/kafka': join(this.folder, 'run'),
      ...instead,
    };
    return Object.entries(pairs).reduce((result, [from, to]) => result.replaceAll(from, to), text);
  }

  write(file: string, text: string): this {
    const path = join(this.folder, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
    return this;
  }

  /** Runs the command until it ends by itself. */
  run(env: NodeJS.ProcessEnv = {}): { status: number | null; stdout: string; stderr: string } {
    const [program, ...args] = this.#command();
    const output = new Output();
    const { status } = spawnSync(program!, args, { env: this.#environment(env), stdio: output.stdio });
    return { status, ...output.read() };
  }

  /** The same, while this process goes on and can answer it. */
  async runBeside(env: NodeJS.ProcessEnv = {}): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const [program, ...args] = this.#command();
    return runToEnd(program!, args, this.#environment(env));
  }

  start(env: NodeJS.ProcessEnv = {}): void {
    const [program, ...args] = this.#command();
    const log = createWriteStream(join(this.folder, 'console.log'), { flags: 'a' });
    this.#process = spawn(program!, args, { env: this.#environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stdout!.pipe(log);
    this.#process.stderr!.pipe(log);
  }

  log(): string {
    return readFileSync(join(this.folder, 'console.log'), 'utf8');
  }

  /** Ends it as the kubelet does, and gives its exit status: 143 where the signal reached Java. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    const child = this.#process;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }

  /** Its exit status once it has ended by itself. */
  async ended(): Promise<number | null> {
    const child = this.#process!;
    if (child.exitCode === null) await once(child, 'exit');
    return child.exitCode;
  }

  /** Runs a probe that is a command. */
  probe(name: 'startupProbe' | 'readinessProbe'): { status: number | null; stdout: string; stderr: string } {
    const [program, ...args] = this.container[name].exec.command.map((word: string) => this.inside(word));
    return spawnSync(program, args, { encoding: 'utf8', env: this.#environment({}) });
  }

  #command(): string[] {
    return this.container.command.map((word: string) => this.inside(word));
  }

  #environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const stated = (this.container.env as Manifest[]).flatMap(({ name, value }) =>
      value === undefined ? [] : [[name, value]],
    );
    return { ...Object.fromEntries(stated), PATH: process.env.PATH, POD_NAME: this.name, ...env } as NodeJS.ProcessEnv;
  }
}

/** Runs a program until its outputs are closed. */
export async function runToEnd(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const output = new Output();
  const child = spawn(program, args, { env, stdio: output.stdio });
  await once(child, 'exit');
  return { status: child.exitCode, ...output.read() };
}

/** In files, not in pipes: what a script leaves in the background holds a pipe open after its end. */
class Output {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kdk-output-'));
  readonly #files = ['stdout', 'stderr'].map((name) => openSync(join(this.#folder, name), 'w'));
  public readonly stdio: StdioOptions = ['ignore', ...this.#files];

  read(): { stdout: string; stderr: string } {
    for (const file of this.#files) closeSync(file);
    const [stdout, stderr] = ['stdout', 'stderr'].map((name) => readFileSync(join(this.#folder, name), 'utf8'));
    rmSync(this.#folder, { recursive: true });
    return { stdout: stdout!, stderr: stderr! };
  }
}
