import * as z from 'zod';
import { deliveryGuarantee } from './application';
import { deleted } from './principal';
import { count, cpu, distinct, duration, entryName, form, label, line, listenerName, options, size } from './scalar';

const roleArn = (): z.ZodString =>
  form(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    'not the ARN of a role',
    'arn:aws:iam::ACCOUNT:role/NAME is allowed',
    'arn:aws:iam::111122223333:role/mirror',
  );

export const mirror = z
  .strictObject({
    source: z
      .strictObject({
        environment: line('name of an environment').optional().describe('The environment that is copied from.'),
        bootstrapServers: line('list of bootstrap servers', 4096)
          .optional()
          .describe('Or the bootstrap servers of a cluster that the kit does not know; not on Amazon MSK.'),
        principal: entryName('a principal')
          .optional()
          .describe('Who reads there: a principal of that environment. Its listener is the one that is used.'),
        listener: listenerName()
          .optional()
          .describe('Listener of that environment, where it asks nobody. Default: the first one.'),
        authentication: z
          .enum(['none', 'scram-sha-512', 'mtls', 'oauthbearer', 'iam'])
          .optional()
          .describe('How bootstrapServers ask who it is. Needed with bootstrapServers alone.'),
        encryption: z.enum(['tls', 'none']).optional().describe('How bootstrapServers are reached. Default: tls.'),
        username: line('user', 255)
          .optional()
          .describe('Who reads there, on bootstrapServers with scram-sha-512 or oauthbearer.'),
        iamRole: roleArn()
          .optional()
          .describe('Role that the workers take on there, on bootstrapServers with iam. Default: their own.'),
        secret: line('name of an entry of secrets')
          .optional()
          .describe(
            'An entry of secrets with its credentials: password; tls.crt and tls.key; ca.crt. Default: a Secret ENV-mirror-NAME.',
          ),
        authority: z
          .enum(['secret', 'public'])
          .optional()
          .describe(
            'Who signs the brokers there: the authority in the secret (ca.crt), or one that Java knows. Default: public for services, else secret.',
          ),
        rack: z.string().min(1).max(63).optional().describe('client.rack there, to read from the nearest replica.'),
      })
      .describe('Where records come from.'),
    topics: distinct(z.array(z.string().min(1)).min(1)).describe(
      'Topics that are copied; a trailing * makes a prefix.',
    ),
    groups: distinct(z.array(z.string().min(1)))
      .optional()
      .describe('Consumer groups whose offsets are translated. Default: all.'),
    topicNaming: z
      .enum(['prefixed', 'identical'])
      .optional()
      .describe('prefixed: SOURCE.topic; identical: the same name. Default: prefixed.'),
    tasksMax: count(1, 10_000).optional().describe('Tasks at most; MSK Replicator has none. Default: 1.'),
    deliveryGuarantee: deliveryGuarantee
      .optional()
      .describe('On workers: exactly-once, by transactions; at-least-once is faster. Default: exactly-once.'),
    maxTimeLag: duration()
      .optional()
      .describe('How old records may be when they are here; later than that is an alert. Default: 15m.'),
    config: options()
      .optional()
      .describe('On workers: options of the connector that copies records, by their names in MirrorMaker.'),
    state: z
      .enum(['running', 'stopped'])
      .optional()
      .describe(
        'On workers: stopped keeps the place that it came to, for the time when clients move here. Default: running.',
      ),
    deleted: deleted.optional().describe('On workers: its connectors are to be deleted; topics that were copied stay.'),
  })
  .describe('A flow of records from another cluster into this one; it belongs to the file of the side that receives.');

export const mirrors = z.record(label('a mirror'), mirror).describe('Mirrors by name.');

/** The workers of all mirrors of an environment. */
export const mirrorMaker = z
  .strictObject({
    replicas: count(1, 1000).optional().describe('Workers. Default: 2.'),
    memory: size().optional().describe('Memory of each worker. Default: 2GiB.'),
    cpu: cpu().optional().describe('CPU that each worker asks for; there is no limit. Default: 500m.'),
    listener: listenerName().optional().describe('The listener that the workers write to. Default: the first one.'),
    iamRole: roleArn()
      .optional()
      .describe(
        'ARN of the role of the workers, for sources with authentication iam. Default: what EKS Pod Identity associates with their service account.',
      ),
    config: options().optional().describe('Options of the workers.'),
  })
  .describe('The workers that run MirrorMaker for the mirrors of the environment.');
