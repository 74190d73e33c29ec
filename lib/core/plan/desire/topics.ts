import { formatPath, type Path } from '../../issue';
import { topicFieldPath, type EnvironmentModel, type TopicField } from '../../model';
import type { EnvironmentSpec } from '../../spec';
import type { DesiredDeletion, DesiredTopic } from '../desired';
import { byText } from './sorted';

/** Options that an environment says by a key of its own. */
const FIELDS: Readonly<Record<string, TopicField>> = {
  'cleanup.policy': 'cleanupPolicy',
  'min.insync.replicas': 'minInSyncReplicas',
};
const RETENTION = { 'retention.ms': 'time', 'retention.bytes': 'bytesPerPartition' } as const;

export function desiredTopics({ spec, topics }: EnvironmentModel): DesiredTopic[] {
  return topics
    .map(({ name, partitions, replicationFactor, config }) => ({
      name,
      partitions,
      replicationFactor,
      config,
      paths: Object.fromEntries(
        ['partitions', 'replicationFactor', ...Object.keys(config)].flatMap((aspect) => {
          const path = valuePath(spec, name, aspect);
          return path.length > 2 || path[0] !== 'topics' ? [[aspect, formatPath(path)]] : [];
        }),
      ),
    }))
    .sort(byText(({ name }) => name));
}

export function deletedTopics({ deletedTopics }: EnvironmentModel): DesiredDeletion[] {
  return deletedTopics
    .map(({ name, reason }) => ({ name, reason, path: formatPath(['topics', name, 'deleted']) }))
    .sort(byText(({ name }) => name));
}

/** Where the value that a topic uses is written; the topic itself where it is a default of the kit. */
function valuePath(spec: EnvironmentSpec, topic: string, aspect: string): Path {
  if (aspect === 'partitions' || aspect === 'replicationFactor') return topicFieldPath(spec, topic, aspect);
  const [own, shared] = [spec.topics?.[topic], spec.topicDefaults];
  const written = (from: object | undefined, key: string): boolean => from !== undefined && Object.hasOwn(from, key);
  if (written(own?.config, aspect)) return ['topics', topic, 'config', aspect];
  if (written(shared?.config, aspect)) return ['topicDefaults', 'config', aspect];
  if (Object.hasOwn(RETENTION, aspect)) {
    const key = RETENTION[aspect as keyof typeof RETENTION];
    if (own?.retention?.[key] !== undefined) return ['topics', topic, 'retention', key];
    if (shared?.retention?.[key] !== undefined) return ['topicDefaults', 'retention', key];
    return ['topics', topic];
  }
  return Object.hasOwn(FIELDS, aspect) ? topicFieldPath(spec, topic, FIELDS[aspect]!) : ['topics', topic];
}
