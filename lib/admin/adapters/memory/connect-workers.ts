import type { ObservedConnector } from '../../../core/plan/observed';
import type {
  ConnectorOffset,
  ConnectorPlugin,
  ConnectorProblem,
  ConnectorState,
  ConnectWorkersPort,
  NamedConfig,
  WantedConnector,
  WorkerDescription,
} from '../../port';
import { connectorFailed, connectorPath, refused, refusedConfig, unknownConnector } from '../connect-rest/failures';
import { unknownClass } from '../connect-rest/problems';

export interface MemoryConnectOptions {
  readonly plugins: readonly MemoryPlugin[];
  /** Why the tasks of a connector fail when they start; undefined where they run. @default they run */
  readonly fails?: (connector: NamedConfig) => string | undefined;
  /** @default 4.3.1 */
  readonly version?: string;
  readonly kafkaClusterId?: string;
}

export interface MemoryPlugin extends ConnectorPlugin {
  /** Options without which it refuses a configuration. */
  readonly required: readonly string[];
}

interface Connector {
  config: Readonly<Record<string, string>>;
  state: ConnectorState;
  /** Trace of each task; undefined where it runs. */
  tasks: (string | undefined)[];
  offsets: readonly ConnectorOffset[];
}

/** The workers of a Connect cluster that move no records: everything else is as the REST interface has it. */
export class MemoryConnectWorkers implements ConnectWorkersPort {
  /** What was changed, in order: `put orders`, `restart orders`. */
  readonly changes: string[] = [];
  readonly #connectors = new Map<string, Connector>();

  constructor(private readonly options: MemoryConnectOptions) {}

  async workers(): Promise<WorkerDescription[]> {
    const { version = '4.3.1', kafkaClusterId = 'memory' } = this.options;
    return [{ url: 'memory:', version, kafkaClusterId }];
  }

  async connectors(): Promise<Map<string, ObservedConnector>> {
    const sorted = [...this.#connectors].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(
      sorted.map(([name, { config, state, tasks }]) => [
        name,
        {
          name,
          config,
          state,
          tasks: tasks.map((trace, id) => (trace === undefined ? { id, state } : { id, state: 'failed', trace })),
        },
      ]),
    );
  }

  async plugins(): Promise<ConnectorPlugin[]> {
    return this.options.plugins.map(({ required: _, ...plugin }) => plugin);
  }

  async validate({ name, config }: NamedConfig): Promise<ConnectorProblem[]> {
    const plugin = this.options.plugins.find(({ className }) => className === config['connector.class']);
    if (plugin === undefined) return [unknownClass({ name, config }, await this.plugins())];
    const tasksMax = config['tasks.max'];
    return [
      ...(tasksMax === undefined || /^\d+$/.test(tasksMax)
        ? []
        : [
            problem(
              name,
              'tasks.max',
              `Invalid value ${tasksMax} for configuration tasks.max: Not a number of type INT`,
            ),
          ]),
      ...plugin.required
        .filter((option) => config[option] === undefined)
        .map((option) =>
          problem(name, option, `Missing required configuration "${option}" which has no default value.`),
        ),
    ];
  }

  async put(wanted: WantedConnector): Promise<void> {
    const { name, config, state } = wanted;
    const problems = await this.validate(wanted);
    if (problems.length > 0) throw refusedConfig(name, problems.map(({ message }) => message).join('\n'));
    this.changes.push(`put ${name}`);
    const offsets = this.#connectors.get(name)?.offsets ?? [];
    this.#connectors.set(name, { config: { ...config }, state, tasks: [], offsets });
    this.#start(name);
  }

  async setState(name: string, state: ConnectorState): Promise<void> {
    const connector = this.#known(name);
    this.changes.push(`${state} ${name}`);
    connector.state = state;
    this.#start(name);
  }

  async restart(name: string): Promise<void> {
    this.#known(name);
    this.changes.push(`restart ${name}`);
    this.#start(name);
  }

  async delete(name: string): Promise<void> {
    this.changes.push(`delete ${name}`);
    this.#connectors.delete(name);
  }

  async offsets(name: string): Promise<readonly ConnectorOffset[]> {
    return this.#known(name).offsets;
  }

  async setOffsets(name: string, offsets: readonly ConnectorOffset[]): Promise<void> {
    const connector = this.#stopped(name, 'set');
    this.changes.push(`set offsets ${name}`);
    const key = ({ partition }: ConnectorOffset): string => JSON.stringify(Object.entries(partition).sort());
    const merged = new Map([...connector.offsets, ...offsets].map((offset) => [key(offset), offset]));
    connector.offsets = [...merged.values()].filter(({ offset }) => offset !== null);
  }

  async resetOffsets(name: string): Promise<void> {
    const connector = this.#stopped(name, 'reset');
    this.changes.push(`reset offsets ${name}`);
    connector.offsets = [];
  }

  async close(): Promise<void> {}

  /** Fails a task that runs, as a database that goes away does. */
  fail(name: string, trace: string): void {
    const connector = this.#known(name);
    connector.tasks = connector.tasks.map(() => trace);
  }

  #start(name: string): void {
    const connector = this.#known(name);
    const { config, state } = connector;
    const reason = state === 'running' ? this.options.fails?.({ name, config }) : undefined;
    const count = state === 'stopped' ? 0 : Number(config['tasks.max'] ?? 1);
    connector.tasks = Array.from({ length: count }, () => reason);
    if (reason === undefined || count === 0) return;
    throw connectorFailed(
      name,
      connector.tasks.map((_, id) => `task ${id} failed on worker memory: ${reason.split('\n')[0]}`),
    );
  }

  #known(name: string): Connector {
    const connector = this.#connectors.get(name);
    if (connector === undefined) throw unknownConnector(name);
    return connector;
  }

  #stopped(name: string, verb: string): Connector {
    const connector = this.#known(name);
    if (connector.state === 'stopped') return connector;
    throw refused(
      `${verb} the offsets of connector ${name}`,
      400,
      'Connectors must be in the STOPPED state before their offsets can be modified.',
    );
  }
}

function problem(name: string, option: string, message: string): ConnectorProblem {
  return {
    level: 'error',
    option,
    message: message.endsWith('.') ? message : `${message}.`,
    hint: `Change ${connectorPath(name, option)}.`,
  };
}
