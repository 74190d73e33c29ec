import * as z from 'zod';
import {
  count,
  distinct,
  duration,
  form,
  kafkaVersion,
  label,
  listenerName,
  options,
  port,
  rate,
  size,
} from './scalar';

export const kafka = z
  .strictObject({
    version: kafkaVersion().describe(
      'Apache Kafka version, quoted: "4.1" (the newest 4.1.x known to the kit) or "4.1.1".',
    ),
    config: options()
      .optional()
      .describe(
        'Broker options for every node, by their Kafka names. Checked against the option catalogue of the version.',
      ),
    clusterId: form(
      /^[A-Za-z0-9_][A-Za-z0-9_-]{20}[AQgw]$/,
      'not a cluster id',
      'the 22 characters of URL-safe base64 that Kafka shows are allowed',
      'MkU3OEVBNTcwNTJENDM2Qg',
    )
      .optional()
      .describe(
        'Pins the cluster id (22 characters of URL-safe base64), to adopt a running cluster. Default: derived from name and target.',
      ),
  })
  .describe('The Kafka version and the options of its brokers.');

export const nodePool = z
  .strictObject({
    roles: distinct(
      z
        .array(z.enum(['broker', 'controller']))
        .min(1)
        .max(2),
    ).describe('What its nodes do: [broker], [controller], or both (combined; not for critical environments).'),
    replicas: count(1, 1000).describe('Number of nodes.'),
    volumes: z
      .array(z.strictObject({ size: size().describe('Size of the volume, for example 1TiB.') }))
      .min(1)
      .max(32)
      .optional()
      .describe(
        'The data volumes of each node; several make a JBOD. Default: one directory of unstated size (local and hosts).',
      ),
    nodeIds: z
      .strictObject({ start: count(0, 1_000_000).describe('node.id of the first node.') })
      .optional()
      .describe(
        'Where the node ids begin. Default: 0 for the first pool, 100 for the second, and so on, controllers first.',
      ),
    heap: size().optional().describe('Java heap of each node. Default: by the target.'),
    memory: size()
      .optional()
      .describe('Memory of each node, heap and page cache; on Kubernetes request and limit. Default: by the target.'),
    config: options().optional().describe('Broker options for the nodes of this pool only.'),
  })
  .describe('Nodes that share roles, size and storage.');

export const nodePools = z.record(label('a node pool'), nodePool).describe('The nodes of the cluster, by pool.');

export const racks = distinct(
  z
    .array(
      form(
        /^[A-Za-z0-9._-]{1,63}$/,
        'not a name for a rack',
        'letters, digits, dots, dashes and underscores are allowed, at most 63',
        'eu-west-1a',
      ),
    )
    .min(1)
    .max(64),
).describe(
  'Failure domains (broker.rack); on AWS the names of availability zones. Nodes are spread over them in turn.',
);

export const authentication = z.enum(['none', 'iam', 'scram-sha-512', 'mtls', 'oauthbearer']);

export const listener = z
  .strictObject({
    authentication: authentication.describe('How clients prove who they are. One listener has one authentication.'),
    encryption: z
      .enum(['tls', 'none'])
      .optional()
      .describe('Encryption in transit. Default: tls on every target but local, where traffic stays on this machine.'),
    port: port().optional().describe('Port on each broker. Default: by the target.'),
    access: z
      .literal('unrestricted')
      .optional()
      .describe(
        'Clients of a listener without authentication go on to do everything, for the time of a migration to one that asks who they are. Default: beside such a listener they have no rights.',
      ),
  })
  .describe('A listener serves one audience with one authentication.');

export const listeners = z
  .record(listenerName(), listener)
  .describe(
    'Client listeners by name. Replication and the controller quorum have listeners of their own, made by the kit.',
  );

export const capacity = z
  .strictObject({
    survive: z
      .enum(['nothing', 'node', 'rack'])
      .optional()
      .describe(
        'What may be lost while the declared load is still carried. Default: rack with two racks or more, else node.',
      ),
    maxDiskUtilization: z.number().gt(0).max(1).optional().describe('Share of a volume that may fill. Default: 0.7.'),
    maxNetworkUtilization: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe("Share of a node's network that may be used. Default: 0.8."),
    network: rate()
      .optional()
      .describe('Network bandwidth of each node in each direction. Default: by instance type, else unchecked.'),
  })
  .describe('What the cluster must carry, checked against the load that topics declare.');

export const lagPromise = z.strictObject({
  maxTimeLag: duration().optional().describe('How far behind in time the group may fall.'),
  maxOffsetLag: count(1, Number.MAX_SAFE_INTEGER).optional().describe('How many records behind the group may fall.'),
});

export const monitoring = z
  .strictObject({
    notify: z
      .strictObject({
        critical: z
          .string()
          .min(1)
          .optional()
          .describe(
            'Where critical alarms go; on AWS the ARN of an SNS topic, create for a new one, or mailto: and an address.',
          ),
        warning: z.string().min(1).optional().describe('Where warnings go.'),
      })
      .optional()
      .describe('Who is told.'),
    lag: z
      .record(z.string().min(1).max(249), lagPromise)
      .optional()
      .describe('What consumer groups promise, by group id.'),
    metrics: z
      .boolean()
      .optional()
      .describe('Run the JMX exporter beside each node. Default: true, but false on local.'),
    metricsPort: port().optional().describe('Port of the JMX exporter on each node. Default: 9404.'),
  })
  .describe('Metrics, alarms and who is told.');
