import type { ObservedConnector } from '../../core/plan/observed';
import type { TlsOptions } from './connect';

/**
 * What the kit asks of the workers of one Connect cluster. One adapter speaks Connect's REST interface. Every call may be made again:
 * after an answer that got lost it comes to the same. Calls that change something return when it is in force, and fail with a `Failure`
 * that holds Connect's own words: status 3 where no worker answers or the log-in is refused, status 1 where Connect refuses, where a
 * connector or a task of it fails, or where it does not come to rest in time. No message holds the value of a secret.
 */
export interface ConnectWorkersPort {
  /** Every address that was given, asked by itself, so that a worker of another cluster or release is noticed. */
  workers(): Promise<readonly WorkerDescription[]>;
  /** Every connector with its configuration and state, in one request. Configurations come without `name`, which Connect adds by itself. */
  connectors(): Promise<ReadonlyMap<string, ObservedConnector>>;
  /** Connector plugins of the worker that answers. */
  plugins(): Promise<readonly ConnectorPlugin[]>;
  /** Everything that Connect finds wrong with a configuration, at once; changes nothing. A class that no plugin has is one of the problems. */
  validate(connector: NamedConfig): Promise<readonly ConnectorProblem[]>;
  /** Creates the connector in its state, or changes its configuration and state. */
  put(connector: WantedConnector): Promise<void>;
  setState(name: string, state: ConnectorState): Promise<void>;
  /** Restarts what has failed of it, connector and tasks; the rest runs on. */
  restart(name: string): Promise<void>;
  /** A connector that is not there is deleted. Its offsets stay, and one of the same name would go on from them. */
  delete(name: string): Promise<void>;
  /** How far it is: in its source, or for a sink in the topics. */
  offsets(name: string): Promise<readonly ConnectorOffset[]>;
  /** Sets these offsets and leaves the others; the connector must be stopped. */
  setOffsets(name: string, offsets: readonly ConnectorOffset[]): Promise<void>;
  /** Forgets how far it was, so that it begins anew; the connector must be stopped. */
  resetOffsets(name: string): Promise<void>;
  /** Ends what still waits. */
  close(): Promise<void>;
}

export interface ConnectRestOptions {
  /** Workers of one cluster, `http://host:8083` or `https://…`; the first that answers is used, the others where it does not. */
  readonly urls: readonly string[];
  /** For https. @default the authorities that Node.js trusts, and no certificate of the client's */
  readonly tls?: TlsOptions;
  /** Where the workers run Connect's basic-auth extension, or a proxy asks for it. @default none */
  readonly basicAuth?: { readonly username: string; readonly password: string };
  /** How long one request may take; a worker itself gives up after 90 s. @default 95000 */
  readonly timeoutMs?: number;
  /**
   * How long a request is repeated while the workers rebalance, and how long a connector may take until it and its tasks have their
   * state. @default 120000
   */
  readonly patienceMs?: number;
}

export type ConnectorState = 'running' | 'paused' | 'stopped';

export interface NamedConfig {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
}

export interface WantedConnector extends NamedConfig {
  readonly state: ConnectorState;
}

export interface WorkerDescription {
  readonly url: string;
  /** Release of Connect: `4.3.1`. Absent, like the cluster, where it does not answer. */
  readonly version?: string;
  /** The Kafka cluster that it works with. */
  readonly kafkaClusterId?: string;
  /** Why it does not answer. */
  readonly error?: string;
}

export interface ConnectorPlugin {
  readonly className: string;
  readonly type: 'source' | 'sink';
  readonly version?: string;
}

export interface ConnectorProblem {
  /** `error`: Connect would refuse it. `warning`: Connect takes it, and ignores an option that looks mistyped. */
  readonly level: 'error' | 'warning';
  /** Name of the option. */
  readonly option: string;
  /** A sentence, mostly Connect's own. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

export interface ConnectorOffset {
  /** Of a source, in the words of its connector; of a sink `kafka_topic` and `kafka_partition`. */
  readonly partition: Readonly<Record<string, unknown>>;
  /** The same; of a sink `kafka_offset`. Null forgets this one. */
  readonly offset: Readonly<Record<string, unknown>> | null;
}
