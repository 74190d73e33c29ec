import * as z from 'zod';
import { labelValue, metadataKey, objectName } from './kubernetes-name';
import { cpu, duration, label } from './scalar';

const toleration = z
  .strictObject({
    key: metadataKey().optional().describe('Key of the taint. Default: every taint.'),
    value: labelValue().optional().describe('Value of the taint. Default: any.'),
    effect: z
      .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
      .optional()
      .describe('Effect of the taint. Default: any.'),
  })
  .describe('A taint of machines that the pods do not mind.');

/** Pods of the nodes of one pool: where they run, what they get, and what else stands on them. */
const poolPods = z
  .strictObject({
    cpu: z
      .strictObject({
        request: cpu()
          .optional()
          .describe('CPU that is kept free for each pod. Default: a core for each 8 GiB of memory, 100m at least.'),
        limit: cpu()
          .optional()
          .describe('CPU that a pod never gets more of; it is held back in the middle of a request. Default: none.'),
      })
      .optional()
      .describe('CPU of each pod.'),
    priorityClass: objectName('a priority class', 'kafka')
      .optional()
      .describe('PriorityClass, so that other pods make room. Default: none.'),
    nodeSelector: z
      .record(metadataKey(), labelValue())
      .optional()
      .describe('Labels of the machines that the pods run on. Default: any machine.'),
    tolerations: z
      .array(toleration)
      .optional()
      .describe('Taints of machines that the pods do not mind. Default: none.'),
    evictAfter: duration()
      .optional()
      .describe(
        'How long a machine may be unreachable before its pods are told to end. Default: 5m, which is that of Kubernetes.',
      ),
    hosts: z
      .enum(['spread', 'one-each', 'preferred'])
      .optional()
      .describe(
        'How nodes of the same role are put on machines: as evenly as they allow, never two on one, or as evenly as suits others. Default: spread.',
      ),
    zones: z
      .enum(['spread', 'preferred'])
      .optional()
      .describe('The same for zones, where pods bring the rack. Default: spread.'),
    annotations: z
      .record(metadataKey(), z.string().max(10_000))
      .optional()
      .describe('Annotations of the pods. Default: none.'),
    labels: z
      .record(metadataKey(), labelValue())
      .optional()
      .describe('Labels of the pods, beside those of the kit. Default: none.'),
    readyFor: duration()
      .optional()
      .describe(
        'How long a pod has been ready before a rollout goes on. Default: 35s, longer than names are cached; 2m without metrics.',
      ),
  })
  .describe('Pods of the nodes of one pool.');

export const kubernetesPods = z
  .record(label('a node pool'), poolPods)
  .describe('Pods by node pool: where they run and what they get.');

export type PoolPodsSpec = z.output<typeof poolPods>;
