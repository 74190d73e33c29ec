import { rateBytesPerSecond } from '../units';
import type { EnvironmentSpec, PrincipalSpec } from '../spec';
import type { ClientQuotaModel, DeletedModel, PrincipalModel, QuotasModel } from './model';

export function resolvePrincipals(spec: EnvironmentSpec): {
  principals: PrincipalModel[];
  deletedPrincipals: DeletedModel[];
} {
  const principals: PrincipalModel[] = [];
  const deletedPrincipals: DeletedModel[] = [];
  for (const [name, principal] of Object.entries(spec.principals ?? {})) {
    if (principal.deleted === undefined) principals.push(resolvePrincipal(name, principal));
    else deletedPrincipals.push({ name, reason: principal.deleted.reason });
  }
  return { principals, deletedPrincipals };
}

function resolvePrincipal(name: string, principal: PrincipalSpec): PrincipalModel {
  const { listener, produce, consume, rack, quota, acls, users, password } = principal;
  const own = { name, secret: password ?? { secret: name, key: 'password' } };
  const declared = Object.entries(users ?? {});
  return {
    name,
    // Without one a rule reports it.
    listener: listener ?? '',
    ...(produce === undefined
      ? {}
      : { produce: { topics: produce.topics, transactionalIds: produce.transactionalIds ?? [] } }),
    ...(consume === undefined ? {} : { consume: { topics: consume.topics, groups: consume.groups ?? [] } }),
    ...(rack === undefined ? {} : { rack }),
    ...(quota === undefined ? {} : { quota: resolveClientQuota(quota) }),
    users:
      users === undefined
        ? [own]
        : declared.flatMap(([user, entry]) =>
            entry.deleted === undefined
              ? [{ name: user, secret: entry.password ?? { secret: user, key: 'password' } }]
              : [],
          ),
    deletedUsers: declared.flatMap(([user, { deleted }]) =>
      deleted === undefined ? [] : [{ name: user, reason: deleted.reason }],
    ),
    acls: (acls ?? []).map(({ topics, groups, transactionalIds, cluster, operations, permission, host }) => ({
      topics: topics ?? [],
      groups: groups ?? [],
      transactionalIds: transactionalIds ?? [],
      cluster: cluster ?? false,
      operations,
      permission: permission ?? 'allow',
      host: host ?? '*',
    })),
  };
}

export function resolveQuotas({ quotas = {} }: EnvironmentSpec): QuotasModel {
  const { defaultUser, defaultClient, defaultAddress, clients = {}, addresses = {} } = quotas;
  return {
    ...(defaultUser === undefined ? {} : { defaultUser: resolveClientQuota(defaultUser) }),
    ...(defaultClient === undefined ? {} : { defaultClient: resolveClientQuota(defaultClient) }),
    ...(defaultAddress === undefined ? {} : { defaultAddress }),
    clients: new Map(
      Object.entries(clients).flatMap(([id, quota]) =>
        quota.deleted === undefined ? [[id, resolveClientQuota(quota)] as const] : [],
      ),
    ),
    addresses: new Map(
      Object.entries(addresses).flatMap(([address, { connectionCreationRate }]) =>
        connectionCreationRate === undefined ? [] : [[address, { connectionCreationRate }] as const],
      ),
    ),
    deletedClients: tombstones(clients),
    deletedAddresses: tombstones(addresses),
  };
}

function tombstones(
  entries: Readonly<Record<string, { readonly deleted?: { readonly reason: string } | undefined }>>,
): DeletedModel[] {
  return Object.entries(entries).flatMap(([name, { deleted }]) =>
    deleted === undefined ? [] : [{ name, reason: deleted.reason }],
  );
}

type ClientQuotaSpec = NonNullable<PrincipalSpec['quota']>;

function resolveClientQuota(quota: ClientQuotaSpec): ClientQuotaModel {
  const { producerByteRate, consumerByteRate, requestPercentage, controllerMutationRate } = quota;
  return {
    ...(producerByteRate === undefined ? {} : { producerByteRate: rateBytesPerSecond(producerByteRate) }),
    ...(consumerByteRate === undefined ? {} : { consumerByteRate: rateBytesPerSecond(consumerByteRate) }),
    ...(requestPercentage === undefined ? {} : { requestPercentage }),
    ...(controllerMutationRate === undefined ? {} : { controllerMutationRate }),
  };
}
