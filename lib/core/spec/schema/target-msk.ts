import * as z from 'zod';
import { override } from './override';
import { mskConnect } from './target-msk-connect';
import { mskReplicator } from './target-msk-replicator';
import { count, duration, form, line, rate, size } from './scalar';

const logs = z.strictObject({
  cloudWatch: z
    .strictObject({
      retention: duration().optional().describe('How long events are kept, in days that CloudWatch has. Default: 30d.'),
    })
    .optional()
    .describe('A log group of the stack.'),
  s3: z
    .strictObject({
      bucket: line('name of a bucket').describe('Name of a bucket that is there already.'),
      prefix: line('prefix of objects').optional().describe('Prefix of the objects. Default: none.'),
    })
    .optional()
    .describe('A bucket.'),
  firehose: z
    .strictObject({
      deliveryStream: line('name of a delivery stream').describe('Name of a delivery stream that is there already.'),
    })
    .optional()
    .describe('A delivery stream of Amazon Data Firehose.'),
});

/** A word that somebody will look for: it is known, so that a rule can say why it is refused and what to do. */
const refusedForNow = (what: string) => z.unknown().optional().describe(`${what} Refused for now: see RULES.md.`);

export const msk = z
  .strictObject({
    brokerType: z.enum(['standard', 'express']).optional().describe('Default: standard.'),
    instanceType: form(
      /^(kafka|express)\.[a-z0-9]+\.[a-z0-9]+$/,
      'not an instance type of MSK',
      'kafka. or express. and an EC2 instance type are allowed',
      'kafka.m7g.large',
    )
      .optional()
      .describe('Broker size, for example kafka.m7g.large. Default: kafka.m7g.large.'),
    storageAutoscaling: z
      .strictObject({
        max: size().describe('Volumes grow up to this size.'),
        targetUtilization: z
          .number()
          .min(0.1)
          .max(0.8)
          .optional()
          .describe('Grow when this share is used. Default: 0.6.'),
      })
      .optional()
      .describe('Volumes that grow by themselves; they never shrink.'),
    provisionedThroughput: rate()
      .optional()
      .describe('Throughput of each volume, from 250MiB/s to the ceiling of the size. Default: that of the volume.'),
    storageMode: z
      .enum(['local', 'tiered'])
      .optional()
      .describe('tiered: closed segments of topics with remote.storage.enable move to cheap storage. Default: local.'),
    rebalancing: z
      .enum(['ACTIVE', 'PAUSED'])
      .optional()
      .describe(
        'Express brokers spread partitions by themselves; while ACTIVE nobody else may. Default: that of the service, ACTIVE.',
      ),
    brokerLogs: logs.optional().describe('Where logs of the brokers go. Default: a log group, 30 days.'),
    authorizerLogs: logs
      .optional()
      .describe('Where decisions of the authorizer go; {} for nowhere. Default: a log group, 30 days.'),
    exporters: z
      .array(z.enum(['jmx', 'node']))
      .optional()
      .describe('Prometheus exporters on the brokers. Default: both, unless metrics are switched off.'),
    monitoringLevel: z
      .enum(['DEFAULT', 'PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'])
      .optional()
      .describe('CloudWatch metrics. Default: PER_BROKER.'),
    topicsManagedBy: z
      .enum(['cloudformation', 'reconciler'])
      .optional()
      .describe('Who owns the topics. Default: cloudformation.'),
    certificateAuthorities: z
      .array(
        form(
          /^arn:aws[\w-]*:acm-pca:[\w-]+:\d{12}:certificate-authority\/[\w-]+$/,
          'not an authority of AWS Private CA',
          'the ARN of an authority of AWS Private CA is allowed',
          'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555',
        ),
      )
      .min(1)
      .max(10)
      .optional()
      .describe('Authorities that vouch for client certificates; needed where a listener has mtls.'),
    passwordRotation: form(
      /^([1-9]\d{0,2}|1000)d$/,
      'not a period after which passwords change',
      'whole days from 1d to 1000d are allowed',
      '90d',
    )
      .optional()
      .describe(
        'How often the passwords of users whose secrets the kit makes change; Amazon MSK learns of a new one within ten minutes. Default: never.',
      ),
    multiVpc: z
      .array(z.enum(['iam', 'scram-sha-512', 'mtls']))
      .max(3)
      .optional()
      .describe(
        'Authentications that clients in other VPCs may use through connections that the service manages; an empty list switches them off. Default: left as it is.',
      ),
    topicStacks: count(1, 50)
      .optional()
      .describe(
        'Nested stacks that the topics are spread over by their names, for more than 350 topics; never changes. Default: none.',
      ),
    connect: mskConnect.optional(),
    replicator: mskReplicator.optional(),
    sharedWith: z
      .array(form(/^\d{12}$/, 'not an account id', '12 digits in quotes are allowed', '"444455556666"'))
      .min(1)
      .max(50)
      .optional()
      .describe(
        'Other accounts that may connect their VPCs to the cluster. What they may read and write is in principals.',
      ),
    publicAccess: refusedForNow('Brokers that the internet reaches.'),
    networkType: refusedForNow('IPv6 beside IPv4.'),
    customDns: refusedForNow('Names of your own for brokers.'),
    override,
  })
  .describe('Amazon MSK provisioned.');

export const mskServerless = z
  .strictObject({ connect: mskConnect.optional(), replicator: mskReplicator.optional(), override })
  .describe('Amazon MSK Serverless.');
