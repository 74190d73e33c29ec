import { formatPath } from '../../issue';
import type { DesiredTopic } from '../desired';
import { proposed, type Differences } from '../diff/differences';
import { counted } from './about';
import type { TopicContext } from './topic-context';

/** Names by what they become in the names of metrics, where dots and underscores are the same. */
export type MetricNames = ReadonlyMap<string, string>;

export function metricNames(topics: Iterable<string>): MetricNames {
  return new Map([...topics].map((name) => [metricName(name), name]));
}

function metricName(topic: string): string {
  return topic.replaceAll('.', '_');
}

/** A topic that is not there. Kafka places its partitions, rack by rack. */
export function createTopic(
  { desired, observed }: TopicContext,
  wanted: DesiredTopic,
  taken: MetricNames,
): Differences {
  const { name, partitions, replicationFactor, config } = wanted;
  const path = formatPath(['topics', name]);
  const other = taken.get(metricName(name));
  const going = desired.deletedTopics.some((deleted) => deleted.name === other);
  if (other !== undefined && !going)
    return {
      changes: [],
      findings: [
        {
          code: 'PLAN-NAME-COLLISION',
          level: 'error',
          path,
          message: `the name collides with that of a topic on the cluster, got ${name} beside ${other}; names differ in more than dots and underscores.`,
          hint: 'Rename the topic: in the names of metrics both are the same, so Kafka refuses it.',
        },
      ],
    };
  const options = Object.keys(config).length;
  const change = proposed({
    id: `create-topic ${name}`,
    code: 'TOPIC-CREATE',
    path,
    subject: `topic ${name}`,
    summary: `create with ${counted(partitions, 'partition')}, replication factor ${replicationFactor}${options === 0 ? '' : `, ${counted(options, 'option')}`}`,
    from: 'none',
    to: counted(partitions, 'partition'),
    grade: 'safe',
    reason: 'It is new; nothing else changes.',
    operation: { kind: 'create-topic', topic: name, partitions, replicationFactor, config },
  });
  const up = observed.cluster.brokers.length;
  if (replicationFactor > up)
    return {
      changes: [
        {
          ...change,
          status: 'blocked',
          block: {
            reason: `${counted(up, 'broker')} ${up === 1 ? 'is' : 'are'} up, and each of its ${counted(replicationFactor, 'replica')} is on one of its own.`,
            hint: 'Start the brokers that are missing, or lower the replication factor.',
          },
        },
      ],
      findings: [],
    };
  if (other === undefined) return { changes: [change], findings: [] };
  const block = {
    reason: `${other} is still there, and the names are the same in metrics.`,
    hint: `Apply again when its tombstone has taken effect.`,
  };
  return { changes: [{ ...change, status: 'blocked', block }], findings: [] };
}
