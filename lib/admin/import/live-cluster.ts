import { GUARD_PRINCIPAL } from '../../core/cluster';
import type { Issue } from '../../core/issue';
import { KAFKA_RELEASES, type KafkaRelease } from '../../core/versions';
import { Refused } from '../failures';
import type {
  Acl,
  AdminPort,
  ClusterDescription,
  ConfigEntry,
  LogDirDescription,
  QuorumDescription,
  QuotaDescription,
  ScramCredential,
  TopicDescription,
} from '../port';
import { isToolTopic } from '../tool-topics';
import { topicConfigs } from '../topics/configs';

/** What of a live cluster can stand in an environment. Sections that are not there, or may not be seen, are absent. */
export interface LiveCluster {
  readonly cluster: ClusterDescription;
  readonly release: KafkaRelease;
  readonly quorum?: QuorumDescription;
  /** By name; none of Kafka's own. */
  readonly topics: readonly LiveTopic[];
  /** Absent where the cluster has no authorizer. */
  readonly acls?: readonly Acl[];
  readonly users: readonly ScramCredential[];
  readonly quotas: readonly QuotaDescription[];
  /** Options in force on each broker that answered. */
  readonly brokerOptions: ReadonlyMap<number, readonly ConfigEntry[]>;
  /** Dynamic defaults of all brokers. */
  readonly clusterOptions: readonly ConfigEntry[];
  readonly logDirs: readonly LogDirDescription[];
  readonly findings: readonly Issue[];
}

export interface LiveTopic {
  readonly description: TopicDescription;
  readonly config: readonly ConfigEntry[];
}

export interface ReadOptions {
  /** Whether a topic goes into the file. @default all */
  readonly isWanted?: (topic: string) => boolean;
}

/** Reads everything that an environment can say. What may not be seen is a finding, since a file without it would look complete. */
export async function readLiveCluster(
  admin: AdminPort,
  { isWanted = () => true }: ReadOptions = {},
): Promise<LiveCluster> {
  const findings: Issue[] = [];
  const cluster = await admin.describeCluster();
  const brokers = cluster.brokers.map(({ id }) => id);
  const seen = async <T>(what: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.error.name !== 'SECURITY_DISABLED') findings.push(unseen(what, error));
      return undefined;
    }
  };
  const [features, quorum, described, acls, users, quotas, clusterOptions, brokerOptions, logDirs] = await Promise.all([
    seen('the version', () => admin.describeFeatures()),
    seen('the quorum', () => admin.describeQuorum()),
    admin.describeTopics('all'),
    seen('the ACLs', () => admin.describeAcls()),
    seen('the users', () => admin.describeUsers()),
    seen('the quotas', () => admin.describeQuotas()),
    seen('the options of all brokers', () => clusterDefaults(admin)),
    seen('the options of brokers', () => optionsOfBrokers(admin, brokers)),
    seen('the log directories', async () => (await admin.describeLogDirs(brokers)).flatMap((answer) => answer.logDirs)),
  ]);
  const level = features?.find(({ name }) => name === 'metadata.version')?.level;
  const wanted = described.filter((topic) => !isToolTopic(topic) && isWanted(topic.name));
  const configs = await topicConfigs(
    admin,
    wanted.map(({ name }) => name),
  );
  return {
    cluster,
    release: releaseOf(level),
    ...(quorum === undefined ? {} : { quorum }),
    topics: wanted
      .map((description) => ({ description, config: configs.get(description.name) ?? [] }))
      .sort((a, b) => (a.description.name < b.description.name ? -1 : 1)),
    // Guards are about nobody: `GUARD_ACLS` comes of the listeners that are imported.
    ...(acls === undefined ? {} : { acls: acls.filter(({ principal }) => principal !== GUARD_PRINCIPAL) }),
    users: users ?? [],
    quotas: quotas ?? [],
    brokerOptions: brokerOptions ?? new Map<number, readonly ConfigEntry[]>(),
    clusterOptions: clusterOptions ?? [],
    logDirs: logDirs ?? [],
    findings,
  };
}

/** A cluster tells the level of its metadata, which its brokers may be ahead of; the newest release that is not above it. */
function releaseOf(level: number | undefined): KafkaRelease {
  const newest = KAFKA_RELEASES[KAFKA_RELEASES.length - 1]!;
  if (level === undefined) return newest;
  return [...KAFKA_RELEASES].reverse().find(({ metadataLevel }) => metadataLevel <= level) ?? KAFKA_RELEASES[0]!;
}

async function clusterDefaults(admin: AdminPort): Promise<readonly ConfigEntry[]> {
  const [described] = await admin.describeConfigs([{ type: 'cluster', name: '' }]);
  if (described?.error !== undefined) throw new Refused('describe the options of all brokers', described.error);
  return (described?.entries ?? []).filter(({ source }) => source === 'cluster');
}

async function optionsOfBrokers(
  admin: AdminPort,
  brokers: readonly number[],
): Promise<ReadonlyMap<number, readonly ConfigEntry[]>> {
  const described = await admin.describeConfigs(brokers.map((id) => ({ type: 'broker' as const, name: String(id) })));
  const refused = described.find(({ error }) => error?.name.endsWith('AUTHORIZATION_FAILED') === true);
  if (refused !== undefined) throw new Refused('describe the options of brokers', refused.error!);
  return new Map(
    described.flatMap(({ name, entries, error }) => (error === undefined ? [[Number(name), entries] as const] : [])),
  );
}

function unseen(what: string, { error }: Refused): Issue {
  return {
    code: 'IMPORT-UNSEEN',
    level: 'warning',
    path: '',
    message: `${what} cannot be seen, got ${error.name}; the file says nothing of it.`,
    hint: 'Give the one who asks the right to describe it, and import again.',
  };
}
