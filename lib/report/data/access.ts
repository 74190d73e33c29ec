import type { AclModel, Authentication, ClientQuotaModel, EnvironmentModel } from '../../core/model';
import { formatBytes } from '../../core/units';
import type { Client } from './clients';

export interface AccessRow {
  readonly principal: string;
  /** Empty where it has none. */
  readonly listener: string;
  readonly authentication?: Authentication;
  /** What it proves who it is by: a role, a certificate, log-ins. */
  readonly identity: string;
  readonly actsAs: readonly string[];
  readonly writes: readonly string[];
  readonly reads: readonly string[];
  readonly groups: readonly string[];
  readonly transactionalIds: readonly string[];
  /** Rights beyond writing and reading, and limits, a sentence each. */
  readonly more: readonly string[];
}

/** Who may do what. */
export function accessRows(model: EnvironmentModel, clients: readonly Client[]): AccessRow[] {
  const authentications = new Map(model.listeners.map(({ name, authentication }) => [name, authentication]));
  const byName = new Map(clients.flatMap((client) => (client.kind === 'principal' ? [[client.name, client]] : [])));
  return model.principals.map((principal): AccessRow => {
    const { name, listener, produce, quota, acls, rack } = principal;
    const authentication = authentications.get(listener);
    const client = byName.get(name)!;
    return {
      ...{ principal: name, listener },
      ...(authentication === undefined ? {} : { authentication }),
      identity: identityOf(model, principal, authentication),
      actsAs: client.caption.split(', ').slice(1),
      ...{ writes: client.writes, reads: client.reads, groups: client.groups },
      transactionalIds: produce?.transactionalIds ?? [],
      more: [
        ...acls.map(aclWords),
        ...(quota === undefined ? [] : quotaWords(quota)),
        ...(rack === undefined ? [] : [`reads from replicas in rack ${rack}`]),
      ],
    };
  });
}

function identityOf(
  { spec }: EnvironmentModel,
  { name, users }: EnvironmentModel['principals'][number],
  authentication: Authentication | undefined,
): string {
  const { iamRole, commonName } = spec.principals?.[name] ?? {};
  switch (authentication) {
    case 'iam':
      return `role ${iamRole ?? name}`;
    case 'mtls':
      return `certificate ${commonName ?? name}`;
    case 'scram-sha-512':
      return `${users.length === 1 ? 'user' : 'users'} ${users.map((user) => user.name).join(', ')}`;
    case 'oauthbearer':
      return `token of ${name}`;
    default:
      return 'nothing: nobody is asked';
  }
}

/** `may not delete topics shop.* from 10.0.0.7` */
function aclWords({ topics, groups, transactionalIds, cluster, operations, permission, host }: AclModel): string {
  const named = (noun: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`];
  const what = [
    ...named('topic', topics),
    ...named('group', groups),
    ...named('transactional id', transactionalIds),
    ...(cluster ? ['the cluster'] : []),
  ];
  const from = host === '*' ? '' : ` from ${host}`;
  return `${permission === 'allow' ? 'may' : 'may not'} ${operations.join(', ')}: ${what.join('; ')}${from}`;
}

/** What a quota allows, a sentence each. */
export function quotaWords(quota: ClientQuotaModel): string[] {
  const { producerByteRate, consumerByteRate, requestPercentage, controllerMutationRate } = quota;
  return [
    ...(producerByteRate === undefined ? [] : [`writes at most ${formatBytes(producerByteRate)}/s a broker`]),
    ...(consumerByteRate === undefined ? [] : [`reads at most ${formatBytes(consumerByteRate)}/s a broker`]),
    ...(requestPercentage === undefined ? [] : [`takes at most ${requestPercentage}% of a request thread`]),
    ...(controllerMutationRate === undefined ? [] : [`makes at most ${controllerMutationRate} partitions a second`]),
  ];
}
