import type { ObservedConnector } from '../../../core/plan/observed';
import { Failure } from '../../../core/issue';
import type {
  ConnectorOffset,
  ConnectorPlugin,
  ConnectorProblem,
  ConnectorState,
  ConnectRestOptions,
  ConnectWorkersPort,
  NamedConfig,
  WantedConnector,
  WorkerDescription,
} from '../../port';
import type {
  ConnectorInfo,
  ConnectorStatus,
  ExpandedConnectors,
  Offsets,
  PluginInfo,
  Validation,
  WorkerInfo,
} from './answers';
import { refused, refusedConfig, unknownConnector, unreachable, unsettled } from './failures';
import { hideSecrets } from './hidden';
import { NoAnswer, type Answer } from './http';
import { problemsOf, unknownClass } from './problems';
import { Requests, words } from './requests';
import { QUIET_MS, settle } from './settle';
import { Turns } from './turns';

const VERBS = { running: 'resume', paused: 'pause', stopped: 'stop' } as const;
const UNKNOWN_CLASS = /Failed to find any class that implements Connector/;

interface Described {
  readonly description: WorkerDescription;
  readonly failure?: Failure;
}

/** Connect's REST interface, as of Kafka 3.7 (initial states) and 3.6 (offsets); what older workers lack they say so themselves. */
export class RestConnectWorkers implements ConnectWorkersPort {
  readonly #requests: Requests;
  readonly #turns = new Turns();

  constructor(
    options: ConnectRestOptions,
    private readonly quietMs = QUIET_MS,
  ) {
    this.#requests = new Requests(options);
  }

  async workers(): Promise<WorkerDescription[]> {
    const described = await Promise.all(this.#requests.urls.map((url) => this.#describe(url)));
    if (described.every(({ description }) => description.error !== undefined)) {
      const [{ failure, description }] = described as [Described];
      throw failure ?? unreachable(this.#requests.urls, description.error!);
    }
    return described.map(({ description }) => description);
  }

  async connectors(): Promise<Map<string, ObservedConnector>> {
    const { json } = await this.#requests.ask({
      method: 'GET',
      path: '/connectors?expand=info&expand=status',
      what: 'list the connectors',
    });
    const entries = Object.entries(json as ExpandedConnectors);
    return new Map(entries.map(([name, { info, status }]) => [name, observed(info, status)]));
  }

  async plugins(): Promise<ConnectorPlugin[]> {
    const { json } = await this.#requests.ask({ method: 'GET', path: '/connector-plugins', what: 'list its plugins' });
    return (json as PluginInfo[])
      .filter(({ type }) => type === 'source' || type === 'sink')
      .map(({ class: className, type, version }) => ({
        className,
        type: type as 'source' | 'sink',
        ...(version === undefined || version === 'null' ? {} : { version }),
      }));
  }

  async validate({ name, config }: NamedConfig): Promise<ConnectorProblem[]> {
    const className = config['connector.class'] ?? '';
    if (className === '') return [unknownClass({ name, config }, await this.plugins())];
    const answer = await this.#requests.ask({
      method: 'PUT',
      path: `/connector-plugins/${encodeURIComponent(className)}/config/validate`,
      body: { ...config, name },
      what: `validate connector ${name}`,
      accept: [400, 404, 500],
    });
    if (answer.status === 200) return problemsOf({ name, config }, answer.json as Validation);
    if (UNKNOWN_CLASS.test(words(answer))) return [unknownClass({ name, config }, await this.plugins())];
    throw refused(`validate connector ${name}`, answer.status, hideSecrets(words(answer), config));
  }

  put(wanted: WantedConnector): Promise<void> {
    return this.#turns.take(wanted.name, () => this.#put(wanted));
  }

  setState(name: string, state: ConnectorState): Promise<void> {
    return this.#turns.take(name, async () => {
      await this.#change(name, state);
      await this.#settle(name, state);
    });
  }

  restart(name: string): Promise<void> {
    return this.#turns.take(name, () => this.#restart(name));
  }

  delete(name: string): Promise<void> {
    return this.#turns.take(name, () => this.#delete(name));
  }

  async offsets(name: string): Promise<readonly ConnectorOffset[]> {
    const answer = await this.#offsets('GET', name, 'tell the offsets of');
    return (answer.json as Offsets).offsets;
  }

  async setOffsets(name: string, offsets: readonly ConnectorOffset[]): Promise<void> {
    await this.#offsets('PATCH', name, 'set the offsets of', { offsets });
  }

  async resetOffsets(name: string): Promise<void> {
    await this.#offsets('DELETE', name, 'reset the offsets of');
  }

  async close(): Promise<void> {
    this.#requests.close();
  }

  async #put(wanted: WantedConnector): Promise<void> {
    const { name, config, state } = wanted;
    const present = (await this.#info(name)) ?? (await this.#create(wanted));
    if (present !== 'created') {
      const now = (await this.#status(name))?.connector.state.toLowerCase();
      // What is to stand still must not run with its new configuration for a moment.
      if (state !== 'running' && now !== state) await this.#change(name, state);
      if (present === 'there' || !sameConfig(present.config, config)) await this.#configure(wanted);
      if (state === 'running' && (now === undefined || now === 'paused' || now === 'stopped')) {
        await this.#change(name, state);
      }
    }
    await this.#settle(name, state, config);
  }

  async #restart(name: string): Promise<void> {
    const answer = await this.#requests.ask({
      method: 'POST',
      path: `${pathOf(name)}/restart?includeTasks=true&onlyFailed=true`,
      what: `restart connector ${name}`,
      accept: [404],
    });
    if (answer.status === 404) throw unknownConnector(name);
    await this.#settle(name, 'running');
  }

  async #delete(name: string): Promise<void> {
    const request = { method: 'DELETE', path: pathOf(name), what: `delete connector ${name}`, accept: [404] } as const;
    await this.#requests.ask(request);
    const deadline = Date.now() + this.#requests.patienceMs;
    while ((await this.#info(name)) !== undefined) {
      if (Date.now() > deadline) throw unsettled(name, 'gone', 'that it is there', this.#requests.patienceMs);
      await this.#requests.pause(200);
    }
  }

  async #describe(url: string): Promise<Described> {
    try {
      const { json } = await this.#requests.askOne(url, { method: 'GET', path: '/' });
      const { version, kafka_cluster_id: kafkaClusterId } = json as WorkerInfo;
      return { description: { url, version, kafkaClusterId } };
    } catch (error) {
      if (error instanceof NoAnswer) return { description: { url, error: error.reason } };
      if (error instanceof Failure) return { description: { url, error: error.message }, failure: error };
      throw error;
    }
  }

  async #info(name: string): Promise<ConnectorInfo | undefined> {
    const request = { method: 'GET', path: pathOf(name), what: `describe connector ${name}`, accept: [404] } as const;
    const answer = await this.#requests.ask(request);
    return answer.status === 404 ? undefined : (answer.json as ConnectorInfo);
  }

  async #status(name: string): Promise<ConnectorStatus | undefined> {
    const path = `${pathOf(name)}/status`;
    const request = { method: 'GET', path, what: `tell the state of connector ${name}`, accept: [404] } as const;
    const answer = await this.#requests.ask(request);
    return answer.status === 404 ? undefined : (answer.json as ConnectorStatus);
  }

  /** `there`: somebody else, or an earlier try whose answer got lost, has created it meanwhile. */
  async #create({ name, config, state }: WantedConnector): Promise<'created' | 'there'> {
    const answer = await this.#requests.ask({
      method: 'POST',
      path: '/connectors',
      // Workers before 3.7 know no initial state and refuse the word.
      body: { name, config, ...(state === 'running' ? {} : { initial_state: state.toUpperCase() }) },
      what: `create connector ${name}`,
      accept: [400, 409, 500],
    });
    if (answer.status === 409) return 'there';
    if (answer.status < 300) return 'created';
    if (/Unrecognized field "initial_state"/.test(words(answer))) {
      await this.#configure({ name, config });
      await this.#change(name, state);
      return 'created';
    }
    throw this.#refusal(`create connector ${name}`, { name, config }, answer);
  }

  async #configure({ name, config }: NamedConfig): Promise<void> {
    const answer = await this.#requests.ask({
      method: 'PUT',
      path: `${pathOf(name)}/config`,
      body: config,
      what: `change connector ${name}`,
      accept: [400, 500],
    });
    if (answer.status >= 400) throw this.#refusal(`change connector ${name}`, { name, config }, answer);
  }

  #refusal(what: string, { name, config }: NamedConfig, answer: Answer): Failure {
    const text = words(answer);
    if (UNKNOWN_CLASS.test(text)) return refusedConfig(name, text.replace(/, available connectors are:.*/s, '.'));
    const told = hideSecrets(text, config);
    return answer.status === 400 ? refusedConfig(name, told) : refused(what, answer.status, told);
  }

  async #change(name: string, state: ConnectorState): Promise<void> {
    const verb = VERBS[state];
    const request = {
      method: 'PUT',
      path: `${pathOf(name)}/${verb}`,
      what: `${verb} connector ${name}`,
      accept: [404],
    } as const;
    const answer = await this.#requests.ask(request);
    if (answer.status !== 404) return;
    if (/^HTTP 404/.test(words(answer)))
      throw refused(request.what, 404, 'a worker of Kafka 3.5 or newer can stop connectors');
    throw unknownConnector(name);
  }

  async #offsets(method: 'GET' | 'PATCH' | 'DELETE', name: string, verb: string, body?: Offsets): Promise<Answer> {
    const answer = await this.#requests.ask({
      method,
      path: `${pathOf(name)}/offsets`,
      what: `${verb} connector ${name}`,
      accept: [404],
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status === 404) throw unknownConnector(name);
    return answer;
  }

  async #settle(name: string, wanted: ConnectorState, config?: Readonly<Record<string, string>>): Promise<void> {
    const known = config ?? (await this.#info(name))?.config ?? {};
    await settle({
      name,
      wanted,
      patienceMs: this.#requests.patienceMs,
      quietMs: this.quietMs,
      status: () => this.#status(name),
      tasks: async () => (await this.#info(name))?.tasks.length ?? 0,
      pause: (ms) => this.#requests.pause(ms),
      hide: (text) => hideSecrets(text, known),
    });
  }
}

function pathOf(name: string): string {
  return `/connectors/${encodeURIComponent(name)}`;
}

function observed(info: ConnectorInfo, status: ConnectorStatus): ObservedConnector {
  return {
    name: info.name,
    config: withoutName(info.config),
    state: status.connector.state.toLowerCase(),
    tasks: status.tasks.map(({ id, state, trace }) => ({
      id,
      state: state.toLowerCase(),
      ...(trace === undefined ? {} : { trace: hideSecrets(trace, info.config) }),
    })),
  };
}

/** Connect writes the name of a connector into its configuration. */
function withoutName({ name: _, ...config }: Readonly<Record<string, string>>): Record<string, string> {
  return config;
}

function sameConfig(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const [left, right] = [withoutName(a), withoutName(b)];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((option) => left[option] === right[option]);
}
