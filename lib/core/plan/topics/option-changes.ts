import type { ConfigEntry, TopicDescription } from '../../cluster';
import { formatPath, type Issue } from '../../issue';
import type { Change } from '../change';
import type { DesiredTopic } from '../desired';
import { proposed, unread, type Differences } from '../diff/differences';
import type { OptionDelta } from './option-delta';
import { optionEffect } from './option-effects';
import { optionText } from './option-value';
import { sameValue } from './same-value';
import { isThrottle } from './throttle-changes';
import { pathOf, type TopicContext } from './topic-context';

/** Options that are to be set, pinned or taken off; those that nobody named stay as they are. */
export function optionChanges(context: TopicContext, wanted: DesiredTopic, topic: TopicDescription): Differences {
  const entries = context.observed.topicConfigs.get(topic.name);
  if (entries === undefined) return unread(`the options of ${topic.name}`, formatPath(['topics', topic.name]));
  const found = new Map(entries.map((entry) => [entry.option, entry]));
  const changes: Change[] = [];
  const findings: Issue[] = [];
  const options = new Set(Object.keys(wanted.config));
  for (const { option, source } of entries) if (source === 'topic' && !isThrottle(option)) options.add(option);
  for (const option of [...options].sort()) {
    const declared = own(wanted.config, option);
    const entry = found.get(option);
    if (declared !== undefined && entry?.source === 'topic' && isAsDeclared(declared, entry)) continue;
    const outcome = optionChange(context, { wanted, topic, option, declared, entry, found });
    if ('operation' in outcome) changes.push(outcome);
    else findings.push(outcome);
  }
  return { changes, findings };
}

/** What an option of a topic is worth when everything declared is done. */
export function resultingOption(
  { defaults }: TopicContext,
  { config }: DesiredTopic,
  found: ReadonlyMap<string, ConfigEntry>,
  option: string,
): string | undefined {
  const entry = found.get(option);
  if (own(config, option) !== undefined) return own(config, option);
  return entry?.source === 'topic' ? defaults.of(option) : (entry?.value ?? defaults.of(option));
}

interface OptionCase {
  readonly wanted: DesiredTopic;
  readonly topic: TopicDescription;
  readonly option: string;
  readonly declared: string | undefined;
  readonly entry: ConfigEntry | undefined;
  readonly found: ReadonlyMap<string, ConfigEntry>;
}

function optionChange(
  context: TopicContext,
  { wanted, topic, option, declared, entry, found }: OptionCase,
): Change | Issue {
  const from = entry?.value;
  const to = declared ?? context.defaults.of(option);
  const base = {
    id: `set-topic-option ${topic.name} ${option}`,
    path: declared === undefined ? undeclaredPath(topic.name, option) : pathOf(wanted, option),
    subject: `topic ${topic.name}`,
    from: optionText(option, from),
    to: to === undefined ? 'default' : optionText(option, to),
    operation: {
      kind: 'set-topic-option',
      topic: topic.name,
      topicId: topic.topicId,
      option,
      ...(declared === undefined ? {} : { value: declared }),
    },
  } as const;
  if (from !== undefined && to !== undefined && sameValue(from, to))
    return declared === undefined
      ? proposed({
          ...base,
          code: 'TOPIC-OPTION-UNDECLARED',
          summary: `unset ${option} ${base.from}`,
          grade: 'safe',
          reason: 'The value stays; from now on it follows the default of the brokers.',
        })
      : proposed({
          ...base,
          code: 'TOPIC-OPTION-PIN',
          summary: `pin the default ${option} ${base.to}`,
          from: `${base.from} by default`,
          grade: 'safe',
          reason: 'The value stays; without its own it follows the default of the brokers when that changes.',
        });
  const tiered = context.isTiered(topic);
  const delta: OptionDelta = {
    topic: topic.name,
    from,
    to,
    before: (other) => found.get(other)?.value,
    after: (other) => resultingOption(context, wanted, found, other),
    bytes: tiered ? undefined : context.sizeOf(topic)?.bytes,
    cut: tiered ? undefined : context.evidence.cuts.get(topic.name),
    replicationFactor: wanted.replicationFactor,
    partitions: context.settled(topic),
    coming: ({ moving, replicas }) =>
      moving || wanted.replicationFactor > context.load.brokers.size
        ? 0
        : Math.max(0, wanted.replicationFactor - replicas.length),
  };
  const { code, grade, reason, block, refused } = optionEffect(option, delta);
  if (refused !== undefined) return { level: 'error', path: base.path, ...refused, from: base.from, to: base.to };
  const change = proposed({
    ...base,
    code: code ?? (declared === undefined ? 'TOPIC-OPTION-UNDECLARED' : 'TOPIC-OPTION'),
    summary: `${option} ${base.from} -> ${declared === undefined && to !== undefined ? 'default ' : ''}${base.to}`,
    grade,
    reason,
  });
  return block === undefined ? change : { ...change, status: 'blocked', block };
}

function isAsDeclared(declared: string, { value }: ConfigEntry): boolean {
  return value !== undefined && sameValue(declared, value);
}

/** Where somebody who wants to keep it would write it. */
function undeclaredPath(topic: string, option: string): string {
  const keys: Readonly<Record<string, readonly string[]>> = {
    'retention.ms': ['retention', 'time'],
    'retention.bytes': ['retention', 'bytesPerPartition'],
    'cleanup.policy': ['cleanupPolicy'],
    'min.insync.replicas': ['minInSyncReplicas'],
  };
  return formatPath(['topics', topic, ...(own(keys, option) ?? ['config', option])]);
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
