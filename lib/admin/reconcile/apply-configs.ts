import type { Change } from '../../core/plan';
import { alterations, batchAlterations, targetKey } from './alterations';
import { ofKind } from './operations';
import type { Run } from './run';

/** Options of topics and brokers, and throttles that were left behind: incremental changes, many topics a request. */
export async function alterOptions(run: Run, changes: readonly Change[]): Promise<void> {
  const items = alterations(ofKind(changes, 'set-topic-option', 'set-broker-option', 'clear-throttle'));
  await run.perform({
    step: 'changing options',
    batches: batchAlterations(items),
    send: async (values) =>
      (await run.admin.alterConfigs(values, { validateOnly: false })).map(({ item, ...rest }) => ({
        key: targetKey(item),
        ...rest,
      })),
  });
}
