import * as z from 'zod';
import { form, label, line } from './scalar';

/** What only `kdk render --backend strimzi` reads. */
export const strimzi = z
  .strictObject({
    version: form(/^\d+\.\d+$/, 'not a version of Strimzi', 'a quoted text such as "1.2" is allowed', '"1.2"')
      .optional()
      .describe('Version of the operator, quoted. Default: the newest known to the kit that runs the Kafka version.'),
    kafkaImage: line('image')
      .optional()
      .describe("Image of the brokers, made from Strimzi's own. Default: the operator's."),
    connectImage: line('image')
      .optional()
      .describe("Image of the workers, made from Strimzi's own, with the plugins in it. Default: the operator's."),
    connectBuild: z
      .strictObject({
        image: line('image').describe('Where the operator pushes the image that it builds with the plugins.'),
        pushSecret: label('a Secret').optional().describe('Secret with the credentials of the registry.'),
      })
      .optional()
      .describe('Plugins from Maven are built into an image by the operator.'),
  })
  .describe('The same environment as resources of Strimzi: kdk render --backend strimzi.');
