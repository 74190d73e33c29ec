import type { ClientQuotaModel, EnvironmentModel, PrincipalModel, QuotasModel } from '../core/model';
import { formatBytes } from '../core/units';

/** What is true of a principal, under the paths of the environment file where it has them. */
export function principalLeaves(model: EnvironmentModel, principal: PrincipalModel): unknown {
  const { name, listener, produce, consume, rack, quota, users, deletedUsers, acls } = principal;
  const authentication = model.listeners.find((candidate) => candidate.name === listener)?.authentication;
  return {
    listener,
    iamRole: model.spec.principals?.[name]?.iamRole,
    ...(produce === undefined ? {} : { produce }),
    ...(consume === undefined ? {} : { consume }),
    rack,
    ...(quota === undefined ? {} : { quota: clientQuotaLeaves(quota) }),
    // Elsewhere a user has no password, and is the principal itself.
    users:
      authentication !== 'scram-sha-512'
        ? undefined
        : new Map([
            ...users.map((user): [string, unknown] => [user.name, { password: user.secret }]),
            ...deletedUsers.map((user): [string, unknown] => [user.name, { deleted: { reason: user.reason } }]),
          ]),
    ...(acls.length === 0 ? {} : { acls }),
  };
}

export function quotaLeaves(quotas: QuotasModel): unknown {
  const { defaultUser, defaultClient, defaultAddress, clients, addresses, deletedClients, deletedAddresses } = quotas;
  const gone = (deleted: QuotasModel['deletedClients']): [string, unknown][] =>
    deleted.map(({ name, reason }) => [name, { deleted: { reason } }]);
  return {
    ...(defaultUser === undefined ? {} : { defaultUser: clientQuotaLeaves(defaultUser) }),
    ...(defaultClient === undefined ? {} : { defaultClient: clientQuotaLeaves(defaultClient) }),
    defaultAddress,
    clients: new Map([
      ...[...clients].map(([id, quota]): [string, unknown] => [id, clientQuotaLeaves(quota)]),
      ...gone(deletedClients),
    ]),
    addresses: new Map<string, unknown>([...addresses, ...gone(deletedAddresses)]),
  };
}

function clientQuotaLeaves(quota: ClientQuotaModel): unknown {
  const { producerByteRate, consumerByteRate, requestPercentage, controllerMutationRate } = quota;
  return {
    producerByteRate: producerByteRate === undefined ? undefined : `${formatBytes(producerByteRate)}/s`,
    consumerByteRate: consumerByteRate === undefined ? undefined : `${formatBytes(consumerByteRate)}/s`,
    requestPercentage,
    controllerMutationRate,
  };
}
