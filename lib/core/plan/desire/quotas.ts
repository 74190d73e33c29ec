import { quotaEntityKey, type QuotaEntity, type QuotaKey } from '../../cluster';
import { formatPath, type Path } from '../../issue';
import type { AddressQuotaModel, ClientQuotaModel, EnvironmentModel } from '../../model';
import type { DesiredQuota, DesiredQuotas } from '../desired';
import { gonePrincipals, kafkaPrincipals, userName } from './kafka-principals';
import { byText } from './sorted';

const KEYS: Readonly<Record<keyof ClientQuotaModel, QuotaKey>> = {
  producerByteRate: 'producer_byte_rate',
  consumerByteRate: 'consumer_byte_rate',
  requestPercentage: 'request_percentage',
  controllerMutationRate: 'controller_mutation_rate',
};

/**
 * Quotas of principals as quotas of users, and those of clients and addresses. A principal that Kafka cannot tell from others, on a
 * listener without authentication, has none; nor has one with IAM, whose name there is a session's.
 */
export function desiredQuotas(model: EnvironmentModel): DesiredQuotas | undefined {
  if (model.target === 'msk-serverless') return undefined;
  const quotas = new Map<string, DesiredQuota>();
  const add = (entity: QuotaEntity, values: DesiredQuota['values'], path: Path): void => {
    quotas.set(quotaEntityKey(entity), { entity, values, path: formatPath(path) });
  };
  for (const principal of model.principals)
    if (principal.quota !== undefined)
      for (const known of kafkaPrincipals(model, principal))
        add({ user: userName(known.principal) }, clientValues(principal.quota), [...known.path, 'quota']);
  const deleted = gonePrincipals(model).map(({ principal, reason, path }) => ({
    entity: { user: userName(principal) } as QuotaEntity,
    reason,
    path: formatPath(path),
  }));
  // A file that adds to the cluster of another brings principals along, and nothing that is for all.
  if (model.owner === model.name) {
    const { defaultUser, defaultClient, defaultAddress, clients, addresses } = model.quotas;
    if (defaultUser !== undefined) add({ user: null }, clientValues(defaultUser), ['quotas', 'defaultUser']);
    if (defaultClient !== undefined) add({ clientId: null }, clientValues(defaultClient), ['quotas', 'defaultClient']);
    if (defaultAddress !== undefined) add({ ip: null }, addressValues(defaultAddress), ['quotas', 'defaultAddress']);
    for (const [clientId, quota] of clients) add({ clientId }, clientValues(quota), ['quotas', 'clients', clientId]);
    for (const [ip, quota] of addresses) add({ ip }, addressValues(quota), ['quotas', 'addresses', ip]);
    for (const { name, reason } of model.quotas.deletedClients)
      deleted.push({ entity: { clientId: name }, reason, path: formatPath(['quotas', 'clients', name, 'deleted']) });
    for (const { name, reason } of model.quotas.deletedAddresses)
      deleted.push({ entity: { ip: name }, reason, path: formatPath(['quotas', 'addresses', name, 'deleted']) });
  }
  return {
    quotas: [...quotas.values()].sort(byText(({ entity }) => quotaEntityKey(entity))),
    deleted: deleted.sort(byText(({ entity }) => quotaEntityKey(entity))),
  };
}

function clientValues(quota: ClientQuotaModel): DesiredQuota['values'] {
  return Object.fromEntries(
    Object.entries(KEYS).flatMap(([from, to]) => {
      const value = quota[from as keyof ClientQuotaModel];
      return value === undefined ? [] : [[to, value]];
    }),
  );
}

function addressValues({ connectionCreationRate }: AddressQuotaModel): DesiredQuota['values'] {
  return { connection_creation_rate: connectionCreationRate };
}
