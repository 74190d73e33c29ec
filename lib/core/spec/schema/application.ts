import * as z from 'zod';
import { image } from './image';
import { portName } from './kubernetes-name';
import { namePattern } from './principal';
import {
  count,
  distinct,
  duration,
  entryName,
  label,
  line,
  listenerName,
  options,
  port,
  secretReference,
  size,
} from './scalar';

/** `exactly-once` or `at-least-once`. */
export const deliveryGuarantee = z.enum(['exactly-once', 'at-least-once']);

const topics = (what: string) =>
  distinct(z.array(namePattern()).min(1)).describe(`${what}; a trailing * makes a prefix.`);

const probe = z
  .strictObject({
    path: line('path', 2048).optional().describe('Path that is asked for by HTTP; with port.'),
    port: port().optional().describe('Port that is asked; without path, that it can be connected to.'),
    command: z.array(z.string().min(1)).min(1).optional().describe('Or a command that ends with status 0.'),
    period: duration().optional().describe('How often. Default: 10s.'),
    failures: count(1, 100_000).optional().describe('Failures in a row that count. Default: 3.'),
  })
  .describe('How an application is asked for its health: a path, a port, or a command.');

const consume = z
  .strictObject({
    topics: topics('Topics that it reads'),
    group: line('group id', 255).describe('Its consumer group (group.id).'),
    config: options().optional().describe('Options of its consumers, by their Kafka names.'),
  })
  .describe('What it reads, as a member of a consumer group.');

const produce = z
  .strictObject({
    topics: topics('Topics that it writes'),
    transactionalIdPrefix: line('transactional id', 255)
      .optional()
      .describe('What its transactional ids begin with; needed for exactly-once. The name of the pod follows.'),
    config: options().optional().describe('Options of its producers, by their Kafka names.'),
  })
  .describe('What it writes.');

const streams = z
  .strictObject({
    applicationId: line('application.id', 200).describe(
      'application.id: its consumer group, and what its internal topics and transactional ids begin with.',
    ),
    consume: topics('Topics that it reads'),
    produce: topics('Topics that it writes').optional(),
    state: z
      .strictObject({
        size: size().describe('Size of the volume of each pod.'),
        standbyReplicas: count(0, 10)
          .optional()
          .describe('Copies of each store on other pods, which take over without reading it again. Default: 1.'),
      })
      .optional()
      .describe('Stores on a volume that stays with its pod. Default: none, stores are read again from their topics.'),
    threads: count(1, 1000).optional().describe('Threads of each pod. Default: 1.'),
    config: options().optional().describe('Options of Kafka Streams, by their Kafka names.'),
  })
  .describe('It is a Kafka Streams application.');

const autoscaling = z
  .strictObject({
    minReplicas: count(0, 10_000).optional().describe('Pods at least; 0 only with KEDA and lag. Default: 2.'),
    maxReplicas: count(1, 10_000).describe('Pods at most: no more than its largest topic has partitions.'),
    lag: count(1, 1_000_000_000)
      .optional()
      .describe('Records that its group may be behind for each pod; more add pods. Needs consume or streams.'),
    cpu: z
      .number()
      .gt(0)
      .max(10)
      .optional()
      .describe('Processor time that pods use, as a share of what they ask for, such as 0.7; more add pods.'),
    cooldown: duration().optional().describe('How long it is calm before pods are taken away. Default: 5m.'),
  })
  .describe('Between how many pods it is scaled, and by what: lag, cpu, or the greater need of both.');

export const application = z
  .strictObject({
    image: image().describe('Its image; by digest, so that what was tested is what runs.'),
    principal: entryName('a principal')
      .optional()
      .describe(
        'The principal that it logs in as, whose rights and quotas it has. Needed unless its listener asks nobody.',
      ),
    listener: listenerName()
      .optional()
      .describe('The listener that it uses where it has no principal. Default: the first one.'),
    command: z.array(z.string()).min(1).optional().describe('In place of the entrypoint of the image.'),
    args: z.array(z.string()).min(1).optional().describe('Arguments of the entrypoint.'),
    env: z
      .record(line('environment variable', 255), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Environment variables.'),
    secretEnv: z
      .record(line('environment variable', 255), secretReference())
      .optional()
      .describe('Environment variables whose values are secrets.'),
    user: count(1, 2_147_483_647).optional().describe('Number of the user that runs it. Default: 1000.'),
    consume: consume.optional(),
    produce: produce.optional(),
    streams: streams.optional(),
    deliveryGuarantee: deliveryGuarantee
      .optional()
      .describe('exactly-once: transactions, and only what was committed is read. Default: at-least-once.'),
    replicas: count(0, 10_000).optional().describe('Pods, where nothing scales it. Default: 2.'),
    autoscaling: autoscaling.optional(),
    memory: size().optional().describe('Memory of each pod, request and limit. Default: 1GiB.'),
    cpu: z
      .number()
      .gt(0)
      .max(1000)
      .optional()
      .describe('Processors that each pod asks for, such as 0.5. Default: 0.25.'),
    ports: z.record(portName(), port()).optional().describe('Ports that it serves, by name.'),
    probes: z
      .strictObject({
        startup: probe.optional().describe('Until it succeeds the others wait.'),
        readiness: probe.optional().describe('Whether a rollout may go on.'),
        liveness: probe.optional().describe('Whether it is started again.'),
      })
      .optional()
      .describe('How its health is asked for. Default: it is ready when it runs.'),
    stopTimeout: duration()
      .optional()
      .describe(
        'How long it may take to end: to finish its work, commit and leave its group. Default: 60s, or a third more than the session if that is longer.',
      ),
  })
  .describe("A user's own producer, consumer or Kafka Streams application.");

/** How applications are scaled on a Kubernetes cluster. */
export const autoscaler = z
  .strictObject({
    by: z
      .enum(['keda', 'horizontal-pod-autoscaler'])
      .optional()
      .describe(
        'keda: KEDA, which must be there and asks brokers for the lag itself; horizontal-pod-autoscaler: Kubernetes alone, lag by an external metric. Default: horizontal-pod-autoscaler.',
      ),
    lagMetric: line('name of a metric', 253)
      .optional()
      .describe('External metric of the lag of a group. Default: kafka_consumergroup_lag.'),
    groupLabel: line('label of a metric', 63)
      .optional()
      .describe('Its label that holds the group. Default: consumergroup.'),
  })
  .describe('What scales applications on this Kubernetes cluster.');

export const applications = z.record(label('an application'), application).describe('Applications by name.');
