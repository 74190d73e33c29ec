import type { Acl, QuotaKey } from '../../../lib/core/cluster';
import { secretName, type EnvironmentModel } from '../../../lib/core/model';
import { desiredState } from '../../../lib/core/plan';
import { strimziUsers, type StrimziUser } from '../../../lib/core/strimzi';
import { CLUSTER_LABEL, present, strimziObject, type StrimziObject } from './object';

/** A KafkaUser for each client, with the same rights and quotas that the kit would give it. */
export function users(model: EnvironmentModel): StrimziObject[] {
  const { access, quotas } = desiredState(model);
  return strimziUsers(model).map((user) => {
    const acls = (access?.acls ?? []).map(({ acl }) => acl).filter(({ principal }) => principal === user.principal);
    const quota = quotas?.quotas.find(({ entity }) => `User:${entity.user ?? ''}` === user.principal)?.values;
    return strimziObject(
      model,
      'KafkaUser',
      user.name,
      present({
        authentication: authentication(model, user),
        authorization: acls.length === 0 ? undefined : { type: 'simple', acls: rules(acls) },
        quotas: quota === undefined ? undefined : quotaFields(quota),
      }) ?? {},
      { labels: { [CLUSTER_LABEL]: model.name } },
    );
  });
}

function authentication(model: EnvironmentModel, { type, secret }: StrimziUser): unknown {
  if (type === 'none') return undefined;
  if (secret === undefined) return { type };
  const reference = { name: secretName(model, secret.secret), key: secret.key };
  return { type, password: { valueFrom: { secretKeyRef: reference } } };
}

/** `null` is the default of all users: `spec.kafka.quotas`. */
export function defaultUserQuota(model: EnvironmentModel): unknown {
  const values = desiredState(model).quotas?.quotas.find(({ entity }) => entity.user === null)?.values;
  return values === undefined ? undefined : { type: 'kafka', ...quotaFields(values) };
}

function quotaFields(values: Readonly<Partial<Record<QuotaKey, number>>>): Record<string, number> {
  const percentage = values.request_percentage;
  return (
    (present({
      producerByteRate: values.producer_byte_rate,
      consumerByteRate: values.consumer_byte_rate,
      // Whole numbers only; what is lost to that is in the report.
      requestPercentage: percentage === undefined ? undefined : Math.ceil(percentage),
      controllerMutationRate: values.controller_mutation_rate,
    }) as Record<string, number> | undefined) ?? {}
  );
}

const RESOURCES: Readonly<Partial<Record<Acl['resourceType'], string>>> = {
  topic: 'topic',
  group: 'group',
  'transactional-id': 'transactionalId',
  cluster: 'cluster',
};

/** One rule for all operations on the same resource. */
function rules(acls: readonly Acl[]): unknown[] {
  const grouped = new Map<string, Acl[]>();
  for (const acl of acls) {
    const key = JSON.stringify([acl.resourceType, acl.resourceName, acl.pattern, acl.permission, acl.host]);
    grouped.set(key, [...(grouped.get(key) ?? []), acl]);
  }
  return [...grouped.values()].map((group) => {
    const { resourceType, resourceName, pattern, permission, host } = group[0]!;
    return {
      ...(permission === 'deny' ? { type: 'deny' } : {}),
      resource:
        resourceType === 'cluster'
          ? { type: 'cluster' }
          : {
              type: RESOURCES[resourceType],
              name: resourceName,
              patternType: pattern === 'prefixed' ? 'prefix' : 'literal',
            },
      ...(host === '*' ? {} : { host }),
      operations: group.map(({ operation }) => pascalCase(operation)),
    };
  });
}

/** `describe-configs` → `DescribeConfigs` */
function pascalCase(operation: string): string {
  return operation
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
