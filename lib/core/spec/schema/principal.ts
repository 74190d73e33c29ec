import * as z from 'zod';
import { DECLARED_ACL_OPERATIONS } from '../../cluster';
import { count, entryName, form, line, listenerName, rate, secretReference } from './scalar';

/** What is to go from the cluster; what is merely absent from the file is left alone. */
export const deleted = z
  .strictObject({ reason: line('reason', 1000).describe('Why it goes.') })
  .describe('A tombstone: it is to be deleted. What is merely absent from the file is left alone.');

const clientQuota = {
  producerByteRate: rate().optional().describe('Bytes written per second and broker.'),
  consumerByteRate: rate().optional().describe('Bytes read per second and broker.'),
  requestPercentage: z
    .number()
    .gt(0)
    .max(100_000)
    .optional()
    .describe("Share of a broker's request threads, in percent of one thread."),
  controllerMutationRate: count(1, 1_000_000).optional().describe('Partitions created or deleted per second.'),
};

const connectionQuota = {
  connectionCreationRate: count(1, 1_000_000).describe('New connections per second and broker.'),
};

/** Quotas that belong to no principal; those of a principal stand with it. */
export const quotas = z
  .strictObject({
    defaultUser: z.strictObject(clientQuota).optional().describe('For every user that has none of its own.'),
    defaultClient: z.strictObject(clientQuota).optional().describe('For every client.id that has none of its own.'),
    defaultAddress: z.strictObject(connectionQuota).optional().describe('For every address that has none of its own.'),
    clients: z
      .record(line('client.id', 255), z.strictObject({ ...clientQuota, deleted: deleted.optional() }))
      .optional()
      .describe('By client.id.'),
    addresses: z
      .record(
        form(
          /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:]{2,39})$/,
          'not an IP address',
          'an IPv4 or IPv6 address is allowed',
          '10.0.0.7',
        ),
        z.strictObject({
          connectionCreationRate: connectionQuota.connectionCreationRate.optional(),
          deleted: deleted.optional(),
        }),
      )
      .optional()
      .describe('By IP address.'),
  })
  .describe('Quotas of clients and addresses, each per broker; those of principals stand with them.');

const acl = z
  .strictObject({
    topics: z.array(namePattern()).min(1).optional().describe('Names of topics; a trailing * makes a prefix.'),
    groups: z.array(namePattern()).min(1).optional().describe('Names of groups; a trailing * makes a prefix.'),
    transactionalIds: z
      .array(namePattern())
      .min(1)
      .optional()
      .describe('Transactional ids; a trailing * makes a prefix.'),
    cluster: z.literal(true).optional().describe('The cluster itself.'),
    operations: z.array(z.enum(DECLARED_ACL_OPERATIONS)).min(1).describe("Operations, in Kafka's words."),
    permission: z.enum(['allow', 'deny']).optional().describe('Default: allow. A deny wins over every allow.'),
    host: line('address', 255).optional().describe('Address that it holds for. Default: * (all).'),
  })
  .describe('ACLs beyond produce and consume: operations on topics, groups, transactional ids or the cluster.');

const patterns = (what: string) => z.array(namePattern()).min(1).describe(`${what}; a trailing * makes a prefix.`);

/** `orders`, `shop.*`, `*` */
export function namePattern(): z.ZodString {
  return form(
    /^(\*|[^*\n\r]{1,249}\*?)$/,
    'not a name or prefix',
    'a name, a prefix with * at its end, or * alone is allowed',
    'orders or shop.*',
  );
}

export const principal = z
  .strictObject({
    listener: listenerName()
      .optional()
      .describe('The listener that it connects to; its authentication decides how. Needed unless it is deleted.'),
    iamRole: form(
      /^[\w+=,.@-]{1,64}$|^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'not an IAM role',
      'the name of a role or its ARN is allowed',
      'checkout-prod',
    )
      .optional()
      .describe(
        'IAM role (name or ARN): on listeners with authentication iam it gets the policy; on EC2 it may read the password or certificate of the principal.',
      ),
    commonName: line('common name', 255)
      .optional()
      .describe('Common name of its certificate, on listeners with mtls. Default: the name of the principal.'),
    password: secretReference()
      .optional()
      .describe(
        'Its password, on listeners with scram-sha-512. Default: a secret named after the principal, key password.',
      ),
    produce: z
      .strictObject({
        topics: patterns('Topics that it writes'),
        transactionalIds: patterns('Transactional ids that it uses').optional(),
      })
      .optional()
      .describe('What it may write.'),
    consume: z
      .strictObject({
        topics: patterns('Topics that it reads'),
        groups: patterns('Consumer groups that it joins').optional(),
      })
      .optional()
      .describe('What it may read.'),
    rack: z
      .string()
      .min(1)
      .max(63)
      .optional()
      .describe('Where it runs (client.rack), so that it reads from the nearest replica.'),
    users: z
      .record(
        entryName('a user'),
        z.strictObject({
          password: secretReference()
            .optional()
            .describe('Its password. Default: a secret named after the user, key password.'),
          deleted: deleted.optional(),
        }),
      )
      .optional()
      .describe(
        'Its log-ins, on listeners with scram-sha-512: all have the same rights, so that clients can move from one to the next while passwords rotate. Default: one, named after the principal.',
      ),
    acls: z.array(acl).optional().describe('ACLs beyond produce and consume.'),
    quota: z.strictObject(clientQuota).optional().describe('Client quotas; each is per broker.'),
    deleted: deleted.optional(),
  })
  .describe('Who may do what: IAM policies on MSK with IAM, ACLs elsewhere.');

export const principals = z.record(entryName('a principal'), principal).describe('Clients by name.');

export const secret = z
  .strictObject({
    provider: z
      .enum(['aws-secrets-manager', 'kubernetes', 'file'])
      .optional()
      .describe(
        'Where the value is kept. Default: aws-secrets-manager on AWS, kubernetes on Kubernetes, file on hosts and local.',
      ),
    id: line('secret id').describe(
      'Name of the secret there: a secret name or ARN, a Secret of the namespace, or the path of a folder with one file a key.',
    ),
  })
  .describe('A secret by reference.');

export const secrets = z
  .record(entryName('a secret'), secret)
  .describe('Secrets by reference; values never stand here.');
