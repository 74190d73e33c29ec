import type { TopicModel } from '../../core/model';
import { sameValue } from '../../core/plan/topics/same-value';
import type { ConfigEntry, TopicDescription } from '../port';

/**
 * Where a topic is not as declared. `different`: it has another value. `unpinned`: the value is right, but only because the broker's
 * default is the same today. `undeclared`: somebody set an option that the environment does not name.
 */
export interface TopicDifference {
  readonly topic: string;
  readonly kind: 'different' | 'unpinned' | 'undeclared';
  /** `partitions`, `replication factor` or the name of an option. */
  readonly aspect: string;
  readonly declared?: string;
  readonly actual?: string;
}

export function topicDifferences(
  declared: TopicModel,
  actual: TopicDescription,
  config: readonly ConfigEntry[],
): TopicDifference[] {
  const differences: TopicDifference[] = [];
  const compare = (aspect: string, wanted: number, found: string): void => {
    if (found !== String(wanted))
      differences.push({ topic: declared.name, kind: 'different', aspect, declared: String(wanted), actual: found });
  };
  compare('partitions', declared.partitions, String(actual.partitions.length));
  compare('replication factor', declared.replicationFactor, replicationFactor(actual));
  return [...differences, ...optionDifferences(declared, config)];
}

function optionDifferences(declared: TopicModel, config: readonly ConfigEntry[]): TopicDifference[] {
  const topic = declared.name;
  const entries = new Map(config.map((entry) => [entry.option, entry]));
  const differences: TopicDifference[] = [];
  for (const [aspect, wanted] of Object.entries(declared.config)) {
    const entry = entries.get(aspect);
    const actual = entry?.value;
    const found = actual === undefined ? {} : { actual };
    if (actual === undefined || !sameValue(wanted, actual))
      differences.push({ topic, kind: 'different', aspect, declared: wanted, ...found });
    else if (entry?.source !== 'topic')
      differences.push({ topic, kind: 'unpinned', aspect, declared: wanted, ...found });
  }
  for (const { option, value, source } of [...config].sort((a, b) => (a.option < b.option ? -1 : 1)))
    if (source === 'topic' && declared.config[option] === undefined)
      differences.push({
        topic,
        kind: 'undeclared',
        aspect: option,
        ...(value === undefined ? {} : { actual: value }),
      });
  return differences;
}

/** Partitions may differ while replicas are being moved. */
function replicationFactor(topic: TopicDescription): string {
  const counts = [...new Set(topic.partitions.map((partition) => partition.replicas.length))].sort((a, b) => a - b);
  return counts.length > 1 ? `${counts[0]} to ${counts.at(-1)}` : String(counts[0] ?? 0);
}

/** `orders: partitions is 3, declared 12` */
export function formatDifference({ topic, kind, aspect, declared, actual }: TopicDifference): string {
  if (kind === 'undeclared') return `${topic}: ${aspect} is set to ${actual ?? 'a secret'}, but not declared`;
  if (kind === 'unpinned') return `${topic}: ${aspect} is ${actual}, as declared, but only by the broker's default`;
  return `${topic}: ${aspect} is ${actual ?? 'unset'}, declared ${declared}`;
}
