import type { KafkaClient, SaslOptions, TlsOptions } from '../admin';
import { Failure } from '../core/issue';
import type { EnvironmentModel, ListenerModel } from '../core/model';
import { localAdminAccess } from '../local/admin-access';
import { localState } from '../local/local-state';
import { localRoot } from '../local/node-folder';

export interface ClusterOptions {
  /** `host:port,host:port`, as given on the command line. */
  readonly bootstrap?: string;
  readonly signal: AbortSignal;
}

const ADDRESS = /^([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/;

/** Where a running cluster is reached, and how. */
export interface ClusterAddress {
  readonly bootstrapServers: readonly string[];
  /** @default no encryption */
  readonly tls?: TlsOptions;
  /** @default nobody has to say who it is */
  readonly sasl?: SaslOptions;
}

/**
 * Where the running cluster of an environment is reached: on its first listener that asks nobody who they are, or where the user says; on
 * this machine as its administrator.
 */
export async function findCluster(
  model: EnvironmentModel,
  { bootstrap, signal }: ClusterOptions,
): Promise<ClusterAddress> {
  const listener = model.listeners.find(isOpen) ?? model.listeners[0]!;
  const security = isOpen(listener) && listener.protocol === 'SSL' ? { tls: {} } : {};
  if (bootstrap !== undefined) return { bootstrapServers: parseBootstrap(bootstrap), ...security };
  if (model.target === 'local') return localAddress(model);
  if (model.target === 'msk' || model.target === 'msk-serverless') {
    const { mskBootstrapServers } =
      require('../admin/adapters/aws/msk-bootstrap') as typeof import('../admin/adapters/aws/msk-bootstrap');
    const servers = await mskBootstrapServers({
      clusterName: model.name,
      region: model.spec.aws!.region,
      authentication: listener.authentication,
      signal,
    });
    if (isOpen(listener)) return { bootstrapServers: servers, ...security };
    throw cannotLogIn(model, listener, servers.join(','));
  }
  throw new Failure(
    'BOOTSTRAP-UNKNOWN',
    `the bootstrap servers of ${model.name} are not known on this machine, got target ${model.target}; local and MSK are found by themselves.`,
    'Add --bootstrap host:port,host:port.',
    2,
  );
}

function parseBootstrap(text: string): readonly string[] {
  const servers = text.split(',').map((server) => server.trim());
  const bad = servers.find((server) => !(Number(ADDRESS.exec(server)?.[2]) <= 65535));
  if (bad === undefined) return servers;
  throw new Failure(
    'BOOTSTRAP-ADDRESS',
    `not the address of a broker, got ${JSON.stringify(bad)}; host:port, several with commas, are allowed.`,
    'Write for example --bootstrap b1.example:9092,b2.example:9092.',
    2,
  );
}

function localAddress(model: EnvironmentModel): ClusterAddress {
  const root = localRoot('.', model.name);
  const state = localState({ root });
  if (state === undefined || state.nodes.every(({ pid }) => pid === undefined)) {
    throw new Failure(
      'NOT-RUNNING',
      `${model.name} does not run on this machine, got ${state === undefined ? 'no node that was ever started here' : 'only stopped nodes'}; it must be up.`,
      'Run kdk up first, with the same arguments.',
    );
  }
  // What runs is what was written down when it was started.
  return model.authorization
    ? localAdminAccess(model, root)
    : { bootstrapServers: Object.values(state.bootstrapServers)[0]!.split(',') };
}

function isOpen(listener: ListenerModel): boolean {
  return listener.authentication === 'none';
}

function cannotLogIn(model: EnvironmentModel, listener: ListenerModel, servers: string): Failure {
  return new Failure(
    'AUTHENTICATION-UNSUPPORTED',
    `kdk has no credentials for listener ${listener.name} of ${model.name} at ${servers}, got ${listener.authentication} over ${listener.protocol}; listeners without authentication are allowed.`,
    'Give --bootstrap with the address of such a listener, for example through a tunnel.',
    3,
  );
}

/** Connects, runs `action` and disconnects. Ctrl-C disconnects too, which ends whatever is under way. */
export async function withClient<T>(
  address: ClusterAddress,
  signal: AbortSignal,
  action: (client: KafkaClient) => Promise<T>,
): Promise<T> {
  const { connectAdmin } = require('../admin/adapters/platformatic') as typeof import('../admin/adapters/platformatic');
  const client = await untilAborted(connectAdmin(address), signal);
  try {
    return await untilAborted(action(client), signal);
  } finally {
    await client.close();
  }
}

/** The promise, or a failure as soon as somebody interrupts. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, fail) => {
    stop = () =>
      fail(
        new Failure(
          'INTERRUPTED',
          'the command was interrupted, got a request to stop; what it had done so far stays.',
          'Run it again: it goes on from what is there.',
        ),
      );
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop!);
    // Where both fail, the interruption was told of.
    promise.catch(() => undefined);
  }
}
