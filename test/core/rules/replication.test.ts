import { REPLICATION_RULES } from '../../../lib/core/rules/replication';
import { testRules } from '../../support/rule-cases';

describe('the rules of replication', () => {
  testRules(REPLICATION_RULES, [
    [
      'three copies on three brokers, min ISR 2',
      'kubernetes',
      'topics: { orders: { replicationFactor: 3, minInSyncReplicas: 2 } }',
      [],
    ],
    ['one copy on a laptop', 'local', 'topics: { orders: { replicationFactor: 1 } }', []],
    [
      'one copy where there is one broker',
      'kubernetes',
      'nodePools: { brokers: { replicas: 1 } }\nracks: [a]\ntopics: { orders: {} }',
      [],
    ],
    [
      'more copies than brokers',
      'local',
      'topics: { orders: { replicationFactor: 4 } }',
      ['TOPIC-REPLICATION-FACTOR topics.orders.replicationFactor'],
    ],
    [
      'a default above the brokers, once for all topics',
      'local',
      'topicDefaults: { replicationFactor: 5 }\ntopics: { a: {}, b: {}, c: { replicationFactor: 3 } }',
      ['TOPIC-REPLICATION-FACTOR topicDefaults.replicationFactor'],
    ],
    [
      'a default above the brokers without any topic',
      'local',
      'topicDefaults: { replicationFactor: 5 }',
      ['TOPIC-REPLICATION-FACTOR topicDefaults.replicationFactor'],
    ],
    [
      'min ISR at the replication factor',
      'local',
      'topics: { orders: { replicationFactor: 2, minInSyncReplicas: 2 } }',
      ['TOPIC-MIN-ISR topics.orders.minInSyncReplicas'],
    ],
    [
      'min ISR above the replication factor',
      'local',
      'topics: { orders: { minInSyncReplicas: 4 } }',
      ['TOPIC-MIN-ISR topics.orders.minInSyncReplicas'],
    ],
    [
      'a default min ISR that one topic cannot hold',
      'local',
      'topicDefaults: { minInSyncReplicas: 2 }\ntopics: { orders: { replicationFactor: 2 } }',
      ['TOPIC-MIN-ISR topics.orders.replicationFactor'],
    ],
    [
      'a default min ISR at the default replication factor',
      'local',
      'topicDefaults: { minInSyncReplicas: 3 }\ntopics: { a: {}, b: {} }',
      ['TOPIC-MIN-ISR topicDefaults.minInSyncReplicas'],
    ],
    [
      'one copy on three brokers',
      'kubernetes',
      'topics: { orders: { replicationFactor: 1 } }',
      ['TOPIC-REPLICATION-FACTOR-ONE topics.orders.replicationFactor'],
    ],
    [
      'min ISR 1 with three copies',
      'kubernetes',
      'topics: { orders: { minInSyncReplicas: 1 } }',
      ['TOPIC-MIN-ISR-ONE topics.orders.minInSyncReplicas'],
    ],
    [
      'three copies in two racks with min ISR 2',
      'kubernetes',
      'racks: [a, b]\nnodePools: { brokers: { replicas: 4 } }\ntopicDefaults: { replicationFactor: 3 }',
      ['TOPIC-RACKS topicDefaults.replicationFactor'],
    ],
    [
      'three copies in two racks that need not survive',
      'kubernetes',
      'racks: [a, b]\nnodePools: { brokers: { replicas: 4 } }\ncapacity: { survive: node }\ntopics: { orders: {} }',
      [],
    ],
    [
      'four copies in two racks with min ISR 2',
      'kubernetes',
      'racks: [a, b]\nnodePools: { brokers: { replicas: 4 } }\ntopics: { orders: { replicationFactor: 4, minInSyncReplicas: 2 } }',
      [],
    ],
    ['four brokers in three racks', 'kubernetes', 'nodePools: { brokers: { replicas: 4 } }', ['BROKERS-RACKS racks']],
    ['six brokers in three racks', 'kubernetes', 'nodePools: { brokers: { replicas: 6 } }', []],
    [
      'offsets above the brokers',
      'local',
      'kafka: { config: { offsets.topic.replication.factor: 4 } }',
      ['INTERNAL-REPLICATION-FACTOR kafka.config["offsets.topic.replication.factor"]'],
    ],
    ['offsets on fewer brokers', 'local', 'kafka: { config: { offsets.topic.replication.factor: 2 } }', []],
    [
      'a transaction log without room',
      'local',
      'kafka: { config: { transaction.state.log.min.isr: 3 } }',
      ['INTERNAL-MIN-ISR kafka.config["transaction.state.log.min.isr"]'],
    ],
    [
      'a transaction log with fewer copies than its min ISR',
      'local',
      'kafka: { config: { transaction.state.log.replication.factor: 2 } }',
      ['INTERNAL-MIN-ISR kafka.config["transaction.state.log.replication.factor"]'],
    ],
    [
      'an internal option that is no number, which the option rules tell',
      'local',
      'kafka: { config: { transaction.state.log.min.isr: many } }',
      [],
    ],
    [
      'unclean election everywhere it can be said',
      'local',
      'kafka: { config: { unclean.leader.election.enable: true } }\ntopicDefaults: { config: { unclean.leader.election.enable: true } }\ntopics: { orders: { config: { unclean.leader.election.enable: "true" } }, clicks: { config: { unclean.leader.election.enable: false } } }',
      [
        'UNCLEAN-LEADER-ELECTION kafka.config["unclean.leader.election.enable"]',
        'UNCLEAN-LEADER-ELECTION topicDefaults.config["unclean.leader.election.enable"]',
        'UNCLEAN-LEADER-ELECTION topics.orders.config["unclean.leader.election.enable"]',
      ],
    ],
    [
      'to survive a rack with one rack',
      'kubernetes',
      'racks: [a]\ncapacity: { survive: rack }',
      ['SURVIVE-RACK capacity.survive'],
    ],
  ]);
});
