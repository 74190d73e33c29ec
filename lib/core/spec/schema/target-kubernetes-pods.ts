import * as z from 'zod';
import { duration, form, label } from './scalar';

const cpu = (): z.ZodString =>
  form(
    /^([1-9]\d{0,3}|[1-9]\d{0,5}m)$/,
    'not an amount of CPU',
    'whole cores or thousandths with m are allowed',
    '"2"',
  );

/** A key of a label, annotation or taint: a name, after the name of a domain and a slash if need be. */
const key = (): z.ZodString =>
  form(
    /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    'not a key of Kubernetes',
    'at most 63 letters, digits, dashes, dots and underscores are allowed, after a domain and a slash if need be',
    'example.com/team',
  );

const value = (): z.ZodString =>
  form(
    /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
    'not the value of a label',
    'at most 63 letters, digits, dashes, dots and underscores are allowed',
    '"platform"',
  );

const toleration = z
  .strictObject({
    key: key().optional().describe('Key of the taint. Default: every taint.'),
    value: value().optional().describe('Value of the taint. Default: any.'),
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
        request: cpu().optional().describe('CPU that is kept free for each pod. Default: none.'),
        limit: cpu()
          .optional()
          .describe('CPU that a pod never gets more of; it is held back in the middle of a request. Default: none.'),
      })
      .optional()
      .describe('CPU of each pod.'),
    priorityClass: label('a priority class')
      .optional()
      .describe('PriorityClass, so that other pods make room. Default: none.'),
    nodeSelector: z
      .record(key(), value())
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
    annotations: z.record(key(), z.string().max(10_000)).optional().describe('Annotations of the pods. Default: none.'),
    labels: z.record(key(), value()).optional().describe('Labels of the pods, beside those of the kit. Default: none.'),
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
