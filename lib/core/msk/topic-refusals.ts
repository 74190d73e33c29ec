import { tieredTopicRefusals } from './tiered-topic-refusals';
import type { TopicFacts, TopicRefusal } from './topic-facts';

/** What Kafka or the service would refuse, or would make useless, about a topic. */
export function topicRefusals(facts: TopicFacts): TopicRefusal[] {
  return [...nameAndPartitions(facts), ...replication(facts), ...tieredTopicRefusals(facts.config, facts.cluster)];
}

function* nameAndPartitions({ name, partitions }: TopicFacts): Generator<TopicRefusal> {
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(name) || name === '.' || name === '..') {
    yield {
      code: 'MSK-TOPIC-NAME',
      subject: 'topicName',
      message: `not a name for a topic, got ${JSON.stringify(name)}; up to 249 letters, digits, dots, dashes and underscores are allowed.`,
      hint: 'Choose another name.',
      rule: 'topicName',
    };
  } else if (name.startsWith('__')) {
    yield {
      code: 'MSK-TOPIC-NAME',
      subject: 'topicName',
      message: `the name is one of topics that Kafka and the service keep for themselves, got ${name}; names that do not begin with __ are allowed.`,
      hint: 'Choose another name.',
      rule: 'topicName',
    };
  }
  if (!Number.isInteger(partitions) || partitions < 1) {
    yield {
      code: 'MSK-TOPIC-PARTITIONS',
      subject: 'partitions',
      message: `not a number of partitions, got ${partitions}; a whole number of at least 1 is allowed.`,
      hint: 'Give 12, for example.',
      rule: 'topicPartitions',
    };
  }
}

function* replication({ replicationFactor, minInSyncReplicas, cluster }: TopicFacts): Generator<TopicRefusal> {
  const ofFactor = { code: 'MSK-REPLICATION', subject: 'replicationFactor' } as const;
  const ofMinIsr = { code: 'MSK-REPLICATION', subject: 'minInSyncReplicas' } as const;
  if (cluster.kind === 'express' || cluster.kind === 'serverless') {
    for (const [about, value, fixed] of [
      [ofFactor, replicationFactor, 3],
      [ofMinIsr, minInSyncReplicas, 2],
    ] as const) {
      if (value === fixed) continue;
      yield {
        ...about,
        message: `the service fixes ${about.subject}, got ${value}; ${fixed} is allowed.`,
        hint: `Remove it${value < 3 && about.subject === 'replicationFactor' ? ', and have at least three brokers' : ''}.`,
        rule: 'topicsOfExpress',
      };
    }
    return;
  }
  if (!Number.isInteger(replicationFactor) || replicationFactor < 1) {
    yield {
      ...ofFactor,
      message: `not a number of replicas, got ${replicationFactor}; a whole number of at least 1 is allowed.`,
      hint: 'Give 3.',
      rule: 'topicReplicas',
    };
    return;
  }
  if (cluster.brokerCount !== undefined && replicationFactor > cluster.brokerCount) {
    yield {
      ...ofFactor,
      message: `the replication factor is above the number of brokers, got ${replicationFactor} for ${cluster.brokerCount}; at most ${cluster.brokerCount} is allowed.`,
      hint: 'Lower it, or add brokers.',
      rule: 'topicReplicas',
    };
  }
  const { zoneCount, brokerCount = replicationFactor } = cluster;
  if (zoneCount !== undefined && replicationFactor > zoneCount && replicationFactor <= brokerCount) {
    yield {
      ...ofFactor,
      message: `the replication factor is above the number of zones, got ${replicationFactor} for ${zoneCount}; at most ${zoneCount} is allowed.`,
      hint: 'Lower it: two replicas in one zone are lost together.',
      rule: 'topicZones',
    };
  }
  if (minInSyncReplicas < 1 || (minInSyncReplicas >= replicationFactor && replicationFactor > 1)) {
    yield {
      ...ofMinIsr,
      message: `no broker could be restarted without stopping producers, got ${minInSyncReplicas} of ${replicationFactor} replicas; 1 to ${Math.max(1, replicationFactor - 1)} are allowed.`,
      hint: `Give ${Math.max(1, replicationFactor - 1)}.`,
      rule: 'topicMinIsr',
    };
  }
}
