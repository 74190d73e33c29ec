import * as z from 'zod';
import { QUOTA_KEYS } from '../cluster';
import { formatPath } from '../issue';
import { TARGETS } from '../spec';
import type { DesiredState } from './desired';
import { acl, quotaEntity } from './plan-file-schema';

const name = z.string().min(1);
const names = z.array(name);
const secret = z.strictObject({ secret: name, key: name });
const deletion = z.strictObject({ name, reason: z.string(), path: z.string() });

const desired = z.strictObject({
  schemaVersion: z.literal(1),
  environment: name,
  owner: name,
  target: z.enum(TARGETS),
  kafkaVersion: name,
  clusterId: name.optional(),
  owns: z.strictObject({ topics: names.optional(), principals: names.optional() }),
  topicsManagedBy: z.enum(['reconciler', 'cloudformation']),
  topics: z.array(
    z.strictObject({
      name,
      partitions: z.int().min(1),
      replicationFactor: z.int().min(1),
      config: z.record(z.string(), z.string()),
      paths: z.record(z.string(), z.string()),
    }),
  ),
  deletedTopics: z.array(deletion),
  access: z
    .strictObject({
      acls: z.array(z.strictObject({ acl, path: z.string() })),
      principals: z.array(z.strictObject({ principal: name, path: z.string(), deleted: z.string().optional() })),
      closing: z.strictObject({ path: z.string() }).optional(),
    })
    .optional(),
  users: z
    .strictObject({
      mechanism: z.enum(['SCRAM-SHA-256', 'SCRAM-SHA-512']),
      iterations: z.int().min(4096),
      users: z.array(z.strictObject({ name, secret, path: z.string() })),
      deleted: z.array(deletion),
    })
    .optional(),
  quotas: z
    .strictObject({
      quotas: z.array(
        z.strictObject({
          entity: quotaEntity,
          values: z.partialRecord(z.enum(QUOTA_KEYS), z.number()),
          path: z.string(),
        }),
      ),
      deleted: z.array(z.strictObject({ entity: quotaEntity, reason: z.string(), path: z.string() })),
    })
    .optional(),
  brokerOptions: z
    .array(
      z.strictObject({
        option: name,
        value: z.string(),
        update: z.enum(['cluster-wide', 'per-broker', 'read-only']),
        path: z.string(),
      }),
    )
    .optional(),
  connectors: z
    .array(
      z.strictObject({
        name,
        config: z.record(z.string(), z.string()),
        state: z.enum(['running', 'paused', 'stopped']),
        path: z.string(),
      }),
    )
    .optional(),
  deletedConnectors: z.array(deletion).optional(),
  reconcile: z.strictObject({
    quietBeforeDeleteMs: z.number(),
    replicationThrottleBytesPerSecond: z.number(),
    partitionsPerWave: z.int().min(1),
    scramIterations: z.int().min(4096),
    spread: z.literal('onNewBrokers').optional(),
    unpinned: z.literal('report').optional(),
  }),
  acknowledgements: z.array(
    z.strictObject({
      code: name,
      path: z.string(),
      from: z.string(),
      to: z.string(),
      reason: z.string(),
      at: z.string(),
    }),
  ),
}) satisfies z.ZodType<DesiredState>;

/** Reads the text of a desired state; a text that is not one gives a problem, as a sentence without its subject. */
export function parseDesired(text: string): { readonly desired: DesiredState } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `is not JSON: ${(error as Error).message}` };
  }
  const result = desired.safeParse(json);
  if (result.success) return { desired: result.data };
  const [first] = result.error.issues;
  const path = formatPath(first!.path.map((segment) => (typeof segment === 'number' ? segment : String(segment))));
  return { problem: `is not a desired state: ${path === '' ? '' : `${path}: `}${first!.message}` };
}
