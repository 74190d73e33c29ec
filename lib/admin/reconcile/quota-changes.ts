import { quotaEntityKey, type QuotaKey } from '../../core/cluster';
import type { Change } from '../../core/plan';
import type { QuotaChange } from '../port';
import { groupBy } from '../../core/group-by';
import { type ChangeOf } from './operations';

/** All that changes of one entity's quotas. */
export interface EntityQuotas {
  readonly key: string;
  readonly value: QuotaChange;
  readonly changes: readonly Change[];
}

export function quotaChanges(changes: readonly ChangeOf<'set-quota'>[]): EntityQuotas[] {
  return [...groupBy(changes, ({ operation }) => quotaEntityKey(operation.entity))].map(([key, ofEntity]) => {
    const set: Partial<Record<QuotaKey, number>> = {};
    const remove: QuotaKey[] = [];
    for (const { operation } of ofEntity) {
      if (operation.value === undefined) remove.push(operation.key);
      else set[operation.key] = operation.value;
    }
    return { key, value: { entity: ofEntity[0]!.operation.entity, set, remove }, changes: ofEntity };
  });
}
