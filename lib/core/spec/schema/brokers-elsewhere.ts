import * as z from 'zod';
import { form, label, line, listenerName } from './scalar';
import { kubernetes, TARGETS } from './target';

const secretOrConfigMap = (what: string) =>
  form(
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    `not the name of a ${what}`,
    'lower-case letters, digits, dashes and dots are allowed',
    'prod-bootstrap',
  );

/** Of a file that runs pods for the brokers of another. */
export const brokers = z
  .strictObject({
    environment: line('path').describe('The environment of the brokers; all but where the pods run is said there.'),
    target: z.enum(TARGETS).optional().describe('The target that its brokers are on. Default: the one that it names.'),
    bootstrapServers: z
      .record(listenerName(), line('list of bootstrap servers', 4096))
      .optional()
      .describe(
        'Bootstrap servers by listener. Default: the brokers by name where the kit runs them, else what the ConfigMap says.',
      ),
    configMap: secretOrConfigMap('ConfigMap')
      .optional()
      .describe(
        'ConfigMap with a key for each listener whose bootstrap servers are known after a deployment only. Default: NAME-bootstrap, by the name of the cluster.',
      ),
    clientOf: label('an environment')
      .optional()
      .describe(
        'The environment whose network policies let these pods in, where its brokers run under another name than the environment has here: several groups of workers for one Kafka. Default: the name of the environment.',
      ),
    authority: secretOrConfigMap('Secret')
      .optional()
      .describe(
        'Secret whose ca.crt signs the certificates of the brokers. Default: NAME-authority; on Amazon MSK the authorities that Java trusts.',
      ),
  })
  .describe('This file has no brokers: it runs the workers, mirrors and stream applications of another environment.');

/** Never written by hand. */
export const pods = z
  .strictObject({
    environment: label('an environment').describe('The environment that is for these pods.'),
    kubernetes,
  })
  .describe('Set by brokers: where the pods run.');
