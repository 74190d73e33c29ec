import type { ReconcilePorts } from '../admin/reconcile';
import type { AdminPort } from '../admin/port';
import type { SecretStore } from '../admin/secrets';
import { bootstrapServers } from '../core/config';
import type { EnvironmentModel, ListenerModel } from '../core/model';
import { localState } from '../local/local-state';
import { localRoot, localSecretsDir } from '../local/node-folder';
import { reachOf, type ClusterAddress } from './cluster';
import type { ReconcileOptions } from './cluster-options';
import type { OpenedCluster } from './open-cluster';
import type { Context } from './outcome';

/** Where hosts and pods have the passwords of users. */
const SECRETS_FOLDER = '/etc/kafka-deployment-kit/secrets';
const LOG_IN_TIMEOUT_MS = 5_000;
const AWS_TARGETS: readonly EnvironmentModel['target'][] = ['msk', 'msk-serverless', 'ec2'];

/** What the engine works with on the cluster of an environment; `close` what is more than the client. */
export interface OpenedPorts {
  readonly ports: ReconcilePorts;
  close(): Promise<void>;
}

export function reconcilePorts(
  admin: AdminPort,
  { model, address }: Pick<OpenedCluster, 'model' | 'address'>,
  { options, context }: { readonly options: ReconcileOptions; readonly context: Context },
): OpenedPorts {
  const closing: (() => void | Promise<void>)[] = [];
  const secrets = secretStore(model, options);
  if (secrets.close !== undefined) closing.push(secrets.close);
  const scram = model.listeners.find(({ authentication }) => authentication === 'scram-sha-512');
  const servers = scram === undefined || model.managedBy === 'service' ? [] : listenerServers(model, scram);
  const { logInTrier } = require('../admin/users') as typeof import('../admin/users');
  const connect = options.connect === undefined ? undefined : connectWorkers(options.connect);
  if (connect !== undefined) closing.push(() => connect.close());
  return {
    ports: {
      admin,
      secrets: secrets.store,
      ...(connect === undefined ? {} : { connect }),
      ...(servers.length === 0
        ? {}
        : {
            tryLogIn: logInTrier({
              connect: reachOf(context).connect,
              bootstrapServers: servers,
              mechanism: 'SCRAM-SHA-512',
              timeoutMs: LOG_IN_TIMEOUT_MS,
              ...clientTls(scram!, address),
            }),
          }),
    },
    close: async () => {
      for (const one of closing) await one();
    },
  };
}

/** Clients trust the authority that the administrator trusts. */
export function clientTls({ protocol }: ListenerModel, { tls }: ClusterAddress): Pick<ClusterAddress, 'tls'> {
  if (!protocol.endsWith('SSL')) return {};
  const { ca, verifyHost } = tls ?? {};
  return { tls: { ...(ca === undefined ? {} : { ca }), ...(verifyHost === undefined ? {} : { verifyHost }) } };
}

/** Where clients reach a listener of brokers that the kit runs. */
export function listenerServers(model: EnvironmentModel, { name }: ListenerModel): readonly string[] {
  const running = model.target === 'local' ? localState({ root: localRoot('.', model.name) }) : undefined;
  const servers = running?.bootstrapServers[name] ?? bootstrapServers(model, name);
  return servers === '' ? [] : servers.split(',');
}

interface OpenedStore {
  readonly store: SecretStore;
  readonly close?: () => void;
}

/** Variables first, as pipelines have them; then the folder given, or where the target keeps secrets. */
export function secretStore(model: EnvironmentModel, { secrets }: Pick<ReconcileOptions, 'secrets'>): OpenedStore {
  const { environmentSecrets, firstOf, folderSecrets } =
    require('../admin/secrets') as typeof import('../admin/secrets');
  const variables = environmentSecrets(process.env);
  const ids = Object.fromEntries(Object.entries(model.spec.secrets ?? {}).map(([name, { id }]) => [name, id]));
  if (secrets !== undefined) return { store: firstOf(variables, folderSecrets(secrets)) };
  if (model.target === 'local')
    return { store: firstOf(variables, folderSecrets(localSecretsDir(localRoot('.', model.name)))) };
  if (!AWS_TARGETS.includes(model.target))
    return { store: firstOf(variables, folderSecrets(SECRETS_FOLDER, { folders: foldersOf(model) })) };
  const { awsSecrets } = require('../admin/adapters/aws/secrets') as typeof import('../admin/adapters/aws/secrets');
  const store = awsSecrets({ region: model.spec.aws!.region, ids });
  return { store: firstOf(variables, store), close: () => store.close() };
}

/** Secrets that the environment says are in folders of files. */
function foldersOf(model: EnvironmentModel): Record<string, string> {
  const isFolder = (provider: string | undefined): boolean =>
    (provider ?? 'file') === 'file' && model.target === 'hosts';
  return Object.fromEntries(
    Object.entries(model.spec.secrets ?? {}).flatMap(([name, { provider, id }]) =>
      isFolder(provider) ? [[name, id]] : [],
    ),
  );
}

/** Workers behind the URLs of a command line. */
export function connectWorkers(
  urls: readonly string[],
): ReturnType<typeof import('../admin/adapters/connect-rest').connectRest> {
  const { connectRest } = require('../admin/adapters/connect-rest') as typeof import('../admin/adapters/connect-rest');
  return connectRest({ urls: urls.flatMap((url) => url.split(',')).map((url) => url.trim()) });
}
