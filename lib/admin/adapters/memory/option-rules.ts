import { checkOptionValue, OPTION_TABLES, type OptionInfo } from '../../../core/catalogue';
import type { KafkaError } from '../../port';
import { kafkaError } from './errors';
import { tieredProblem } from './tiered-rules';

/** Options that brokers take at run time only, so that no ConfigDef of a file lists them. */
const THROTTLES: readonly string[] = [
  'leader.replication.throttled.rate',
  'follower.replication.throttled.rate',
  'replica.alter.log.dirs.io.max.bytes.per.second',
];

const LONGEST_VALUE = 32_767;

type Values = ReadonlyMap<string, string>;

export interface TopicRules {
  /** What the topic had so far. */
  readonly before: Values;
  /** `4.3` */
  readonly kafka: string;
  /** Whether brokers have a remote storage. */
  readonly tieredStorage: boolean;
  /** Of options that the topic does not set. */
  readonly defaultOf: (option: string) => string | undefined;
}

/** Why a topic cannot have exactly these options; undefined where it can. */
export function topicConfigError(values: Values, rules: TopicRules): KafkaError | undefined {
  const problem = topicProblem(values, rules);
  return problem === undefined ? undefined : kafkaError('INVALID_CONFIG', problem);
}

function topicProblem(values: Values, { before, kafka, tieredStorage, defaultOf }: TopicRules): string | undefined {
  for (const [name, value] of values) {
    const option = OPTION_TABLES.topic.option(name, kafka);
    if (option === undefined) return `Unknown topic config name: ${name}`;
    const problem = valueProblem(option, value);
    if (problem !== undefined) return problem;
  }
  const valueOf = (option: string) => values.get(option) ?? defaultOf(option) ?? '';
  const [least, most] = [valueOf('min.compaction.lag.ms'), valueOf('max.compaction.lag.ms')];
  if (BigInt(least) > BigInt(most))
    return `conflict topic config setting min.compaction.lag.ms (${least}) > max.compaction.lag.ms (${most})`;
  if (!values.has(TIERED) && !before.has(TIERED)) return undefined;
  return tieredProblem(valueOf, before.get(TIERED) === 'true' ? 'tiered' : 'local', tieredStorage);
}

const TIERED = 'remote.storage.enable';

/** Why brokers cannot change these options at run time. Kafka takes any name that it does not know: it may be a plugin's. */
export function brokerConfigError(set: Values, type: 'broker' | 'cluster', kafka: string): KafkaError | undefined {
  for (const [name, value] of set) {
    if (THROTTLES.includes(name) && !/^\d+$/.test(value))
      return kafkaError(
        'INVALID_REQUEST',
        `Invalid value ${value} for configuration ${name}: Not a number of type LONG`,
      );
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
  if (value.length > LONGEST_VALUE)
    return `The configuration value cannot be added because it exceeds the maximum value size of ${LONGEST_VALUE} bytes.`;
  const problem = checkOptionValue(option, value);
  if (problem === undefined) return undefined;
  return `Invalid value ${value} for configuration ${option.name}: ${problem.what}, ${problem.allowed}`;
}
