import * as z from 'zod';
import { count, entryName, form, line, listenerName, rate, secretReference } from './scalar';

const patterns = (what: string) =>
  z
    .array(
      form(
        /^(\*|[^*\n\r]{1,249}\*?)$/,
        'not a name or prefix',
        'a name, a prefix with * at its end, or * alone is allowed',
        'orders or shop.*',
      ),
    )
    .min(1)
    .describe(`${what}; a trailing * makes a prefix.`);

export const principal = z
  .strictObject({
    listener: listenerName().describe('The listener that it connects to; its authentication decides how.'),
    iamRole: form(
      /^[\w+=,.@-]{1,64}$|^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'not an IAM role',
      'the name of a role or its ARN is allowed',
      'checkout-prod',
    )
      .optional()
      .describe('IAM role (name or ARN) that gets the policy, on listeners with authentication iam.'),
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
    quota: z
      .strictObject({
        producerByteRate: rate().optional().describe('Bytes written per second and broker.'),
        consumerByteRate: rate().optional().describe('Bytes read per second and broker.'),
        requestPercentage: z
          .number()
          .gt(0)
          .max(100_000)
          .optional()
          .describe("Share of a broker's request threads, in percent of one thread."),
        controllerMutationRate: count(1, 1_000_000).optional().describe('Partitions created or deleted per second.'),
      })
      .optional()
      .describe('Client quotas; each is per broker.'),
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
