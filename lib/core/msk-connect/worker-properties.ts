import { checkOptionValue, isPassedOnByWorker, OPTION_TABLES } from '../catalogue';
import { nearest } from '../issue';
import { EXACTLY_ONCE_VERSIONS } from './limits';
import type { MskConnectProblem } from './problem';

/**
 * What a worker configuration may hold. Source: Amazon MSK developer guide, "Supported worker configuration properties", read on 2026-11-26:
 * producer and consumer options by name, and every other option but these.
 */
const PRODUCER = [
  'acks',
  'batch.size',
  'buffer.memory',
  'compression.type',
  'enable.idempotence',
  'key.serializer',
  'linger.ms',
  'max.request.size',
  'metadata.max.age.ms',
  'metadata.max.idle.ms',
  'partitioner.class',
  'reconnect.backoff.max.ms',
  'reconnect.backoff.ms',
  'request.timeout.ms',
  'retry.backoff.ms',
  'value.serializer',
];
const CONSUMER = [
  'allow.auto.create.topics',
  'auto.offset.reset',
  'check.crcs',
  'fetch.max.bytes',
  'fetch.max.wait.ms',
  'fetch.min.bytes',
  'heartbeat.interval.ms',
  'key.deserializer',
  'max.partition.fetch.bytes',
  'max.poll.interval.ms',
  'max.poll.records',
  'metadata.max.age.ms',
  'partition.assignment.strategy',
  'reconnect.backoff.max.ms',
  'reconnect.backoff.ms',
  'request.timeout.ms',
  'retry.backoff.ms',
  'session.timeout.ms',
  'value.deserializer',
];
const REFUSED_PREFIXES =
  /^(access\.control|admin|client|connect|inter\.worker|internal|listeners\.https|metrics|rest|sasl|security|socket|ssl|topic\.tracking|worker)\./;
const REFUSED_NAMES = [
  'bootstrap.servers',
  'config.storage.topic',
  'connections.max.idle.ms',
  'connector.client.config.override.policy',
  'group.id',
  'listeners',
  'metric.reporters',
  'plugin.path',
  'receive.buffer.bytes',
  'response.http.headers.config',
  'scheduled.rebalance.max.delay.ms',
  'send.buffer.bytes',
  'status.storage.topic',
];

/** The oldest catalogue that the kit has; options of Connect 2.7 and 3.7 are all in it. */
const CATALOGUE = '3.9';

/** Why the service refuses the option in a worker configuration, and what to do; undefined where it takes it. */
export function workerPropertyRefusal(name: string): { readonly allowed: string; readonly hint: string } | undefined {
  const [, client, option] = /^(producer|consumer)\.(.+)$/.exec(name) ?? [];
  if (client !== undefined) {
    const known = client === 'producer' ? PRODUCER : CONSUMER;
    if (known.includes(option!)) return undefined;
    const near = nearest(option!, known);
    return {
      allowed: `${client} options that it takes are ${known.join(', ')}`,
      hint: near === undefined ? 'Leave it out.' : `Did you mean ${client}.${near}?`,
    };
  }
  if (!REFUSED_PREFIXES.test(name) && !REFUSED_NAMES.includes(name)) return undefined;
  return {
    allowed: 'how workers find the cluster, each other and their plugins is the business of the service',
    hint: 'Leave it out, or run the connectors on workers of your own.',
  };
}

/** What is wrong with the properties of a worker configuration; `version` is that of Kafka Connect, where it is known. */
export function workerPropertyProblems(
  properties: Readonly<Record<string, string>>,
  version?: string,
): MskConnectProblem[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const property = `properties[${JSON.stringify(name)}]`;
    const refusal = workerPropertyRefusal(name);
    if (refusal !== undefined) {
      const message = `MSK Connect does not take the option, got "${name}"; ${refusal.allowed}.`;
      return [{ property, message, hint: refusal.hint }];
    }
    if (/^config\.providers(\.|$)/.test(name)) return [];
    const option = OPTION_TABLES.worker.option(name, CATALOGUE);
    if (option === undefined) {
      if (isPassedOnByWorker(name)) return [];
      const near = nearest(name, OPTION_TABLES.worker.names(CATALOGUE));
      const message = `Connect has no such worker option, got "${name}"; the options of Kafka Connect are allowed.`;
      return [{ property, message, hint: near === undefined ? 'Leave it out.' : `Did you mean ${near}?` }];
    }
    const wrong = checkOptionValue(option, value);
    if (wrong !== undefined) {
      const message = `${wrong.what}, got "${value}"; ${wrong.allowed}.`;
      return [{ property, message, hint: 'Change the value.' }];
    }
    return exactlyOnce(name, value, version).map((text) => ({ property, ...text }));
  });
}

function exactlyOnce(name: string, value: string, version: string | undefined): Omit<MskConnectProblem, 'property'>[] {
  if (name !== 'exactly.once.source.support' || value === 'disabled') return [];
  if (version === undefined || EXACTLY_ONCE_VERSIONS.includes(version)) return [];
  return [
    {
      message: `Kafka Connect ${version} has no transactions for sources, got "${value}"; ${EXACTLY_ONCE_VERSIONS.join(', ')} has them.`,
      hint: 'Use that version, or leave it out.',
    },
  ];
}
