import type { Path } from '../issue';
import { topicFieldPath, type EnvironmentModel } from '../model';
import { plural } from './hint';
import type { Rule } from './rule';

const MAX_NAME = 249;
/** Records that one request may write to the metadata log, and partitions that it may create. */
const MAX_RECORDS = 10_000;
/** Topics that Kafka makes and writes by itself. */
const KAFKA_OWN = ['__consumer_offsets', '__transaction_state', '__share_group_state', '__cluster_metadata'];

/** Names, partitions and tombstones of topics. */
export const TOPIC_RULES: readonly Rule[] = [
  {
    code: 'TOPIC-NAME',
    level: 'error',
    what: `The name of a topic has at most ${MAX_NAME} letters, digits, dots, underscores and dashes, and is neither . nor ..`,
    why: 'Kafka refuses any other name (INVALID_TOPIC_EXCEPTION): it becomes the name of folders.',
    source: 'org.apache.kafka.common.internals.Topic, 4.3.1',
    check(model, report) {
      for (const name of Object.keys(model.spec.topics ?? {})) {
        const wrong = [...name].find((character) => !/[A-Za-z0-9._-]/.test(character));
        const what =
          name === '.' || name === '..'
            ? 'the name is reserved'
            : name.length > MAX_NAME
              ? `the name is too long (${name.length} characters)`
              : wrong !== undefined
                ? `the name has a character that is not allowed (${JSON.stringify(wrong)})`
                : undefined;
        if (what === undefined) continue;
        const shown = name.length > 60 ? `${[...name].slice(0, 60).join('')}...` : name;
        report({
          path: ['topics', name],
          message: `${what}, got ${JSON.stringify(shown)}; at most ${MAX_NAME} letters, digits, dots, underscores and dashes are allowed.`,
          hint: 'Rename the topic.',
        });
      }
    },
  },
  {
    code: 'TOPIC-NAME-COLLISION',
    level: 'error',
    what: 'No two topics have names that differ only in dots and underscores.',
    why: 'In the names of metrics both become the same, so Kafka refuses the second (INVALID_TOPIC_EXCEPTION).',
    source: 'Kafka protocol error 17, seen on 4.3.1',
    check(model, report) {
      const seen = new Map<string, string>();
      for (const { name } of model.topics) {
        const key = name.replaceAll('.', '_');
        const other = seen.get(key);
        seen.set(key, other ?? name);
        if (other === undefined) continue;
        report({
          path: ['topics', name],
          message: `the name collides with that of another topic, got ${name} beside ${other}; names differ in more than dots and underscores.`,
          hint: 'Rename one of them.',
        });
      }
    },
  },
  {
    code: 'TOPIC-NAME-INTERNAL',
    level: 'error',
    what: 'No topic of an environment has a name that Kafka or Amazon MSK keeps for itself; names that begin with two underscores are left to tools.',
    why: 'Kafka makes these topics with settings of its own when they are first used; declaring one breaks offsets, transactions or the quorum.',
    source: 'org.apache.kafka.common.internals.Topic, 4.3.1',
    check(model, report) {
      for (const name of Object.keys(model.spec.topics ?? {})) {
        if (!name.startsWith('__')) continue;
        const own = KAFKA_OWN.includes(name) || name.startsWith('__amazon_msk');
        report({
          level: own ? 'error' : 'warning',
          path: ['topics', name],
          message: own
            ? `the topic belongs to Kafka itself, got ${name}; it is not declared.`
            : `the name looks internal, got ${name}; names that begin with two underscores are for tools.`,
          hint: own
            ? 'Remove it; its options stand under kafka.config.'
            : 'Rename it unless a tool asks for this name.',
        });
      }
    },
  },
  {
    code: 'TOPIC-PARTITIONS',
    level: 'error',
    what: `The partitions and options of a topic fit into one request: ${MAX_RECORDS.toLocaleString('en')} records.`,
    why: 'A topic is created by one request, which the controller refuses above that (POLICY_VIOLATION).',
    source: 'MAX_RECORDS_PER_USER_OP and MAX_PARTITIONS_PER_BATCH; error 44 seen on 4.3.1',
    check(model, report) {
      for (const topic of model.topics) {
        const most = MAX_RECORDS - 1 - Object.keys(topic.config).length;
        if (topic.partitions <= most) continue;
        report({
          path: topicFieldPath(model.spec, topic.name, 'partitions'),
          message: `the topic has too many partitions to be created, got ${topic.partitions}; at most ${most} are allowed with its ${plural(Object.keys(topic.config).length, 'option')}.`,
          hint: 'Lower it: tens of partitions carry most loads.',
        });
      }
    },
  },
  {
    code: 'TOPIC-DELETED-KEYS',
    level: 'error',
    what: 'A tombstone has no other keys than a description.',
    why: 'The topic goes, so nothing else about it can be honoured.',
    source: 'the environment schema',
    check(model, report) {
      for (const [name, topic] of Object.entries(model.spec.topics ?? {})) {
        if (topic.deleted === undefined) continue;
        const others = Object.keys(topic).filter((key) => key !== 'deleted' && key !== 'description');
        if (others.length === 0) continue;
        report({
          path: ['topics', name],
          message: `the topic is to be deleted and has settings too, got ${others.join(', ')}; a tombstone has none.`,
          hint: `Remove them (null takes away what an extended file says), or remove deleted to keep the topic.`,
        });
      }
    },
  },
];

/** Where a topic's option was written: on the topic, in `topicDefaults`, or nowhere. */
export function topicOptionPath(model: EnvironmentModel, topic: string, option: string): Path | undefined {
  if (model.spec.topics?.[topic]?.config?.[option] !== undefined) return ['topics', topic, 'config', option];
  if (model.spec.topicDefaults?.config?.[option] !== undefined) return ['topicDefaults', 'config', option];
  return undefined;
}
