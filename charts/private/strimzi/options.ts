import { nodeOptions } from '../../../lib/core/config';
import type { EnvironmentModel } from '../../../lib/core/model';
import { isOauthListenerOption, strimziOwnsBrokerOption } from '../../../lib/core/strimzi';

/** `spec.kafka.config`: what all nodes have in common and the operator does not write itself, by name. */
export function brokerOptions(model: EnvironmentModel): Record<string, string> {
  const [first, ...others] = model.nodes.map((node) => nodeOptions(model, node));
  const cluster = new Map([...model.brokerConfig].map(([name, { value }]) => [name, value]));
  // A value that every pool sets is one of the cluster.
  for (const [name, value] of first!) if (others.every((other) => other.get(name) === value)) cluster.set(name, value);
  return Object.fromEntries(
    [...cluster].filter(([name]) => !strimziOwnsBrokerOption(name)).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Settings of OAUTHBEARER for the listeners that have it. */
export function oauthOptions(model: EnvironmentModel): Record<string, string> {
  return Object.fromEntries(
    [...model.brokerConfig]
      .filter(([name]) => isOauthListenerOption(name))
      .map(([name, { value }]) => [name, value])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
  ) as Record<string, string>;
}
