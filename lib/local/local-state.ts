import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/issue';
import type { EnvironmentModel, Role } from '../core/model';
import { localFormation, nodeFolder, serverLog } from './node-folder';
import { writeWhole } from './node-files';
import { nodeProcesses } from './node-processes';

/** One node as a command laid it out last. */
interface RecordedNode {
  readonly id: number;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Port of each listener, by its name in server.properties. */
  readonly ports: Readonly<Record<string, number>>;
  /** Where its metrics are read; absent where it has no exporter. */
  readonly metricsPort?: number;
}

interface RecordedState {
  readonly schemaVersion: 1;
  readonly environment: string;
  readonly clusterId: string;
  /** Patch release: `4.3.1`. */
  readonly kafka: string;
  readonly kafkaHome: string;
  /** Address list of each client listener, by its name in the environment. */
  readonly bootstrapServers: Readonly<Record<string, string>>;
  readonly nodes: readonly RecordedNode[];
}

export interface LocalNode extends RecordedNode {
  /** Of the running process; absent where the node does not run. */
  readonly pid?: number;
  readonly folder: string;
  /** Path of its server.log. */
  readonly log: string;
}

export interface LocalState extends Omit<RecordedState, 'schemaVersion' | 'nodes'> {
  readonly root: string;
  readonly formation: 'first' | 'formed';
  readonly nodes: readonly LocalNode[];
}

const FILE = 'state.json';

/** What is on this machine of an environment, or undefined where it was never up. Needs no environment file. */
export function localState(options: { readonly root: string }): LocalState | undefined {
  const { root } = options;
  const path = join(root, FILE);
  if (!existsSync(path)) return undefined;
  const { schemaVersion: _schemaVersion, nodes, ...state } = readState(path);
  const processes = nodeProcesses(root);
  return {
    ...state,
    root,
    formation: localFormation(root),
    nodes: nodes.map((node) => {
      const pid = processes.get(node.name)?.node?.pid;
      return {
        ...node,
        folder: nodeFolder(root, node.name),
        log: serverLog(root, node.name),
        ...(pid === undefined ? {} : { pid }),
      };
    }),
  };
}

/** Whether nodes of an environment run with an exporter now: what is worked out for them then has it too. */
export function runWithMetrics(root: string): boolean {
  const path = join(root, FILE);
  const nodes = existsSync(path) ? readState(path).nodes.filter(({ metricsPort }) => metricsPort !== undefined) : [];
  if (nodes.length === 0) return false;
  const processes = nodeProcesses(root);
  return nodes.some(({ name }) => processes.get(name)?.node !== undefined);
}

/** Writes down what a command is about to start, for those that have no environment file at hand. */
export function recordState(root: string, model: EnvironmentModel, kafkaHome: string): void {
  const state: RecordedState = {
    schemaVersion: 1,
    environment: model.name,
    clusterId: model.clusterId,
    kafka: model.kafka.patch,
    kafkaHome,
    bootstrapServers: Object.fromEntries(
      model.listeners.map(({ name, kafkaName }) => [
        name,
        model.nodes.flatMap(({ host, ports }) => (kafkaName in ports ? [`${host}:${ports[kafkaName]}`] : [])).join(','),
      ]),
    ),
    nodes: model.nodes.map(({ id, name, roles, ports, metricsPort }) => ({
      ...{ id, name, roles, ports },
      ...(metricsPort === undefined ? {} : { metricsPort }),
    })),
  };
  writeWhole(join(root, FILE), `${JSON.stringify(state, undefined, 2)}\n`);
}

function readState(path: string): RecordedState {
  const text = readFileSync(path, 'utf8');
  let state: Partial<RecordedState> | null;
  try {
    state = JSON.parse(text) as Partial<RecordedState> | null;
  } catch {
    state = null;
  }
  if (state?.schemaVersion === 1 && Array.isArray(state.nodes)) return state as RecordedState;
  throw new Failure(
    'LOCAL-STATE-UNREADABLE',
    `${path} cannot be read, got ${text.length === 0 ? 'an empty file' : 'something else than the kit writes'}; it says which nodes this environment has here.`,
    'Remove that file and run kdk up: it writes it again and finds the nodes and their data.',
  );
}
