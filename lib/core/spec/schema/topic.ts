import * as z from 'zod';
import { deleted } from './principal';
import { count, distinct, durationOrForever, line, options, rate, sizeOrUnlimited } from './scalar';

export const cleanupPolicy = distinct(
  z
    .array(z.enum(['delete', 'compact']))
    .min(1)
    .max(2),
).describe('[delete]: old segments go; [compact]: the newest record of each key stays; both: both.');

export const retention = z
  .strictObject({
    time: durationOrForever().optional().describe('How long records are kept at least: 7d, or forever.'),
    bytesPerPartition: sizeOrUnlimited()
      .optional()
      .describe('How many bytes of each partition are kept at most. Default: unlimited.'),
  })
  .describe('Retention by time, by size, or both: what is reached first counts. Only closed segments are removed.');

const shape = {
  partitions: count(1, 100_000)
    .optional()
    .describe('Partitions; order holds per key within one. Can grow, which moves keys; never shrinks.'),
  replicationFactor: count(1, 32)
    .optional()
    .describe('Copies of each partition. Default: 3, or the number of brokers if that is less.'),
  minInSyncReplicas: count(1, 32)
    .optional()
    .describe(
      'Copies that must have a record before acks=all is answered. Default: replication factor minus one, at least 1, at most 2.',
    ),
  cleanupPolicy: cleanupPolicy.optional(),
  retention: retention.optional(),
  config: options()
    .optional()
    .describe('Topic options by their Kafka names. Checked against the option catalogue of the version.'),
};

export const topicDefaults = z.strictObject(shape).describe('What holds for every topic that does not say otherwise.');

export const topic = z
  .strictObject({
    ...shape,
    description: line('description', 1000).optional().describe('What the topic holds and who owns it.'),
    load: z
      .strictObject({
        produce: rate().describe('Bytes produced per second at peak, before replication, after compression.'),
        consumerGroups: count(0, 10_000).optional().describe('How many groups read all of it. Default: 1.'),
      })
      .optional()
      .describe('Expected load, for the capacity check.'),
    deleted: deleted.optional(),
  })
  .describe('A topic.');

export const topics = z.record(z.string().min(1), topic).describe('Topics by name.');
