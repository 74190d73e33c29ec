import type { ConnectOptions, KafkaClient } from '../admin';
import { Failure } from '../core/issue';
import { bootstrapServers as bootstrapServersOf } from '../core/config';
import { REPLICATION_LISTENER, type EnvironmentModel, type ListenerModel } from '../core/model';
import { localAdminAccess } from '../local/admin-access';
import { localState } from '../local/local-state';
import { localRoot } from '../local/node-folder';
import { bootstrapArgument } from './bootstrap-argument';
import type { ClusterOptions } from './cluster-options';
import { commandConfig } from './command-config';
import type { Context, Reach } from './outcome';
import { untilAborted } from './until-aborted';

/** Where a running cluster is reached, and how. */
export type ClusterAddress = Pick<ConnectOptions, 'bootstrapServers' | 'tls' | 'sasl'>;

export interface FindOptions extends Pick<ClusterOptions, 'bootstrap' | 'commandConfig'> {
  readonly signal: AbortSignal;
}

/**
 * Where the administrator reaches the running cluster of an environment: as the user says; on this machine by the administrator's own
 * door; on Amazon MSK by asking AWS, and there with IAM where a listener has it.
 */
export async function findCluster(model: EnvironmentModel, options: FindOptions): Promise<ClusterAddress> {
  const { bootstrap, commandConfig: file } = options;
  if (bootstrap !== undefined || file !== undefined)
    return givenCluster(options, { ...openSecurity(model), ...administratorsListener(model) });
  if (model.target === 'local') return localAddress(model);
  if (model.target === 'msk' || model.target === 'msk-serverless') return mskAddress(model, options);
  throw new Failure(
    'BOOTSTRAP-UNKNOWN',
    `the bootstrap servers of ${model.name} are not known on this machine, got target ${model.target}; local and MSK are found by themselves.`,
    'Add --bootstrap host:port,host:port, and --command-config FILE where brokers ask for a log-in.',
    2,
  );
}

/** A cluster that no environment describes. */
export function givenCluster(
  { bootstrap, commandConfig: file }: Pick<ClusterOptions, 'bootstrap' | 'commandConfig'>,
  { bootstrapServers: otherServers = [], ...otherwise }: Partial<ClusterAddress> = {},
): ClusterAddress {
  const servers = bootstrap === undefined ? undefined : bootstrapArgument(bootstrap);
  if (file === undefined) {
    if (servers !== undefined) return { bootstrapServers: servers, ...otherwise };
    throw new Failure(
      'BOOTSTRAP-UNKNOWN',
      'nothing says where the cluster is, got neither --bootstrap nor --command-config; one of them is needed.',
      'Add --bootstrap host:port,host:port.',
      2,
    );
  }
  const { bootstrapServers: written, ...login } = commandConfig(file);
  const bootstrapServers = servers ?? (written.length > 0 ? written : otherServers);
  if (bootstrapServers.length > 0) return { ...login, bootstrapServers };
  throw new Failure(
    'BOOTSTRAP-UNKNOWN',
    `the settings do not say where the cluster is, got no bootstrap.servers in ${file}; that or --bootstrap is needed.`,
    'Add --bootstrap host:port,host:port.',
    2,
  );
}

/** On hosts the log-in of RUNBOOK.md is for the listener of the brokers among themselves, whose addresses the environment knows. */
function administratorsListener(model: EnvironmentModel): Pick<Partial<ClusterAddress>, 'bootstrapServers'> {
  if (model.target !== 'hosts' || model.internalListeners === undefined) return {};
  return { bootstrapServers: bootstrapServersOf(model, REPLICATION_LISTENER).split(',') };
}

/** A listener that asks nobody who they are is reached without a log-in, in plain text or over TLS as declared. */
function openSecurity(model: EnvironmentModel): Pick<ClusterAddress, 'tls'> {
  return model.listeners.find(isOpen)?.protocol === 'SSL' ? { tls: {} } : {};
}

function isOpen(listener: ListenerModel): boolean {
  return listener.authentication === 'none';
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

/** With IAM an administrator is a role, which every machine with credentials of AWS has; else by an open listener. */
async function mskAddress(model: EnvironmentModel, { signal }: FindOptions): Promise<ClusterAddress> {
  const { mskBootstrapServers } =
    require('../admin/adapters/aws/msk-bootstrap') as typeof import('../admin/adapters/aws/msk-bootstrap');
  const listener =
    model.listeners.find(({ authentication }) => authentication === 'iam') ??
    model.listeners.find(isOpen) ??
    model.listeners[0]!;
  const { region } = model.spec.aws!;
  const bootstrapServers = await mskBootstrapServers({
    clusterName: model.name,
    region,
    authentication: listener.authentication,
    signal,
  });
  if (listener.authentication === 'iam') {
    const { mskIamLogIn } =
      require('../admin/adapters/aws/msk-iam-token') as typeof import('../admin/adapters/aws/msk-iam-token');
    return { bootstrapServers, tls: {}, sasl: mskIamLogIn({ region }) };
  }
  if (isOpen(listener)) return { bootstrapServers, ...openSecurity(model) };
  throw new Failure(
    'AUTHENTICATION-UNSUPPORTED',
    `kdk has no credentials for listener ${listener.name} of ${model.name} at ${bootstrapServers.join(',')}, got ${listener.authentication} over ${listener.protocol}; an administrator's log-in is needed.`,
    'Give --command-config with a client.properties that may log in there.',
    3,
  );
}

/** Connects, runs `action` and disconnects. Ctrl-C disconnects too, which ends whatever is under way. */
export async function withClient<T>(
  address: ClusterAddress,
  context: Context,
  action: (client: KafkaClient) => Promise<T>,
): Promise<T> {
  const { signal } = context;
  const client = await untilAborted(reachOf(context).connect(address), signal);
  try {
    return await untilAborted(action(client), signal);
  } finally {
    await client.close();
  }
}

/** The same for an action that itself heeds the signal, and tidies up before it ends. */
export async function withTidyClient<T>(
  address: ClusterAddress,
  context: Context,
  action: (client: KafkaClient) => Promise<T>,
): Promise<T> {
  const client = await untilAborted(reachOf(context).connect(address), context.signal);
  try {
    return await action(client);
  } finally {
    await client.close();
  }
}

export function reachOf({ reach }: Context): Reach {
  return reach ?? OVER_THE_NETWORK;
}

const OVER_THE_NETWORK: Reach = {
  connect: (options) =>
    (require('../admin/adapters/platformatic') as typeof import('../admin/adapters/platformatic')).connectAdmin(
      options,
    ),
  probe: (options) =>
    (
      require('../admin/adapters/platformatic/authorized-operations') as typeof import('../admin/adapters/platformatic/authorized-operations')
    ).connectProbe(options),
};
