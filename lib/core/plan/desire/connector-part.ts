import type { DesiredState } from '../desired';

/**
 * The connectors of a desired state and nothing else, for whoever speaks to workers alone: a Job of their own makes them, since workers
 * cannot start before their user and rights are there. Undefined where none are named.
 */
export function connectorsOnly(desired: DesiredState): DesiredState | undefined {
  const { connectors, deletedConnectors = [], clusterId: _, ...rest } = desired;
  if (connectors === undefined) return undefined;
  const { access: _access, users: _users, quotas: _quotas, brokerOptions: _options, ...others } = rest;
  return {
    ...others,
    owns: {},
    topics: [],
    deletedTopics: [],
    connectors,
    deletedConnectors,
    acknowledgements: desired.acknowledgements.filter(isOfConnect),
  };
}

/** What brokers are asked for: all but connectors. */
export function withoutConnectors(desired: DesiredState): DesiredState {
  const { connectors: _connectors, deletedConnectors: _deleted, ...rest } = desired;
  return { ...rest, acknowledgements: desired.acknowledgements.filter((entry) => !isOfConnect(entry)) };
}

function isOfConnect({ path }: { readonly path: string }): boolean {
  return /^(connect|mirrors)\./.test(path);
}
