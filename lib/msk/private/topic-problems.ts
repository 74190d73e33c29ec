import type { PropertyProblem } from '../../aws/private/construct-failure';

export interface TopicNumbers {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
}

/** What Kafka would refuse, or would make useless, about a topic. */
export function topicProblems({
  name,
  partitions,
  replicationFactor,
  minInSyncReplicas,
}: TopicNumbers): PropertyProblem[] {
  const problems: PropertyProblem[] = [];
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(name) || name === '.' || name === '..') {
    problems.push({
      property: 'topicName',
      message: `not a name for a topic, got ${JSON.stringify(name)}; up to 249 letters, digits, dots, dashes and underscores are allowed.`,
      hint: 'Choose another name.',
    });
  }
  if (!Number.isInteger(partitions) || partitions < 1) {
    problems.push({
      property: 'partitions',
      message: `not a number of partitions, got ${partitions}; a whole number of at least 1 is allowed.`,
      hint: 'Give 12, for example.',
    });
  }
  if (!Number.isInteger(replicationFactor) || replicationFactor < 1) {
    problems.push({
      property: 'replicationFactor',
      message: `not a number of replicas, got ${replicationFactor}; a whole number of at least 1 is allowed.`,
      hint: 'Give 3.',
    });
  } else if (minInSyncReplicas < 1 || (minInSyncReplicas >= replicationFactor && replicationFactor > 1)) {
    problems.push({
      property: 'minInSyncReplicas',
      message: `no broker could be restarted without stopping producers, got ${minInSyncReplicas} of ${replicationFactor} replicas; 1 to ${replicationFactor - 1} are allowed.`,
      hint: `Give ${replicationFactor - 1}.`,
    });
  }
  return problems;
}
