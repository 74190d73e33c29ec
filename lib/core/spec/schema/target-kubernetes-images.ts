import * as z from 'zod';
import { image } from './image';
import { distinct, form, label } from './scalar';

/** A folder that another image brings into the pods of Kafka. */
const folder = (holds: string, place: string) =>
  z
    .strictObject({
      image: image().describe(`Image with ${holds}; by digest in production.`),
      path: form(
        /^(\/[\w-][\w.-]*)+$/,
        'not a folder of an image',
        'an absolute path is allowed',
        place.replace('PLUGIN', 'debezium-pg'),
      )
        .optional()
        .describe(`The folder in that image. Default: ${place}.`),
      delivery: z
        .enum(['init-container', 'image-volume'])
        .optional()
        .describe(
          'How it comes into the pod: init-container copies it when the pod starts, for which the image needs sh and cp; image-volume mounts the image itself (Kubernetes 1.35). Default: init-container.',
        ),
    })
    .describe(`An image with ${holds}.`);

export const kubernetesImages = z
  .strictObject({
    kafka: image().describe(
      'Image of brokers and workers: one that kdk images makes, or apache/kafka; by digest in production.',
    ),
    tools: image().optional().describe("Image of the kit's tools, which the Jobs run."),
    jmxExporter: folder('the JMX exporter, jmx_prometheus_javaagent.jar', '/opt/jmx-exporter')
      .optional()
      .describe('Where the JMX exporter comes from if the Kafka image lacks it, as apache/kafka does.'),
    plugins: z
      .record(label('a plugin'), folder('the jars of a plugin', '/opt/kafka/plugins/PLUGIN'))
      .optional()
      .describe('Where plugins of Connect come from, by their names. Default: the Kafka image has them.'),
    pullSecrets: distinct(
      z
        .array(
          form(
            /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
            'not the name of a Secret',
            'lower-case letters, digits, dashes and dots are allowed',
            'registry-login',
          ),
        )
        .min(1),
    )
      .optional()
      .describe('Secrets of the namespace with log-ins to private registries.'),
  })
  .describe('Container images.');
