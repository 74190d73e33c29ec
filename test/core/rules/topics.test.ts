import { RETENTION_RULES } from '../../../lib/core/rules/retention';
import { TOPIC_RULES } from '../../../lib/core/rules/topics';
import { testRules } from '../../support/rule-cases';

describe('the rules of topics', () => {
  testRules(TOPIC_RULES, [
    ['every character that is allowed', 'local', 'topics: { "Shop.orders_v-2": {} }', []],
    ['a name of 249 characters', 'local', `topics: { ${'o'.repeat(249)}: {} }`, []],
    [
      'a name of 250 characters',
      'local',
      `topics: { ${'o'.repeat(250)}: {} }`,
      [`TOPIC-NAME topics.${'o'.repeat(250)}`],
    ],
    [
      'a space, a slash and an accent',
      'local',
      'topics: { "a b": {}, a/b: {}, é: {} }',
      ['TOPIC-NAME topics["a b"]', 'TOPIC-NAME topics["a/b"]', 'TOPIC-NAME topics["é"]'],
    ],
    [
      'names of folders',
      'local',
      'topics: { ".": {}, "..": {} }',
      ['TOPIC-NAME topics["."]', 'TOPIC-NAME topics[".."]'],
    ],
    [
      'a tombstone with a wrong name',
      'local',
      'topics: { "a b": { deleted: { reason: wrong } } }',
      ['TOPIC-NAME topics["a b"]'],
    ],
    ['names that differ in a dash', 'local', 'topics: { a.b: {}, a-b: {} }', []],
    [
      'names that differ in dots and underscores',
      'local',
      'topics: { a.b: {}, a_b: {}, c: {} }',
      ['TOPIC-NAME-COLLISION topics.a_b'],
    ],
    [
      'a collision with a tombstone, which goes',
      'local',
      'topics: { a.b: { deleted: { reason: renamed } }, a_b: {} }',
      [],
    ],
    [
      "Kafka's own topics",
      'local',
      'topics: { __transaction_state: {}, __amazon_msk_canary: {} }',
      ['TOPIC-NAME-INTERNAL topics.__amazon_msk_canary', 'TOPIC-NAME-INTERNAL topics.__transaction_state'],
    ],
    [
      'more partitions than a request carries',
      'local',
      'topicDefaults: { partitions: 10000 }\ntopics: { a: {}, b: {} }',
      ['TOPIC-PARTITIONS topicDefaults.partitions'],
    ],
    ['as many partitions as a request carries', 'local', 'topics: { a: { partitions: 9996 } }', []],
    [
      'a tombstone with a description',
      'local',
      'topics: { old: { description: gone, deleted: { reason: replaced } } }',
      [],
    ],
    [
      'a tombstone with settings',
      'local',
      'topics: { old: { partitions: 3, deleted: { reason: replaced } } }',
      ['TOPIC-DELETED-KEYS topics.old'],
    ],
  ]);
});

describe('the rules of retention', () => {
  testRules(RETENTION_RULES, [
    ['seven days with segments of seven days', 'local', 'topics: { orders: { retention: { time: 7d } } }', []],
    [
      'one day with segments of six hours',
      'local',
      'topics: { orders: { retention: { time: 1d }, config: { segment.ms: 21600000 } } }',
      [],
    ],
    ['for ever', 'local', 'topics: { orders: { retention: { time: forever } } }', []],
    [
      'one day with segments of seven',
      'local',
      'topics: { orders: { retention: { time: 1d } } }',
      ['RETENTION-SEGMENT topics.orders.retention.time'],
    ],
    [
      'a default of one day, once',
      'local',
      'topicDefaults: { retention: { time: 1d } }\ntopics: { a: {}, b: {} }',
      ['RETENTION-SEGMENT topicDefaults.retention.time'],
    ],
    [
      'segments closed by the broker option',
      'local',
      'kafka: { config: { log.roll.hours: 6 } }\ntopics: { orders: { retention: { time: 1d } } }',
      [],
    ],
    [
      'segments that the declared load fills sooner',
      'local',
      'topics: { orders: { partitions: 1, retention: { time: 1d }, load: { produce: 1MiB/s } } }',
      [],
    ],
    [
      'compaction alone, for ever',
      'local',
      'topics: { profiles: { cleanupPolicy: [compact], retention: { time: forever, bytesPerPartition: unlimited } } }',
      [],
    ],
    [
      'compaction with the default retention of other topics',
      'local',
      'topicDefaults: { retention: { time: 7d } }\ntopics: { profiles: { cleanupPolicy: [compact] } }',
      [],
    ],
    [
      'retention on compaction alone',
      'local',
      'topics: { a: { cleanupPolicy: [compact], retention: { time: 7d } }, b: { cleanupPolicy: [compact], retention: { bytesPerPartition: 1GiB } } }',
      ['RETENTION-COMPACT-ONLY topics.a.retention.time', 'RETENTION-COMPACT-ONLY topics.b.retention.bytesPerPartition'],
    ],
    [
      'retention with compaction and deletion',
      'local',
      'topics: { a: { cleanupPolicy: [compact, delete], retention: { time: 7d } } }',
      [],
    ],
    [
      'a size below a segment',
      'local',
      'topics: { a: { retention: { bytesPerPartition: 100MiB } } }',
      ['RETENTION-SIZE-SEGMENT topics.a.retention.bytesPerPartition'],
    ],
    ['a size of a segment', 'local', 'topics: { a: { retention: { bytesPerPartition: 1GiB } } }', []],
    [
      'compaction lags the wrong way round',
      'local',
      'topics: { a: { cleanupPolicy: [compact], config: { min.compaction.lag.ms: 2, max.compaction.lag.ms: 1 } } }',
      ['RETENTION-COMPACTION-LAG topics.a.config["min.compaction.lag.ms"]'],
    ],
  ]);
});
