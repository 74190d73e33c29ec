import { ownedBrokerOption } from '../../core/catalogue';
import type { EnvironmentModel } from '../../core/model';
import { sameValue } from '../../core/plan';
import { majority, plainValues, type Section } from './document';
import type { LiveCluster } from './live-cluster';

/** Controllers alone go by it, and no request asks a controller. */
const CONTROLLERS_ONLY = 'controller.quorum.auto.join.enable';

/** What the file has to say of brokers: dynamic defaults that somebody set, and where the cluster differs from what the kit would set. */
export function importBrokerOptions({ brokerOptions, clusterOptions }: LiveCluster, model: EnvironmentModel): Section {
  const values = new Map<string, string[]>();
  for (const { option, value } of [...brokerOptions.values()].flat())
    if (value !== undefined) values.set(option, [...(values.get(option) ?? []), value]);
  const found = new Map<string, string>();
  for (const { option, value } of clusterOptions)
    if (value !== undefined && ownedBrokerOption(option, model.managedBy) === undefined) found.set(option, value);
  for (const [option, { value: wanted }] of model.brokerConfig) {
    const live = majority(values.get(option) ?? []);
    if (live !== undefined && option !== CONTROLLERS_ONLY && !sameValue(live, wanted)) found.set(option, live);
  }
  // What the kit would say by itself need not be said.
  for (const [option, { value, source }] of model.brokerConfig)
    if (source === 'default' && found.has(option) && sameValue(found.get(option)!, value)) found.delete(option);
  return plainValues(Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))));
}
