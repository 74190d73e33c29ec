import { aclKey } from '../../core/cluster';
import type { Issue, Progress } from '../../core/issue';
import { KAFKA_RELEASES } from '../../core/versions';
import { Refused } from '../failures';
import { commitsOffsets } from '../offsets/groups';
import type { AdminPort } from '../port';
import { isToolTopic } from '../tool-topics';
import { topicConfigs } from '../topics/configs';
import type { Backup, BackupGroup, BackupTopic } from './backup';
import { timesOf } from './times';

export interface ExportOptions {
  readonly progress: Progress;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

export interface Exported {
  readonly backup: Backup;
  /** What is not in it. */
  readonly findings: readonly Issue[];
}

/** Replication throttles are no part of a topic. */
const PASSING = ['leader.replication.throttled.replicas', 'follower.replication.throttled.replicas'];

/** Reads what is on a cluster beside its records. */
export async function exportCluster(admin: AdminPort, { progress, nowMs }: ExportOptions): Promise<Exported> {
  const findings: Issue[] = [];
  const seen = async <T>(what: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.error.name !== 'SECURITY_DISABLED') findings.push(unseen(what, error));
      return undefined;
    }
  };
  progress({ step: 'reading the cluster' });
  const [cluster, features, topics, acls, quotas, users] = await Promise.all([
    admin.describeCluster(),
    seen('the version', () => admin.describeFeatures()),
    exportTopics(admin, findings),
    seen('the ACLs', () => admin.describeAcls()),
    seen('the quotas', () => admin.describeQuotas()),
    seen('the users', () => admin.describeUsers()),
  ]);
  progress({ step: 'reading the offsets of groups' });
  const groups = await seen('the groups', () => exportGroups(admin, new Set(topics.map(({ name }) => name))));
  const level = features?.find((feature) => feature.name === 'metadata.version')?.level;
  const release = KAFKA_RELEASES.filter(({ metadataLevel }) => metadataLevel <= (level ?? 0)).at(-1);
  return {
    backup: {
      kind: 'kafka-deployment-kit/backup',
      schemaVersion: 1,
      clusterId: cluster.clusterId,
      kafkaVersion: release?.version ?? 'unknown',
      exportedAt: new Date(nowMs).toISOString(),
      topics,
      ...(acls === undefined ? {} : { acls: [...acls].sort((a, b) => (aclKey(a) < aclKey(b) ? -1 : 1)) }),
      ...(quotas === undefined ? {} : { quotas: quotas.map(({ entity, values }) => ({ entity, values })) }),
      ...(users === undefined ? {} : { users: [...users] }),
      groups: groups ?? [],
    },
    findings,
  };
}

/** Without Kafka's own, and with the options that are set on the topic itself. */
async function exportTopics(admin: AdminPort, findings: Issue[]): Promise<BackupTopic[]> {
  const topics = (await admin.describeTopics('all')).filter((topic) => !isToolTopic(topic));
  const configs = await topicConfigs(
    admin,
    topics.map(({ name }) => name),
  );
  return topics
    .map(({ name, partitions }): BackupTopic => {
      const factors = partitions.map(({ replicas }) => replicas.length).sort((a, b) => a - b);
      if (factors[0] !== factors.at(-1)) findings.push(uneven(name, factors.at(-1)!));
      return {
        name,
        partitions: partitions.length,
        replicationFactor: factors.at(-1)!,
        config: Object.fromEntries(
          (configs.get(name) ?? []).flatMap(({ option, value, source }) =>
            source === 'topic' && value !== undefined && !PASSING.includes(option) ? [[option, value]] : [],
          ),
        ),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function exportGroups(admin: AdminPort, topics: ReadonlySet<string>): Promise<BackupGroup[]> {
  const names = (await admin.listGroups()).filter(commitsOffsets).map(({ group }) => group);
  const committed = await admin.committedOffsets(names);
  const places = [...committed].flatMap(([group, offsets]) =>
    offsets.filter(({ topic }) => topics.has(topic)).map((offset) => ({ group, ...offset })),
  );
  const times = await timesOf(admin, places);
  const groups = new Map<string, BackupGroup['offsets']>();
  places.forEach(({ group, topic, partition, offset }, index) => {
    const timestampMs = times[index];
    const own = groups.get(group) ?? [];
    own.push({ topic, partition, offset, ...(timestampMs === undefined ? {} : { timestampMs }) });
    groups.set(group, own);
  });
  return [...groups]
    .map(([group, offsets]) => ({
      group,
      offsets: offsets.sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1)),
    }))
    .sort((a, b) => (a.group < b.group ? -1 : 1));
}

function unseen(what: string, { error }: Refused): Issue {
  return {
    code: 'EXPORT-UNSEEN',
    level: 'warning',
    path: '',
    message: `${what} cannot be seen, got ${error.name}; the backup is without them.`,
    hint: 'Give the one who asks the right to describe them, and export again.',
  };
}

function uneven(topic: string, most: number): Issue {
  return {
    code: 'EXPORT-UNEVEN',
    level: 'warning',
    path: '',
    message: `partitions of ${topic} have different numbers of replicas, got up to ${most}; the backup has ${most} for all.`,
    hint: 'Export again when nothing is being moved.',
  };
}
