import * as z from 'zod';
import { applications } from './application';
import { connect } from './connect';
import { brokers, pods } from './brokers-elsewhere';
import { capacity, kafka, listeners, monitoring, nodePools, racks } from './kafka';
import { mirrors } from './mirror';
import { namePattern, principals, quotas, secrets } from './principal';
import { count, duration, form, label, line, optionValue, rate } from './scalar';
import { aws, TARGETS, targets } from './target';
import { topicDefaults, topics } from './topic';

const acknowledgement = z
  .strictObject({
    code: form(/^[A-Z0-9-]+$/, 'not the code of an issue', 'a code of RULES.md is allowed', 'LOCK-PARTITIONS').describe(
      'Code of the issue.',
    ),
    path: line('path').describe('Path of the issue.'),
    from: optionValue().describe('What holds today, as the issue shows it.'),
    to: optionValue().describe('What is wanted, as the issue shows it.'),
    reason: line('reason', 1000).describe('Why it is right; a ticket, for example.'),
  })
  .describe('Allows exactly one dangerous change; it expires by itself, since it matches nothing afterwards.');

const owns = z
  .strictObject({
    topics: z
      .array(namePattern())
      .optional()
      .describe('Topics by name, or by prefix with a trailing *. Default: those that it declares.'),
    principals: z
      .array(namePattern())
      .optional()
      .describe('Principals by name, or by prefix with a trailing *. Default: those that it declares.'),
  })
  .describe('What of the cluster belongs to this file; it declares nothing else, and what others own stays untouched.');

const reconcile = z
  .strictObject({
    quietBeforeDelete: duration()
      .optional()
      .describe(
        'How long nobody may have written to a topic, or read it with a group, before its tombstone takes effect. Default: 7d.',
      ),
    replicationThrottle: rate()
      .optional()
      .describe('Bytes per second and broker that moving replicas may take. Default: 50MiB/s.'),
    partitionsPerWave: count(1, 10_000)
      .optional()
      .describe('Partitions whose replicas move at the same time. Default: 50.'),
    spread: z
      .enum(['onNewBrokers', 'never'])
      .optional()
      .describe(
        'Whether replicas and leaders of the declared topics are spread over brokers that were added. Default: onNewBrokers on Standard brokers of Amazon MSK, never elsewhere.',
      ),
    unpinned: z
      .enum(['pin', 'report'])
      .optional()
      .describe(
        'What a plan does with options of topics whose right value is only the default of the brokers today: set them on the topic, or tell of them. Default: pin.',
      ),
    scramIterations: count(4096, 16_384).optional().describe('Iterations of SCRAM credentials. Default: 8192.'),
  })
  .describe('How changes are made on the running cluster.');

/** The sections that mean the same on every target and that a target may override. */
export const neutralSections = {
  kafka,
  nodePools,
  racks: racks.optional(),
  listeners,
  topicDefaults: topicDefaults.optional(),
  topics: topics.optional(),
  principals: principals.optional(),
  quotas: quotas.optional(),
  secrets: secrets.optional(),
  connect: connect.optional(),
  mirrors: mirrors.optional(),
  applications: applications.optional(),
  capacity: capacity.optional(),
  monitoring: monitoring.optional(),
};

export const environment = z
  .strictObject({
    $schema: z.string().optional().describe('Path of the schema, for editors.'),
    extends: line('path')
      .optional()
      .describe('A file that this one builds on: maps merge, lists and scalars replace, null removes.'),
    name: label('an environment').describe('Name of the environment; all derived ids come from it, so it is locked.'),
    description: line('description', 1000).optional().describe('What it is for.'),
    cluster: line('path')
      .optional()
      .describe(
        'The environment whose cluster this file adds topics and principals to; everything but those comes from there. Such a file says what it owns.',
      ),
    owner: label('an owner').optional().describe('Set by cluster: the name of the file that adds to the cluster.'),
    owns: owns.optional(),
    brokers: brokers.optional(),
    pods: pods.optional(),
    target: z.enum(TARGETS).describe('Where it goes.'),
    ...neutralSections,
    reconcile: reconcile.optional(),
    acknowledge: z.array(acknowledgement).optional().describe('Dangerous changes that are allowed, one by one.'),
    aws: aws.optional(),
    targets: targets.optional(),
  })
  .describe('An Apache Kafka environment.');

export type EnvironmentSpec = z.output<typeof environment>;
export type TopicSpec = NonNullable<EnvironmentSpec['topics']>[string];
export type TopicDefaultsSpec = NonNullable<EnvironmentSpec['topicDefaults']>;
export type PrincipalSpec = NonNullable<EnvironmentSpec['principals']>[string];
export type ApplicationSpec = NonNullable<EnvironmentSpec['applications']>[string];
export type MirrorSpec = NonNullable<EnvironmentSpec['mirrors']>[string];
export type AwsSpec = NonNullable<EnvironmentSpec['aws']>;
