import { aclKey, GUARD_PRINCIPAL, quotaEntityKey, type ConfigEntry, type TopicDescription } from '../cluster';
import { shortHash } from '../model';
import type { DesiredState } from './desired';
import { ownUsers } from './diff';
import type { ObservedState } from './observed';
import type { Plan } from './plan';

/** Hash of a desired state. */
export function desiredHash(desired: DesiredState): string {
  return shortHash(canonicalJson(desired), DIGITS);
}

const DIGITS = 32;

/**
 * Hashes of what a plan was made from, by section: only what belongs to the file and decides what is done. Leaders, replicas in sync,
 * times and what others own may change between planning and applying. Sections that were not read are absent.
 */
export function fingerprint(desired: DesiredState, observed: ObservedState): Record<string, string> {
  const sections: Record<string, unknown> = {
    topics: topics(desired, observed),
    acls: acls(desired, observed),
    users: users(desired, observed),
    quotas: quotas(desired, observed),
    brokerOptions: desired.brokerOptions === undefined ? undefined : ofSource(observed.clusterOptions, 'cluster'),
    connectors: connectors(desired, observed),
  };
  return Object.fromEntries(
    Object.entries(sections)
      .filter(([, content]) => content !== undefined)
      .map(([name, content]) => [name, shortHash(canonicalJson(content), DIGITS)]),
  );
}

/** Sections that are not what they were when the plan was made. */
export function staleSections(plan: Plan, fresh: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(plan.basis), ...Object.keys(fresh)])]
    .filter((section) => plan.basis[section] !== fresh[section])
    .sort();
}

function topics(desired: DesiredState, observed: ObservedState): unknown {
  const names = [...desired.topics, ...desired.deletedTopics].map(({ name }) => name).sort();
  return names.map((name) => {
    const topic = observed.topics.get(name);
    return topic === undefined
      ? [name]
      : [name, topic.topicId, replicaSets(topic), ofSource(observed.topicConfigs.get(name), 'topic')];
  });
}

/** The order of replicas only says who is preferred to lead. */
function replicaSets({ partitions }: TopicDescription): unknown {
  return [...partitions]
    .sort((a, b) => a.partition - b.partition)
    .map(({ replicas }) => [...replicas].sort((a, b) => a - b));
}

function ofSource(entries: readonly ConfigEntry[] | undefined, source: ConfigEntry['source']): unknown {
  return entries
    ?.filter((entry) => entry.source === source)
    .map(({ option, value }) => [option, value ?? null])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
}

function acls({ access }: DesiredState, observed: ObservedState): unknown {
  if (access === undefined) return undefined;
  const owned = new Set(access.principals.map(({ principal }) => principal));
  if (access.closing !== undefined) owned.add(GUARD_PRINCIPAL);
  return observed.acls
    ?.filter(({ principal }) => owned.has(principal))
    .map(aclKey)
    .sort();
}

function users({ users: declared }: DesiredState, observed: ObservedState): unknown {
  if (declared === undefined) return undefined;
  const names = new Set([...declared.users, ...declared.deleted].map(({ name }) => name));
  return observed.users
    ?.filter(({ user }) => names.has(user))
    .map(({ user, mechanism, iterations }) => JSON.stringify([user, mechanism, iterations]))
    .sort();
}

function quotas(desired: DesiredState, observed: ObservedState): unknown {
  const declared = desired.quotas;
  if (declared === undefined) return undefined;
  const entities = new Set([
    ...[...declared.quotas, ...declared.deleted].map(({ entity }) => quotaEntityKey(entity)),
    ...ownUsers(desired).keys(),
  ]);
  return observed.quotas
    ?.filter(({ entity }) => entities.has(quotaEntityKey(entity)))
    .map(({ entity, values }) => [quotaEntityKey(entity), values] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Tasks fail and come back by themselves. */
function connectors({ connectors: declared }: DesiredState, observed: ObservedState): unknown {
  return declared === undefined || observed.connectors === undefined
    ? undefined
    : declared.map(({ name }) => {
        const connector = observed.connectors!.get(name);
        if (connector === undefined) return [name];
        const { config, state } = connector;
        return [name, config, state === 'paused' || state === 'stopped' ? state : 'running'];
      });
}

/** JSON with the keys of maps in order: the same value gives the same text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
