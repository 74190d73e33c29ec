import * as z from 'zod';
import { deleted } from './principal';
import { problemText } from './problem';
import { count, form, label, line, listenerName, options, secretReference, size } from './scalar';

const runtime = z
  .union(
    [
      z.enum(['msk-connect', 'workers']),
      z.strictObject({
        environment: line('name of an environment').describe('The environment whose workers run the connectors.'),
      }),
    ],
    {
      error: problemText({
        code: 'SPEC-VALUE',
        what: 'not a runtime',
        allowed: 'msk-connect, workers, or a map with the key environment is allowed',
        hint: 'Leave it out for workers on the target itself.',
      }),
    },
  )
  .describe(
    'Where connectors run: msk-connect, workers (on the target itself), or { environment: NAME } (workers there, brokers here).',
  );

export const connector = z
  .strictObject({
    plugin: label('a plugin').optional().describe('An entry of plugins. Default: a plugin that Kafka brings along.'),
    class: form(
      /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/,
      'not a Java class',
      'a name of letters, digits and underscores is allowed, with dots between packages',
      'io.debezium.connector.postgresql.PostgresConnector',
    )
      .optional()
      .describe('Class of the connector. Needed unless it is deleted.'),
    tasksMax: count(1, 10_000).optional().describe('Tasks at most. Default: 1.'),
    state: z.enum(['running', 'paused', 'stopped']).optional().describe('Wanted state. Default: running.'),
    principal: line('name of a principal')
      .optional()
      .describe('The principal whose rights its producers and consumers use.'),
    config: options().optional().describe('Options of the connector.'),
    secretConfig: z
      .record(z.string().min(1), secretReference())
      .optional()
      .describe('Options whose values are secrets.'),
    deleted: deleted.optional(),
  })
  .describe('A connector.');

export const connect = z
  .strictObject({
    runtime: runtime.optional(),
    replicas: count(1, 1000).optional().describe('Workers. Default: 2.'),
    memory: size().optional().describe('Memory of each worker. Default: 2GiB.'),
    listener: listenerName().optional().describe('The listener that the workers use. Default: the first one.'),
    iamRole: form(
      /^[\w+=,.@-]{1,64}$|^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'not an IAM role',
      'the name of a role or its ARN is allowed',
      'connect-prod',
    )
      .optional()
      .describe(
        'IAM role (name or ARN) of the workers, where they are pods and their listener has authentication iam.',
      ),
    config: options().optional().describe('Options of the workers.'),
    plugins: z
      .record(
        label('a plugin'),
        z.strictObject({
          maven: form(
            /^[\w.-]+:[\w.-]+:[\w.-]+$/,
            'not Maven coordinates',
            'group:artifact:version is allowed',
            'io.debezium:debezium-connector-postgres:3.6.0.Final',
          ).describe('Maven coordinates, group:artifact:version.'),
        }),
      )
      .optional()
      .describe('Connector plugins by name.'),
    connectors: z.record(label('a connector'), connector).optional().describe('Connectors by name.'),
  })
  .describe('Kafka Connect: data in and out of databases and other systems.');
