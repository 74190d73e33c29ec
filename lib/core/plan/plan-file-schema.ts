import * as z from 'zod';
import { ACL_OPERATIONS, ACL_RESOURCE_TYPES, QUOTA_KEYS, type Acl } from '../cluster';
import { GRADES, type Change, type Operation } from './change';

const name = z.string().min(1);
const brokers = z.array(z.int());
const mechanism = z.enum(['SCRAM-SHA-256', 'SCRAM-SHA-512']);
const connectorState = z.enum(['running', 'paused', 'stopped']);
const onTopic = { topic: name, topicId: name };

export const acl = z.strictObject({
  principal: name,
  host: name,
  resourceType: z.enum(ACL_RESOURCE_TYPES),
  resourceName: name,
  pattern: z.enum(['literal', 'prefixed']),
  operation: z.enum(ACL_OPERATIONS),
  permission: z.enum(['allow', 'deny']),
}) satisfies z.ZodType<Acl>;

/** Who a quota is for, as plans, desired states and backups hold it. */
export const quotaEntity = z.strictObject({
  user: z.string().nullable().optional(),
  clientId: z.string().nullable().optional(),
  ip: z.string().nullable().optional(),
});

const operation = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create-topic'),
    topic: name,
    partitions: z.int().min(1),
    replicationFactor: z.int().min(1),
    config: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    kind: z.literal('add-partitions'),
    ...onTopic,
    from: z.int(),
    to: z.int(),
    assignments: z.array(brokers),
  }),
  z.strictObject({
    kind: z.literal('move-replicas'),
    ...onTopic,
    replicationFactor: z.enum(['kept', 'may-change']),
    moves: z.array(z.strictObject({ partition: z.int(), from: brokers, to: brokers })),
    bytes: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('set-topic-option'), ...onTopic, option: name, value: z.string().optional() }),
  z.strictObject({ kind: z.literal('delete-topic'), ...onTopic }),
  z.strictObject({ kind: z.enum(['create-acl', 'delete-acl']), acl }),
  z.strictObject({
    kind: z.literal('set-user'),
    user: name,
    mechanism,
    iterations: z.int().min(4096),
    secret: z.strictObject({ secret: name, key: name }),
  }),
  z.strictObject({ kind: z.literal('delete-user'), user: name, mechanism }),
  z.strictObject({
    kind: z.literal('set-quota'),
    entity: quotaEntity,
    key: z.enum(QUOTA_KEYS),
    value: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal('set-broker-option'),
    broker: z.int().optional(),
    option: name,
    value: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('clear-throttle'),
    on: z.enum(['broker', 'topic']),
    name,
    options: z.array(name),
  }),
  z.strictObject({
    kind: z.literal('put-connector'),
    connector: name,
    config: z.record(z.string(), z.string()),
    state: connectorState,
  }),
  z.strictObject({ kind: z.literal('set-connector-state'), connector: name, state: connectorState }),
  z.strictObject({ kind: z.literal('restart-connector'), connector: name }),
  z.strictObject({ kind: z.literal('delete-connector'), connector: name }),
]) satisfies z.ZodType<Operation>;

/** A change as a plan file holds it. */
export const change = z.strictObject({
  id: name,
  code: name,
  path: z.string(),
  subject: z.string(),
  summary: z.string(),
  from: z.string(),
  to: z.string(),
  grade: z.enum(GRADES as readonly [Change['grade'], ...Change['grade'][]]),
  reason: z.string(),
  status: z.enum(['ready', 'acknowledged', 'held', 'blocked']),
  block: z.strictObject({ reason: z.string(), hint: z.string() }).optional(),
  operation,
}) satisfies z.ZodType<Change>;
