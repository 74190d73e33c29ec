import { OPTION_TABLES } from '../../catalogue';
import { formatPath } from '../../issue';
import type { EnvironmentModel } from '../../model';
import type { DesiredBrokerOption } from '../desired';
import { byText } from './sorted';

/** Only controllers have it in their files, so no broker can be compared with it. */
const CONTROLLERS_ONLY: readonly string[] = ['controller.quorum.auto.join.enable'];

/**
 * Options that all brokers share. An option that a pool of brokers sets for itself is left out: a dynamic default would hide the
 * pool's own value. So is a password: brokers never tell it.
 */
export function desiredBrokerOptions(model: EnvironmentModel): DesiredBrokerOption[] | undefined {
  if (model.managedBy !== 'self' || model.owner !== model.name) return undefined;
  const ofPools = new Set(
    model.pools.filter(({ roles }) => roles.includes('broker')).flatMap(({ config }) => [...config.keys()]),
  );
  const options: DesiredBrokerOption[] = [];
  for (const [option, { value }] of model.brokerConfig) {
    const info = OPTION_TABLES.broker.option(option, model.kafka.version);
    if (ofPools.has(option) || CONTROLLERS_ONLY.includes(option) || info?.type === 'password') continue;
    options.push({
      option,
      value,
      update: info?.update === 'cluster-wide' || info?.update === 'per-broker' ? info.update : 'read-only',
      path: formatPath(['kafka', 'config', option]),
    });
  }
  return options.sort(byText(({ option }) => option));
}
