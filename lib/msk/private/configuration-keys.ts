/**
 * Broker options that Amazon MSK takes in a configuration. Any other key fails with "Key ... is not supported by at least one Apache
 * Kafka version". Source: https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html, read 2026-11-22.
 */
export const STANDARD_KEYS: ReadonlySet<string> = new Set([
  'allow.everyone.if.no.acl.found',
  'auto.create.topics.enable',
  'compression.type',
  'connections.max.idle.ms',
  'custom.advertised.listeners',
  'default.replication.factor',
  'delete.topic.enable',
  'group.initial.rebalance.delay.ms',
  'group.max.session.timeout.ms',
  'group.min.session.timeout.ms',
  'leader.imbalance.per.broker.percentage',
  'log.cleaner.delete.retention.ms',
  'log.cleaner.min.cleanable.ratio',
  'log.cleanup.policy',
  'log.flush.interval.messages',
  'log.flush.interval.ms',
  'log.message.timestamp.difference.max.ms',
  'log.message.timestamp.type',
  'log.retention.bytes',
  'log.retention.hours',
  'log.retention.minutes',
  'log.retention.ms',
  'log.roll.ms',
  'log.segment.bytes',
  'max.incremental.fetch.session.cache.slots',
  'message.max.bytes',
  'min.insync.replicas',
  'num.io.threads',
  'num.network.threads',
  'num.partitions',
  'num.recovery.threads.per.data.dir',
  'num.replica.fetchers',
  'offsets.retention.minutes',
  'offsets.topic.replication.factor',
  'replica.fetch.max.bytes',
  'replica.fetch.response.max.bytes',
  'replica.lag.time.max.ms',
  'replica.selector.class',
  'replica.socket.receive.buffer.bytes',
  'socket.receive.buffer.bytes',
  'socket.request.max.bytes',
  'socket.send.buffer.bytes',
  'transaction.max.timeout.ms',
  'transaction.state.log.min.isr',
  'transaction.state.log.replication.factor',
  'transactional.id.expiration.ms',
  'unclean.leader.election.enable',
]);

/**
 * Options that Express brokers fix: replication factor 3, min ISR 2 and clean elections are what the kit would set itself.
 * Source: https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-express-read-only.html, read 2026-11-22.
 */
export const EXPRESS_FIXED_KEYS: ReadonlySet<string> = new Set([
  'default.replication.factor',
  'min.insync.replicas',
  'num.io.threads',
  'num.network.threads',
  'offsets.topic.replication.factor',
  'transaction.state.log.min.isr',
  'transaction.state.log.replication.factor',
  'unclean.leader.election.enable',
]);
