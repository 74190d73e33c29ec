import { topicFieldPath } from '../model';
import type { Rule } from './rule';

/** Replication against brokers and racks, and min ISR against replication. */
export const REPLICATION_RULES: readonly Rule[] = [
  {
    code: 'TOPIC-REPLICATION-FACTOR',
    level: 'error',
    what: 'The replication factor of a topic is at most the number of brokers.',
    why: 'Kafka refuses to create the topic (INVALID_REPLICATION_FACTOR): every replica is on a broker of its own.',
    source: 'Kafka protocol error 38, seen on 4.3.1',
    check(model, report) {
      for (const topic of model.topics) {
        if (topic.replicationFactor <= model.brokerCount) continue;
        report({
          path: topicFieldPath(model.spec, topic.name, 'replicationFactor'),
          message: `the replication factor is above the number of brokers, got ${topic.replicationFactor} for ${model.brokerCount}; at most ${model.brokerCount} is allowed.`,
          hint: 'Lower it, or add brokers.',
        });
      }
    },
  },
];
