import { Failure } from '../../core/issue';
import { defaultSources, type DesiredState, type ObservedState } from '../../core/plan';
import type { AdminPort, ClusterDescription, ConfigEntry, Reassignment } from '../port';
import { isRetriable, Refused } from '../failures';
import { retry, SYSTEM_CLOCK, type Patience } from '../wait';
import { observeLogins } from './observe-logins';
import type { ReconcilePorts } from './ports';
import { readSections } from './sections';
import { observeTopics } from './observe-topics';
import { BROKER_THROTTLES } from './throttle-options';

export interface ObserveOptions {
  /** How long a question is repeated that nobody answers, or that Kafka puts off. @default 30000 */
  readonly patienceMs?: number;
}

/** A broker that is alive answers about itself in no time. */
const BROKER_PATIENCE_MS = 5_000;

/**
 * Reads what a file wants to compare, in few requests: one for all topics, one for each kind of access, one a broker. Fails where it is
 * another cluster than the file's, and where something cannot be read; a section that cannot be read is never an empty one.
 */
export async function observe(
  ports: ReconcilePorts,
  desired: DesiredState,
  { patienceMs = 30_000 }: ObserveOptions = {},
): Promise<ObservedState> {
  const { admin, connect, clock = SYSTEM_CLOCK } = ports;
  const patience: Patience = { deadlineMs: patienceMs, clock };
  const ask = <T>(question: () => Promise<T>): Promise<T> => retry(question, patience);
  const cluster = await ask(() => admin.describeCluster());
  requireCluster(desired, cluster.clusterId);

  // Serverless clusters place replicas themselves, and know no such request.
  const listed: Promise<readonly Reassignment[]> = isServerless(desired)
    ? Promise.resolve([])
    : ask(() => admin.listReassignments());
  const { topics, users, ...sections } = await readSections({
    topics: () => observeTopics(admin, desired, { reassignments: listed, patience }),
    reassignments: () => listed,
    acls: () => where(desired.access, () => ask(() => admin.describeAcls())),
    users: () => where(desired.users, () => ask(() => admin.describeUsers())),
    quotas: () => where(desired.quotas, () => ask(() => admin.describeQuotas())),
    clusterOptions: () => where(desired.brokerOptions, () => ask(() => clusterOptions(admin))),
    brokerOptions: () =>
      where(isServerless(desired) ? undefined : cluster, () => brokerOptions(admin, desired, { cluster, patience })),
    connectors: () => where(desired.connectors && connect, (workers) => ask(() => workers.connectors())),
  });
  const logins = await observeLogins(ports, desired.users, users);
  return {
    cluster,
    readAtMs: clock.now(),
    topics: topics.all,
    topicConfigs: topics.configs,
    reassignments: sections.reassignments,
    ...present('users', users),
    ...present('logins', logins),
    ...present('acls', sections.acls),
    ...present('quotas', sections.quotas),
    ...present('clusterOptions', sections.clusterOptions),
    ...present('brokerOptions', sections.brokerOptions),
    ...present('connectors', sections.connectors),
  };
}

const isServerless = ({ target }: DesiredState): boolean => target === 'msk-serverless';

/** Undefined where the section is not wanted. */
function where<Section, T>(
  section: Section | undefined,
  read: (section: Section) => Promise<T>,
): Promise<T | undefined> {
  return section === undefined ? Promise.resolve(undefined) : read(section);
}

function present<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: T };
}

export function requireCluster({ environment, clusterId }: DesiredState, found: string): void {
  if (clusterId === undefined || clusterId === found) return;
  throw new Failure(
    'CLUSTER-OTHER',
    `this is not the cluster of ${environment}, got cluster id ${found}; ${environment} is ${clusterId}.`,
    'Check the bootstrap servers, or the name of the environment.',
  );
}

async function clusterOptions(admin: AdminPort): Promise<readonly ConfigEntry[]> {
  const [described] = await admin.describeConfigs([{ type: 'cluster', name: '' }]);
  if (described?.error !== undefined) throw new Refused('describe the defaults of all brokers', described.error);
  return described?.entries ?? [];
}

/** A broker that does not answer is left out; one that refuses is a failure. */
async function brokerOptions(
  admin: AdminPort,
  desired: DesiredState,
  { cluster, patience }: { readonly cluster: ClusterDescription; readonly patience: Patience },
): Promise<ReadonlyMap<number, readonly ConfigEntry[]>> {
  const declared = (desired.brokerOptions ?? []).map(({ option }) => option);
  const options = [...new Set([...BROKER_THROTTLES, ...declared, ...defaultSources(desired.kafkaVersion)])];
  const short = { ...patience, deadlineMs: Math.min(BROKER_PATIENCE_MS, patience.deadlineMs) };
  const answers = await Promise.all(
    cluster.brokers.map(async ({ id }) => {
      const entries = await retry(() => optionsOfBroker(admin, id, options), short).catch(unlessSilent);
      return [id, entries] as const;
    }),
  );
  return new Map(answers.flatMap(([id, entries]) => (entries === undefined ? [] : [[id, entries] as const])));
}

async function optionsOfBroker(
  admin: AdminPort,
  id: number,
  options: readonly string[],
): Promise<readonly ConfigEntry[]> {
  const [described] = await admin.describeConfigs([{ type: 'broker', name: String(id), options }]);
  if (described?.error !== undefined) throw new Refused(`describe the options of broker ${id}`, described.error);
  return described?.entries ?? [];
}

function unlessSilent(error: unknown): undefined {
  if (!isRetriable(error)) throw error;
  return undefined;
}
