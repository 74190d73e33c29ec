import * as z from 'zod';
import { connect, mirrors } from './connect';
import { capacity, kafka, listeners, monitoring, nodePools, racks } from './kafka';
import { principals, secrets } from './principal';
import { form, label, line, optionValue } from './scalar';
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

/** The sections that mean the same on every target and that a target may override. */
export const neutralSections = {
  kafka,
  nodePools,
  racks: racks.optional(),
  listeners,
  topicDefaults: topicDefaults.optional(),
  topics: topics.optional(),
  principals: principals.optional(),
  secrets: secrets.optional(),
  connect: connect.optional(),
  mirrors: mirrors.optional(),
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
    target: z.enum(TARGETS).describe('Where it goes.'),
    ...neutralSections,
    acknowledge: z.array(acknowledgement).optional().describe('Dangerous changes that are allowed, one by one.'),
    aws: aws.optional(),
    targets: targets.optional(),
  })
  .describe('An Apache Kafka environment.');

export type EnvironmentSpec = z.output<typeof environment>;
export type TopicSpec = NonNullable<EnvironmentSpec['topics']>[string];
export type TopicDefaultsSpec = NonNullable<EnvironmentSpec['topicDefaults']>;
export type PrincipalSpec = NonNullable<EnvironmentSpec['principals']>[string];
export type AwsSpec = NonNullable<EnvironmentSpec['aws']>;
