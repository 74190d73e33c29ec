import { iamAction } from '../../core/msk';
import type { Right } from '../../core/plan';
import { clusterResources, type IamStatement } from './iam-statements';

/** Rights as statements of a policy of IAM: what may be done alike with several names is one statement. */
export function rightStatements(clusterArn: string, rights: readonly Right[]): IamStatement[] {
  const grouped = new Map<string, { readonly right: Right; readonly actions: string[]; readonly names: Set<string> }>();
  for (const right of rights) {
    const actions = right.operations.flatMap((operation) => iamAction(right.type, operation) ?? []).sort();
    const key = `${right.type} ${actions.join()}`;
    const group = grouped.get(key) ?? { right, actions, names: new Set<string>() };
    grouped.set(key, group);
    group.names.add(right.pattern);
  }
  const writes = rights.some(({ type, operations }) => type === 'topic' && operations.includes('write'));
  return [
    // An idempotent producer, which is the default of every current client.
    ...(writes ? [{ actions: ['kafka-cluster:WriteDataIdempotently'], resources: [clusterArn] }] : []),
    ...[...grouped.values()].map(({ right: { type }, actions, names }) => ({
      actions,
      resources: type === 'cluster' ? [clusterArn] : clusterResources(clusterArn, type, [...names]),
    })),
  ];
}
