import { ownedTopicOption } from '../../core/catalogue';
import { formatPath, type Issue } from '../../core/issue';
import { formatDuration } from '../../core/units';
import { compact, exactSize, isEmpty, majority, plainValues, type Section } from './document';
import type { LiveTopic } from './live-cluster';

const POLICIES: readonly string[] = ['delete', 'compact'];

export interface ImportedTopics {
  readonly topicDefaults?: Section;
  readonly topics: Section;
  /** Values hold only by the default of the brokers, or are set to what that is, which an environment does not say. */
  readonly unpinned: boolean;
  readonly findings: readonly Issue[];
}

export interface TopicWriting {
  /** `shared`: what most topics have stands in the defaults. `written-out`: every topic says all of its own. */
  readonly defaults: 'shared' | 'written-out';
  /** Options that no file may say, as `topic option`. */
  readonly without: ReadonlySet<string>;
}

/** Every topic in the words of an environment. */
export function importTopics(topics: readonly LiveTopic[], { defaults: style, without }: TopicWriting): ImportedTopics {
  const findings: Issue[] = [];
  const read = topics.flatMap((topic) => {
    const outcome = readTopic(topic, without);
    if ('problem' in outcome) {
      findings.push(leftOut(topic.description.name, outcome.problem));
      return [];
    }
    return [outcome];
  });
  const defaults = style === 'shared' ? defaultsOf(read) : undefined;
  return {
    ...(defaults === undefined ? {} : { topicDefaults: defaults.section }),
    topics: Object.fromEntries(read.map((topic) => [topic.name, sectionOf(topic, defaults?.fields)])),
    unpinned: read.some(({ unpinned }) => unpinned),
    findings,
  };
}

/** One topic, value by value, as text that can be compared. */
interface ReadTopic {
  readonly name: string;
  readonly fields: Fields;
  readonly config: Readonly<Record<string, string>>;
  readonly unpinned: boolean;
}

interface Fields {
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  /** `compact,delete` */
  readonly cleanupPolicy: string;
  /** Absent for topics that compaction alone cleans. */
  readonly time?: string;
  readonly bytesPerPartition?: string;
}

function readTopic(
  { description, config }: LiveTopic,
  without: ReadonlySet<string>,
): ReadTopic | { readonly problem: string } {
  const { name, partitions } = description;
  const values = new Map(config.map((entry) => [entry.option, entry]));
  const value = (option: string): string | undefined => values.get(option)?.value;
  const [replicationFactor, ...others] = [...new Set(partitions.map(({ replicas }) => replicas.length))];
  if (replicationFactor === undefined || others.length > 0)
    return { problem: 'its partitions have different numbers of replicas' };
  const policies = (value('cleanup.policy') ?? 'delete').split(',').map((policy) => policy.trim());
  if (!policies.every((policy) => POLICIES.includes(policy)))
    return { problem: `its cleanup.policy is ${JSON.stringify(value('cleanup.policy'))}` };
  const deletes = policies.includes('delete');
  const time = deletes ? retentionTime(value('retention.ms')) : undefined;
  const bytes = retentionBytes(value('retention.bytes'));
  if (time === 'unsayable') return { problem: `its retention.ms is ${value('retention.ms')}` };
  if (bytes === 'unsayable') return { problem: `its retention.bytes is ${value('retention.bytes')}` };
  return {
    name,
    fields: {
      partitions: partitions.length,
      replicationFactor,
      minInSyncReplicas: Number(value('min.insync.replicas') ?? 1),
      cleanupPolicy: policies.sort().join(','),
      ...(time === undefined ? {} : { time }),
      ...(bytes === undefined ? {} : { bytesPerPartition: bytes }),
    },
    unpinned: isUnpinned(config, deletes),
    config: Object.fromEntries(
      config
        .filter(
          ({ source, option }) =>
            source === 'topic' && ownedTopicOption(option) === undefined && !without.has(`${name} ${option}`),
        )
        .map(({ option, value: text }) => [option, text ?? ''] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** Options that the kit sets on every topic, and one that it sets only where there is a limit. */
function isUnpinned(config: LiveTopic['config'], deletes: boolean): boolean {
  const own = new Map(config.filter(({ source }) => source === 'topic').map(({ option, value }) => [option, value]));
  const wanted = ['cleanup.policy', 'min.insync.replicas', ...(deletes ? ['retention.ms'] : [])];
  return (
    wanted.some((option) => !own.has(option)) ||
    own.get('retention.bytes') === '-1' ||
    (!deletes && own.has('retention.ms'))
  );
}

function retentionTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const ms = Number(text);
  if (ms < 0) return 'forever';
  return Number.isSafeInteger(ms) && ms > 0 ? formatDuration(ms) : 'unsayable';
}

function retentionBytes(text: string | undefined): string | undefined {
  const bytes = Number(text ?? -1);
  if (bytes < 0) return undefined;
  return Number.isSafeInteger(bytes) && bytes > 0 ? exactSize(bytes) : 'unsayable';
}

interface Defaults {
  readonly fields: Fields;
  readonly section: Section;
}

/** Two topics and more: what most of them have. A default for the size would have to be undone by every topic without one. */
function defaultsOf(topics: readonly ReadTopic[]): Defaults | undefined {
  if (topics.length < 2) return undefined;
  const most = <K extends keyof Fields>(key: K): Fields[K] =>
    majority(topics.flatMap(({ fields }) => fields[key] ?? []) as (string | number)[]) as Fields[K];
  const time = most('time');
  const fields: Fields = {
    partitions: most('partitions'),
    replicationFactor: most('replicationFactor'),
    minInSyncReplicas: most('minInSyncReplicas'),
    cleanupPolicy: most('cleanupPolicy'),
    ...(time === undefined ? {} : { time }),
  };
  return { fields, section: fieldsSection(fields) };
}

function fieldsSection({
  partitions,
  replicationFactor,
  minInSyncReplicas,
  cleanupPolicy,
  ...kept
}: Partial<Fields>): Section {
  const retention = compact({ time: kept.time, bytesPerPartition: kept.bytesPerPartition });
  return compact({
    partitions,
    replicationFactor,
    minInSyncReplicas,
    // What the kit takes for granted.
    cleanupPolicy: cleanupPolicy === undefined || cleanupPolicy === 'delete' ? undefined : cleanupPolicy.split(','),
    retention: isEmpty(retention) ? undefined : retention,
  });
}

function sectionOf({ fields, config }: ReadTopic, defaults: Fields | undefined): Section {
  const own = Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => defaults?.[key as keyof Fields] !== value),
  ) as Partial<Fields>;
  const section = fieldsSection(own);
  // The kit's own default is not said, unless the defaults of the file say otherwise.
  const isSaid = own.cleanupPolicy === 'delete' && defaults !== undefined;
  return compact({
    ...section,
    ...(isSaid ? { cleanupPolicy: ['delete'] } : {}),
    config: Object.keys(config).length === 0 ? undefined : plainValues(config),
  });
}

export function leftOut(topic: string, problem: string): Issue {
  return {
    code: 'IMPORT-TOPIC',
    level: 'warning',
    path: formatPath(['topics', topic]),
    message: `the topic is not in the file, got ${topic}: ${problem}; an environment cannot say that.`,
    hint: 'It is left untouched; change it, and declare it then.',
  };
}
