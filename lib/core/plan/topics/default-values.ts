import { OPTION_TABLES } from '../../catalogue';
import type { ConfigEntry } from '../../cluster';
import type { DesiredState } from '../desired';
import type { ObservedState } from '../observed';

interface BrokerOptionName {
  readonly name: string;
  /** What its value is multiplied with. */
  readonly unit: number;
}

/** Options of brokers that give a topic option its default, the first that is set (org.apache.kafka.server.config.ServerTopicConfigSynonyms). */
const SYNONYMS: Readonly<Record<string, readonly BrokerOptionName[]>> = {
  'retention.ms': [
    { name: 'log.retention.ms', unit: 1 },
    { name: 'log.retention.minutes', unit: 60_000 },
    { name: 'log.retention.hours', unit: 3_600_000 },
  ],
  'segment.ms': [
    { name: 'log.roll.ms', unit: 1 },
    { name: 'log.roll.hours', unit: 3_600_000 },
  ],
  'segment.jitter.ms': [
    { name: 'log.roll.jitter.ms', unit: 1 },
    { name: 'log.roll.jitter.hours', unit: 3_600_000 },
  ],
  'flush.ms': [
    { name: 'log.flush.interval.ms', unit: 1 },
    { name: 'log.flush.scheduler.interval.ms', unit: 1 },
  ],
};

/**
 * Options of brokers that give topics what they do not say. They are read off brokers: an option that is taken off a topic may cut its
 * retention to what they have, and where every topic says its own no topic shows it.
 */
export function defaultSources(kafkaVersion: string): string[] {
  const names = OPTION_TABLES.topic
    .names(kafkaVersion)
    .flatMap((option) => synonymsOf(option, kafkaVersion))
    .map(({ name }) => name);
  return [...new Set(names)].sort();
}

function synonymsOf(option: string, kafkaVersion: string): readonly BrokerOptionName[] {
  if (Object.hasOwn(SYNONYMS, option)) return SYNONYMS[option]!;
  const known = OPTION_TABLES.topic.option(option, kafkaVersion);
  return known?.brokerOption === undefined ? [] : [{ name: known.brokerOption, unit: 1 }];
}

/** What a topic option is worth where the topic does not say it. */
export class DefaultValues {
  private shown?: ReadonlyMap<string, string>;
  private readonly found = new Map<string, string | undefined>();

  constructor(
    private readonly desired: DesiredState,
    private readonly observed: ObservedState,
  ) {}

  /** After this plan, whose options of brokers come before those of topics. Undefined where nothing tells. */
  of(option: string): string | undefined {
    if (!this.found.has(option)) this.found.set(option, this.find(option));
    return this.found.get(option);
  }

  private find(option: string): string | undefined {
    const known = OPTION_TABLES.topic.option(option, this.desired.kafkaVersion);
    const synonyms = synonymsOf(option, this.desired.kafkaVersion);
    return (
      this.declared(synonyms) ?? this.shownByTopics().get(option) ?? this.ofBrokers(synonyms) ?? known?.defaultValue
    );
  }

  private declared(synonyms: readonly BrokerOptionName[]): string | undefined {
    return firstOf(synonyms, (name) => {
      const declared = this.desired.brokerOptions?.find(({ option }) => option === name);
      return declared?.update === 'cluster-wide' ? declared.value : undefined;
    });
  }

  /** Other topics that do not say it either show what brokers give them. */
  private shownByTopics(): ReadonlyMap<string, string> {
    if (this.shown !== undefined) return this.shown;
    const shown = new Map<string, string>();
    for (const entries of this.observed.topicConfigs.values())
      for (const { option, value, source } of entries)
        if (source !== 'topic' && source !== 'other' && value !== undefined && !shown.has(option))
          shown.set(option, value);
    return (this.shown = shown);
  }

  private ofBrokers(synonyms: readonly BrokerOptionName[]): string | undefined {
    const lists = [this.observed.clusterOptions ?? [], ...(this.observed.brokerOptions?.values() ?? [])];
    for (const entries of lists) {
      const value = firstOf(synonyms, (name) => valueOf(entries, name));
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

function valueOf(entries: readonly ConfigEntry[], name: string): string | undefined {
  const value = entries.find(({ option }) => option === name)?.value;
  return value === '' ? undefined : value;
}

function firstOf(
  synonyms: readonly BrokerOptionName[],
  valueOfName: (name: string) => string | undefined,
): string | undefined {
  for (const { name, unit } of synonyms) {
    const value = valueOfName(name);
    if (value === undefined) continue;
    return unit === 1 || !/^\d+$/.test(value) ? value : String(Number(value) * unit);
  }
  return undefined;
}
