import type { OptionInfo, OptionKind } from './option';
import { OptionTable, type OptionData } from './table';

/** Every option of each kind. A table parses its data when it is first asked, so what no command asks costs nothing. */
export const OPTION_TABLES: Readonly<Record<OptionKind, OptionTable>> = {
  broker: new OptionTable('broker', () => require('./data/broker-options.json') as OptionData),
  topic: new OptionTable('topic', () => require('./data/topic-options.json') as OptionData),
  worker: new OptionTable('worker', () => require('./data/worker-options.json') as OptionData),
};

/** A broker option as `version` (`4.1`) knows it; undefined where that version does not have it. */
export function brokerOption(name: string, version: string): OptionInfo | undefined {
  return OPTION_TABLES.broker.option(name, version);
}

export function topicOption(name: string, version: string): OptionInfo | undefined {
  return OPTION_TABLES.topic.option(name, version);
}

/** An option of a Kafka Connect worker in distributed mode. */
export function workerOption(name: string, version: string): OptionInfo | undefined {
  return OPTION_TABLES.worker.option(name, version);
}

/** Names of the documented broker options of a version, sorted. */
export function knownBrokerOptions(version: string): readonly string[] {
  return OPTION_TABLES.broker.names(version);
}

export function knownTopicOptions(version: string): readonly string[] {
  return OPTION_TABLES.topic.names(version);
}

export function knownWorkerOptions(version: string): readonly string[] {
  return OPTION_TABLES.worker.names(version);
}
