import { checkOptionValue, OPTION_TABLES, type OptionInfo } from '../../../core/catalogue';
import type { KafkaError } from '../../port';
import { kafkaError } from './errors';

/** Options that brokers take at run time only, so that no ConfigDef of a file lists them. */
const THROTTLES: readonly string[] = [
  'leader.replication.throttled.rate',
  'follower.replication.throttled.rate',
  'replica.alter.log.dirs.io.max.bytes.per.second',
];

type Values = ReadonlyMap<string, string>;

/** Why a topic cannot have exactly these options; undefined where it can. */
export function topicConfigError(values: Values, kafka: string, tieredStorage: boolean): KafkaError | undefined {
  for (const [name, value] of values) {
    const option = OPTION_TABLES.topic.option(name, kafka);
    if (option === undefined) return kafkaError('INVALID_CONFIG', `Unknown topic config name: ${name}`);
    const problem = valueProblem(option, value);
    if (problem !== undefined) return kafkaError('INVALID_CONFIG', problem);
  }
  if (BigInt(values.get('min.compaction.lag.ms') ?? 0) > BigInt(values.get('max.compaction.lag.ms') ?? 2n ** 63n)) {
    return kafkaError(
      'INVALID_CONFIG',
      `conflict topic config setting min.compaction.lag.ms (${values.get('min.compaction.lag.ms')}) > ` +
        `max.compaction.lag.ms (${values.get('max.compaction.lag.ms')})`,
    );
  }
  if (values.get('remote.storage.enable') === 'true' && !tieredStorage)
    return kafkaError('INVALID_CONFIG', 'Tiered Storage functionality is disabled in the broker.');
  return undefined;
}

/** Why brokers cannot change these options at run time. Kafka takes any name that it does not know: it may be a plugin's. */
export function brokerConfigError(set: Values, type: 'broker' | 'cluster', kafka: string): KafkaError | undefined {
  for (const [name, value] of set) {
    const option = OPTION_TABLES.broker.option(name, kafka);
    if (option === undefined) continue;
    if (option.update === 'read-only')
      return kafkaError('INVALID_REQUEST', `Cannot update these configs dynamically: Set(${name})`);
    if (option.update === 'per-broker' && type === 'cluster') {
      return kafkaError(
        'INVALID_REQUEST',
        `Cannot update these configs at default cluster level, broker id must be specified: Set(${name})`,
      );
    }
    // A bad value is INVALID_REQUEST here and INVALID_CONFIG for topics (KAFKA-13609).
    const problem = valueProblem(option, value);
    if (problem !== undefined) return kafkaError('INVALID_REQUEST', problem);
  }
  return undefined;
}

/** Values of secrets and of options that Kafka does not know are never shown. */
export function isShown(name: string, kafka: string): boolean {
  if (THROTTLES.includes(name)) return true;
  const option = OPTION_TABLES.broker.option(name, kafka);
  return option !== undefined && option.type !== 'password';
}

function valueProblem(option: OptionInfo, value: string): string | undefined {
  const problem = checkOptionValue(option, value);
  if (problem === undefined) return undefined;
  return `Invalid value ${value} for configuration ${option.name}: ${problem.what}, ${problem.allowed}`;
}
