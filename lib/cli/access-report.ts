import type { VerifyReport } from '../admin/verify';
import type { UserLogIn } from '../admin/verify/access';
import type { SecretStore } from '../admin/secrets';
import { Failure } from '../core/issue';
import type { EnvironmentModel, ListenerModel, PrincipalModel } from '../core/model';
import { kafkaPrincipals } from '../core/plan';
import { reachOf, withClient } from './cluster';
import type { ReconcileOptions } from './cluster-options';
import type { OpenedCluster } from './open-cluster';
import type { Context } from './outcome';
import { clientTls, listenerServers, secretStore } from './reconcile-ports';

/** Proves the rights of every principal whose credentials are at hand. */
export async function accessReport(
  cluster: OpenedCluster,
  options: ReconcileOptions,
  context: Context,
): Promise<VerifyReport> {
  const { verifyAccess } = require('../admin/verify/access') as typeof import('../admin/verify/access');
  const { model, address } = cluster;
  const { store, close } = secretStore(model, options);
  try {
    const topics = await withClient(address, context, (client) => client.listTopics());
    return await verifyAccess(model, {
      connect: reachOf(context).probe,
      topics: topics.filter(({ internal }) => !internal).map(({ name }) => name),
      logInsOf: (principal) => logInsOf(cluster, principal, store),
      progress: context.progress,
    });
  } finally {
    close?.();
  }
}

async function logInsOf(
  { model, address }: OpenedCluster,
  principal: PrincipalModel,
  secrets: SecretStore,
): Promise<UserLogIn[]> {
  const listener = model.listeners.find(({ name }) => name === principal.listener);
  const known = kafkaPrincipals(model, principal).map((one) => ({
    ...one,
    user: one.principal.slice(one.principal.indexOf(':') + 1),
  }));
  if (listener === undefined || known.length === 0)
    return [{ user: principal.name, untried: `listener ${principal.listener} does not tell principals apart by ACLs` }];
  const servers = serversOf(model, listener);
  if (servers.length === 0)
    return known.map(({ user }) => ({
      user,
      untried: `the addresses of listener ${listener.name} are not known here`,
    }));
  const tls = clientTls(listener, address);
  return Promise.all(
    known.map(async ({ user, login }): Promise<UserLogIn> => {
      try {
        if (login !== undefined) {
          const password = await secrets.read(login.secret);
          const sasl = { mechanism: 'SCRAM-SHA-512', username: login.name, password } as const;
          return { user, connect: { bootstrapServers: servers, sasl, ...tls } };
        }
        if (listener.authentication !== 'mtls')
          return { user, untried: `kdk cannot log in with ${listener.authentication}` };
        // As cert-manager and Kubernetes name the keys of such a secret.
        const [certificate, key] = await Promise.all(
          ['tls.crt', 'tls.key'].map((entry) => secrets.read({ secret: principal.name, key: entry })),
        );
        return {
          user,
          connect: { bootstrapServers: servers, tls: { ...tls.tls, certificate: certificate!, key: key! } },
        };
      } catch (error) {
        if (error instanceof Failure && error.code === 'SECRET-MISSING') return { user, untried: error.message };
        throw error;
      }
    }),
  );
}

/** A service alone knows where its listeners are; who looks from there gives them as its own. */
function serversOf(model: EnvironmentModel, listener: ListenerModel): readonly string[] {
  return model.managedBy === 'service' ? [] : listenerServers(model, listener);
}
