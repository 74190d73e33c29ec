import * as z from 'zod';
import { KAFKA_CONNECT_VERSIONS } from '../../msk-connect/limits';
import { count, form, label, line } from './scalar';

const version = z
  .enum(KAFKA_CONNECT_VERSIONS as [string, ...string[]])
  .describe('Version of Kafka Connect, as the service calls it. Default: 3.7.x.');

const capacity = z
  .strictObject({
    mcu: count(1, 1000)
      .optional()
      .describe('Units of each worker, one being a vCPU and 4 GiB: 1, 2, 4 or 8. Default: 1.'),
    workers: count(1, 1000).optional().describe('Workers of each connector, where they do not scale. Default: 1.'),
    minWorkers: count(1, 1000).optional().describe('Workers at least, where they scale. Default: 1.'),
    maxWorkers: count(1, 1000).optional().describe('Workers at most, up to 10; makes them scale.'),
    scaleInPercent: count(1, 1000).optional().describe('A worker is taken away below this share of CPU. Default: 20.'),
    scaleOutPercent: count(1, 1000).optional().describe('A worker is added above this share of CPU. Default: 80.'),
    maxTasks: count(1, 10_000)
      .optional()
      .describe('Tasks at most, where workers scale. Default: two for each unit of each worker.'),
  })
  .describe('How much a connector can do.');

const pluginFile = form(
  /\.(zip|jar)$/,
  'not the file of a plugin',
  'a path that ends in .zip or .jar is allowed',
  'vendor/plugin.zip',
);

export const mskConnect = z
  .strictObject({
    version: version.optional(),
    capacity: capacity.optional(),
    secretsProvider: z
      .strictObject({
        maven: form(
          /^[\w.-]+:[\w.-]+:[\w.-]+$/,
          'not Maven coordinates',
          'group:artifact:version is allowed',
          'com.example:config-providers:1.0.0',
        )
          .optional()
          .describe('Maven coordinates of the provider, in a repository that Maven is set up for.'),
        file: form(/\.jar$/, 'not a jar', 'a path that ends in .jar is allowed', 'vendor/msk-config-providers.jar')
          .optional()
          .describe('Or its jar, with everything that it needs.'),
        class: line('Java class')
          .optional()
          .describe('Its class. Default: the one of aws-samples/msk-config-providers.'),
        kmsKey: form(
          /^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
          'not a customer key',
          'the ARN of a key is allowed',
          'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555',
        )
          .optional()
          .describe('Customer key of the secrets. Default: they are under the key of AWS.'),
      })
      .optional()
      .describe('What looks up secretConfig on the workers; it is put into the plugins whose connectors have secrets.'),
    plugins: z
      .record(
        label('a plugin'),
        z.strictObject({
          file: pluginFile.optional().describe('A file of the project.'),
          s3: form(
            /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+\.(zip|jar)$/,
            'not a file in S3',
            's3://, a bucket and a key that ends in .zip or .jar are allowed',
            's3://packages/debezium.zip',
          )
            .optional()
            .describe('Or a file in S3.'),
          objectVersion: line('version of the object').optional().describe('Version of the object in S3.'),
        }),
      )
      .optional()
      .describe('Plugins of connect.plugins that are taken from elsewhere than from Maven.'),
    connectors: z
      .record(label('a connector'), z.strictObject({ version: version.optional(), capacity: capacity.optional() }))
      .optional()
      .describe('What differs for a connector of connect.connectors.'),
  })
  .describe('How MSK Connect runs the connectors, with connect.runtime: msk-connect.');
