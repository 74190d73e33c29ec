import type { Change, Operation } from '../../core/plan';
import type { NewTopic, PartitionGrowth } from '../port';

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { readonly kind: Kind }>;
export type ChangeOf<Kind extends Operation['kind']> = Change & { readonly operation: OperationOf<Kind> };

/** The changes of these kinds, in their order. */
export function ofKind<Kind extends Operation['kind']>(
  changes: readonly Change[],
  ...kinds: readonly Kind[]
): ChangeOf<Kind>[] {
  return changes.filter((change): change is ChangeOf<Kind> =>
    (kinds as readonly string[]).includes(change.operation.kind),
  );
}

export function newTopicOf({ topic, partitions, replicationFactor, config }: OperationOf<'create-topic'>): NewTopic {
  return { name: topic, placement: { partitions, replicationFactor }, config };
}

export function growthOf({ topic, to, assignments }: OperationOf<'add-partitions'>): PartitionGrowth {
  return { topic, total: to, ...(assignments.length === 0 ? {} : { assignments }) };
}
