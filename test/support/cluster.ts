import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../../lib/core/issue';
import type { EnvironmentModel } from '../../lib/core/model';
import { localState, upLocal } from '../../lib/local';
import { modelOfText } from './environments';
import { freePorts } from './free-ports';

/** A real cluster of its own for one test file, on free ports of 127.0.0.1 and in a temporary folder. */
export interface TestCluster {
  readonly model: EnvironmentModel;
  readonly root: string;
  /** `host:port` of every broker. */
  readonly bootstrapServers: readonly string[];
  address(nodeId: number): string;
  /** Sends the signal to the process of one node; after SIGKILL, waits until it is gone. */
  signal(nodeId: number, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  /** Starts the nodes that do not run, and returns when all serve. */
  up(): Promise<void>;
  /** Kills what is left of it and removes its folder. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Of the environment; ids come from it. @default test */
  readonly name?: string;
  /** YAML of `nodePools`. @default three combined nodes */
  readonly nodePools?: string;
  /** More top-level YAML, for example topics. */
  readonly yaml?: string;
}

const COMBINED = '{ nodes: { roles: [broker, controller], replicas: 3 } }';
/** More than any test cluster has nodes times listeners. */
const PORTS = 24;
const silent: Progress = () => undefined;

export async function startCluster({
  name = 'test',
  nodePools = COMBINED,
  yaml = '',
}: ClusterOptions = {}): Promise<TestCluster> {
  const root = mkdtempSync(join(tmpdir(), 'kdk-cluster-'));
  const model = modelOfText(
    `name: ${name}
target: local
kafka: { version: '4.3' }
nodePools: ${nodePools}
listeners:
  internal: { authentication: none }
targets:
  local: { ports: { first: ${await freePorts(PORTS)} }, heap: 320MiB }
${yaml}`,
    { localRoot: root },
  );
  const cluster = new RunningCluster(model, root);
  try {
    await cluster.up();
    return cluster;
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

class RunningCluster implements TestCluster {
  constructor(
    readonly model: EnvironmentModel,
    readonly root: string,
  ) {}

  get bootstrapServers(): string[] {
    return this.model.nodes.filter(({ roles }) => roles.includes('broker')).map(({ id }) => this.address(id));
  }

  address(nodeId: number): string {
    return `127.0.0.1:${this.model.nodes.find(({ id }) => id === nodeId)!.ports['INTERNAL']}`;
  }

  async signal(nodeId: number, signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const pid = this.#pids().get(nodeId);
    if (pid === undefined) throw new Error(`node ${nodeId} does not run`);
    process.kill(pid, signal);
    if (signal === 'SIGKILL') await gone(pid);
  }

  async up(): Promise<void> {
    await upLocal(this.model, { root: this.root, progress: silent });
  }

  async stop(): Promise<void> {
    for (const pid of this.#pids().values()) {
      process.kill(pid, 'SIGKILL');
      await gone(pid);
    }
    rmSync(this.root, { recursive: true, force: true });
  }

  #pids(): Map<number, number> {
    const nodes = localState({ root: this.root })?.nodes ?? [];
    return new Map(nodes.flatMap(({ id, pid }) => (pid === undefined ? [] : [[id, pid] as const])));
  }
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
