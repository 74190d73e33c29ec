import type { TargetName } from '../spec';
import type { OptionKind } from './option';

/** Where options go to, as far as it decides which of them can be set. */
export interface OptionTarget {
  readonly target: TargetName;
  /** Amazon MSK: the kind of its brokers. */
  readonly brokerType?: 'standard' | 'express';
}

/** Why an option cannot be set, and what to do. */
export interface NotSettable {
  readonly allowed: string;
  readonly hint: string;
}

/** What a service allows, with the day it was read and where. */
interface AllowList {
  readonly names: readonly string[];
  readonly where: string;
}

const text = (names: string): readonly string[] => names.trim().split(/\s+/);

/**
 * Any other key is refused when a configuration is made: "Key … is not supported by at least one Apache Kafka version". The page
 * https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html, read 2026-11-23, and custom.advertised.listeners (2026).
 */
const MSK_STANDARD: AllowList = {
  where: 'Amazon MSK with Standard brokers',
  names: text(`
    allow.everyone.if.no.acl.found auto.create.topics.enable compression.type connections.max.idle.ms custom.advertised.listeners
    default.replication.factor delete.topic.enable group.initial.rebalance.delay.ms group.max.session.timeout.ms
    group.min.session.timeout.ms leader.imbalance.per.broker.percentage log.cleaner.delete.retention.ms log.cleaner.min.cleanable.ratio
    log.cleanup.policy log.flush.interval.messages log.flush.interval.ms log.message.timestamp.difference.max.ms
    log.message.timestamp.type log.retention.bytes log.retention.hours log.retention.minutes log.retention.ms log.roll.ms
    log.segment.bytes max.incremental.fetch.session.cache.slots message.max.bytes min.insync.replicas num.io.threads
    num.network.threads num.partitions num.recovery.threads.per.data.dir num.replica.fetchers offsets.retention.minutes
    offsets.topic.replication.factor replica.fetch.max.bytes replica.fetch.response.max.bytes replica.lag.time.max.ms
    replica.selector.class replica.socket.receive.buffer.bytes socket.receive.buffer.bytes socket.request.max.bytes
    socket.send.buffer.bytes transaction.max.timeout.ms transaction.state.log.min.isr transaction.state.log.replication.factor
    transactional.id.expiration.ms unclean.leader.election.enable zookeeper.connection.timeout.ms zookeeper.session.timeout.ms`),
};

/**
 * What a configuration may hold; what is dynamic only (max.connections and others) is not in it, since a configuration is a file. The page
 * https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-write.html, static properties, read 2026-11-23.
 */
const MSK_EXPRESS: AllowList = {
  where: 'Amazon MSK with Express brokers',
  names: text(`
    allow.everyone.if.no.acl.found auto.create.topics.enable compression.type connections.max.idle.ms delete.topic.enable
    group.initial.rebalance.delay.ms group.max.session.timeout.ms leader.imbalance.per.broker.percentage log.cleanup.policy
    log.message.timestamp.after.max.ms log.message.timestamp.before.max.ms log.message.timestamp.type log.retention.bytes
    log.retention.ms max.connections.per.ip max.incremental.fetch.session.cache.slots message.max.bytes num.partitions
    offsets.retention.minutes replica.fetch.max.bytes replica.selector.class socket.receive.buffer.bytes socket.request.max.bytes
    socket.send.buffer.bytes transaction.max.timeout.ms transactional.id.expiration.ms`),
};

/** The same page, topic-level configurations. */
const MSK_EXPRESS_TOPICS: AllowList = {
  where: 'topics of Amazon MSK with Express brokers',
  names: text(`
    cleanup.policy compression.type delete.retention.ms max.compaction.lag.ms max.message.bytes message.timestamp.after.max.ms
    message.timestamp.before.max.ms message.timestamp.type min.compaction.lag.ms retention.bytes retention.ms`),
};

/** https://docs.aws.amazon.com/msk/latest/developerguide/serverless-config.html, read 2026-11-23. */
const MSK_SERVERLESS_TOPICS: AllowList = {
  where: 'topics of Amazon MSK Serverless',
  names: text(`
    cleanup.policy compression.type max.message.bytes message.timestamp.difference.max.ms message.timestamp.type retention.bytes
    retention.ms`),
};

const SERVERLESS_BROKERS: AllowList = { where: 'Amazon MSK Serverless', names: [] };

/** On the list of the service, and refused by the kit for now: it needs a load balancer, DNS names and a certificate before. */
export const CUSTOM_DNS = 'custom.advertised.listeners';

const NO_CUSTOM_DNS: NotSettable = {
  allowed: 'names of your own for the brokers of Amazon MSK are not built yet; the names of the service are allowed',
  hint: 'Take it out, and let clients use the bootstrap servers of the service.',
};

/** Undefined where the broker option can be set. */
export function brokerOptionNotSettable(name: string, on: OptionTarget): NotSettable | undefined {
  switch (on.target) {
    case 'msk-serverless':
      return refused(SERVERLESS_BROKERS, name, 'Leave it out; the service sets the options of its brokers.');
    case 'msk':
      if (name === CUSTOM_DNS) return NO_CUSTOM_DNS;
      return refused(
        on.brokerType === 'express' ? MSK_EXPRESS : MSK_STANDARD,
        name,
        'Take it out, or say it for other targets under their override.',
      );
    default:
      return undefined;
  }
}

/** Undefined where the topic option can be set. */
export function topicOptionNotSettable(name: string, on: OptionTarget): NotSettable | undefined {
  if (on.target === 'msk-serverless') return refused(MSK_SERVERLESS_TOPICS, name, 'Leave it out on this target.');
  if (on.target === 'msk' && on.brokerType === 'express')
    return refused(MSK_EXPRESS_TOPICS, name, 'Leave it out on this target.');
  return undefined;
}

interface ServiceRange {
  readonly min: number;
  readonly max: number;
}

/** Narrower than Kafka's own; from the pages named above. */
const MSK_RANGES: Readonly<Record<string, ServiceRange>> = {
  'replica.lag.time.max.ms': { min: 10_000, max: 30_000 },
  'zookeeper.connection.timeout.ms': { min: 6_000, max: 18_000 },
  'zookeeper.session.timeout.ms': { min: 6_000, max: 18_000 },
};
const SEVEN_DAYS_MS = 7 * 24 * 3600 * 1000;
const MSK_EXPRESS_TOPIC_RANGES: Readonly<Record<string, ServiceRange>> = {
  'max.compaction.lag.ms': { min: SEVEN_DAYS_MS, max: Infinity },
};
const MSK_SERVERLESS_TOPIC_RANGES: Readonly<Record<string, ServiceRange>> = {
  'max.message.bytes': { min: 0, max: 8 * 1024 * 1024 },
};

/** What a service allows of a value that Kafka itself would take; undefined where it takes it too. */
export function outOfServiceRange(kind: OptionKind, name: string, value: string, on: OptionTarget): string | undefined {
  const ranges = serviceRanges(kind, on);
  const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  if (range === undefined || (Number(value) >= range.min && Number(value) <= range.max)) return undefined;
  const bounds = range.max === Infinity ? `of at least ${range.min}` : `from ${range.min} to ${range.max}`;
  return `a whole number ${bounds} is allowed on Amazon MSK`;
}

function serviceRanges(kind: OptionKind, on: OptionTarget): Readonly<Record<string, ServiceRange>> {
  if (kind === 'broker') return on.target === 'msk' ? MSK_RANGES : {};
  if (kind === 'worker') return {};
  if (on.target === 'msk-serverless') return MSK_SERVERLESS_TOPIC_RANGES;
  return on.target === 'msk' && on.brokerType === 'express' ? MSK_EXPRESS_TOPIC_RANGES : {};
}

function refused({ names, where }: AllowList, name: string, hint: string): NotSettable | undefined {
  if (names.includes(name)) return undefined;
  const count = names.length === 0 ? 'no options' : `only ${names.length} options, this is none of them`;
  return { allowed: `${where} allows ${count}`, hint };
}
