import {
  iamRoleArn,
  type ConnectorModel,
  type EnvironmentModel,
  type MirrorModel,
  type MirrorSourceModel,
} from '../model';
import { clientSecurity, type ClientFiles } from './client-security';
import { connectListener, connectPrincipal } from './connect-worker';
import type { PropertyEntry } from './properties';
import { bootstrapPlaceholder, mirrorFolder, sourceFiles, sourceServers, workerFiles } from './worker-files';

const PACKAGE = 'org.apache.kafka.connect.mirror';
const KINDS = ['source', 'checkpoint', 'heartbeat'] as const;
const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';
/** Topics of Kafka's own, of workers and of mirrors: to copy them would mix up two clusters. Beyond what MirrorMaker leaves out itself. */
const EXCLUDED = [
  'mm2.*\\.internal',
  '.*\\.internal',
  '.*-internal',
  '__.*',
  '.*-(connect|mirror)-(configs|offsets|status)',
];
const EXCLUDED_GROUPS = ['console-consumer-.*', 'connect-.*', '__.*'];
/**
 * The link to the source may be long. -1 leaves the receive buffer to the system, which makes it as large as the way is long; Kafka's own
 * 64 KiB would hold 100 ms of way at 640 KiB/s. Fetches are large, so that one round trip carries many records.
 */
const LONG_LINK: readonly PropertyEntry[] = [
  ['receive.buffer.bytes', '-1'],
  ['fetch.min.bytes', '65536'],
  ['fetch.max.wait.ms', '500'],
  ['max.partition.fetch.bytes', '4194304'],
  ['max.poll.records', '2000'],
];

/** The model of the workers that run the mirrors: as that of Connect, whose place they take in it. */
export function mirrorWorkers(model: EnvironmentModel): EnvironmentModel | undefined {
  const { mirrorMaker } = model;
  if (mirrorMaker === undefined) return undefined;
  const { workers, listener, iamRole, config, mirrors } = mirrorMaker;
  const runtime = model.spec.connect?.runtime;
  const own: EnvironmentModel = {
    ...model,
    connect: workers,
    spec: {
      ...model.spec,
      connect: {
        config: { ...config },
        ...(typeof runtime === 'object' ? { runtime } : {}),
        ...(listener === undefined ? {} : { listener }),
        ...(iamRole === undefined ? {} : { iamRole }),
      },
      targets: workersTargets(model),
    },
  };
  return {
    ...own,
    connect: {
      ...workers,
      connectors: mirrors.filter(({ deleted }) => deleted === undefined).flatMap((mirror) => connectorsOf(own, mirror)),
      deletedConnectors: mirrors.flatMap(({ name, deleted }) =>
        deleted === undefined ? [] : KINDS.map((kind) => ({ name: `${name}-${kind}`, reason: deleted })),
      ),
    },
  };
}

/** What is said of the workers of Connect is not about these, but for when tasks are restarted. */
function workersTargets({ spec }: EnvironmentModel): EnvironmentModel['spec']['targets'] {
  const { kubernetes, ...others } = spec.targets ?? {};
  if (kubernetes === undefined) return others;
  const { connect, ...settings } = kubernetes;
  const restart = connect?.restart;
  const cpu = settings.mirrorMaker?.cpu;
  const own = { ...(cpu === undefined ? {} : { cpu }), ...(restart === undefined ? {} : { restart }) };
  return { ...others, kubernetes: { ...settings, connect: own } };
}

/** The topics that MirrorMaker keeps here about a source: which offset there is which here, and where groups are. */
export function mirrorTopics({ alias }: MirrorModel): readonly string[] {
  return [`mm2-offset-syncs.${alias}.internal`, `${alias}.checkpoints.internal`];
}

/** The mirror that a connector of its workers belongs to. */
export function mirrorOf(connector: string): string {
  return connector.slice(0, connector.lastIndexOf('-'));
}

/** Heartbeats that mirrors of this cluster are told by. */
export const HEARTBEATS = 'heartbeats';

function connectorsOf(model: EnvironmentModel, mirror: MirrorModel): ConnectorModel[] {
  const common = commonEntries(model, mirror);
  const connector = (
    kind: (typeof KINDS)[number],
    className: string,
    tasksMax: number,
    entries: readonly PropertyEntry[],
  ) => ({
    name: `${mirror.name}-${kind}`,
    className: `${PACKAGE}.${className}`,
    tasksMax,
    state: mirror.state,
    config: Object.fromEntries([...common, ...entries]),
    secretConfig: {},
  });
  return [
    connector('source', 'MirrorSourceConnector', mirror.tasksMax, [
      ...sourceEntries(model, mirror),
      ...Object.entries(mirror.config),
    ]),
    connector('checkpoint', 'MirrorCheckpointConnector', 1, checkpointEntries(model, mirror)),
    connector('heartbeat', 'MirrorHeartbeatConnector', 1, [
      ['heartbeats.topic.replication.factor', replication(model)],
    ]),
  ];
}

/** Who the two clusters are, and how they are reached. */
function commonEntries(model: EnvironmentModel, mirror: MirrorModel): PropertyEntry[] {
  const { alias, identicalNames } = mirror;
  const listener = connectListener(model);
  const username = connectPrincipal(model);
  const target = clientSecurity(
    model,
    listener,
    { username, secret: { secret: username, key: 'password' } },
    workerFiles(model),
  );
  return [
    ['source.cluster.alias', alias],
    ['target.cluster.alias', model.name],
    ['source.cluster.bootstrap.servers', sourceServers(mirror)],
    ...prefixed('source.cluster.', sourceSecurity(model, mirror)),
    ['target.cluster.bootstrap.servers', bootstrapPlaceholder(model, listener)],
    ...prefixed('target.cluster.', target),
    ['replication.policy.class', `${PACKAGE}.${identicalNames ? 'Identity' : 'Default'}ReplicationPolicy`],
    ['key.converter', BYTES],
    ['value.converter', BYTES],
    // What is kept about the flow is kept here: there it needs rights to read only.
    ['offset-syncs.topic.location', 'target'],
    ['offset-syncs.topic.replication.factor', replication(model)],
  ];
}

function sourceEntries(model: EnvironmentModel, mirror: MirrorModel): PropertyEntry[] {
  const { topics, exactlyOnce, source } = mirror;
  return [
    ['topics', topics.map(regex).join(',')],
    ['topics.exclude', EXCLUDED.join(',')],
    ['replication.factor', replication(model)],
    ['refresh.topics.interval.seconds', '60'],
    ['sync.topic.configs.enabled', 'true'],
    ['sync.topic.acls.enabled', 'false'],
    ['exactly.once.support', exactlyOnce ? 'required' : 'requested'],
    ...prefixed('source.consumer.', [
      // By this option MirrorMaker tells Connect whether it can do exactly-once.
      ['isolation.level', exactlyOnce ? 'read_committed' : 'read_uncommitted'],
      ...LONG_LINK,
      ...(source.rack === undefined ? [] : [['client.rack', source.rack] as const]),
    ]),
    ['producer.override.compression.type', 'zstd'],
    ['producer.override.batch.size', '262144'],
    ['producer.override.linger.ms', '50'],
    ['producer.override.max.request.size', '4194304'],
  ];
}

function checkpointEntries(model: EnvironmentModel, { topics, groups }: MirrorModel): PropertyEntry[] {
  return [
    ['topics', topics.map(regex).join(',')],
    ['topics.exclude', EXCLUDED.join(',')],
    ['groups', groups.map(regex).join(',')],
    ['groups.exclude', EXCLUDED_GROUPS.join(',')],
    ['checkpoints.topic.replication.factor', replication(model)],
    ['emit.checkpoints.enabled', 'true'],
    ['emit.checkpoints.interval.seconds', '10'],
    // Groups that are not running here find where they were there.
    ['sync.group.offsets.enabled', 'true'],
    ['sync.group.offsets.interval.seconds', '10'],
    ['refresh.groups.interval.seconds', '60'],
  ];
}

/** How the workers log in at the source, with what is in the secret of the mirror. */
function sourceSecurity(model: EnvironmentModel, { name, source }: MirrorModel): PropertyEntry[] {
  const { authentication, protocol, username, ownAuthority, roleArn } = source;
  // The workers need not take on the role that they have.
  const takenOn = roleArn === undefined || roleArn === ownRole(model) ? {} : { roleArn };
  const files: ClientFiles = sourceFiles(name, ownAuthority);
  return clientSecurity(
    { ...model, brokerConfig: new Map() },
    { name: 'source', kafkaName: 'SOURCE', authentication, protocol, port: 0 },
    { username, secret: { secret: mirrorFolder(name), key: 'password' }, ...takenOn },
    files,
  );
}

/** ARN of the role of the workers, as far as it is known. */
function ownRole(model: EnvironmentModel): string | undefined {
  const { iamRole } = model.spec.connect ?? {};
  return iamRole === undefined ? undefined : iamRoleArn(model, iamRole);
}

/** Keys of the secret of a source: those of the folder of secrets, and those of the folder of certificates. */
export function sourceKeys({ authentication, ownAuthority }: MirrorSourceModel): {
  readonly login: readonly string[];
  readonly tls: readonly string[];
} {
  return {
    login:
      authentication === 'oauthbearer'
        ? ['password', 'token-endpoint-url']
        : authentication === 'scram-sha-512'
          ? ['password']
          : [],
    tls: [...(ownAuthority ? ['ca.crt'] : []), ...(authentication === 'mtls' ? ['tls.crt', 'tls.key'] : [])],
  };
}

function prefixed(prefix: string, entries: readonly PropertyEntry[]): PropertyEntry[] {
  return entries
    .filter(([option]) => !option.startsWith('config.providers'))
    .map(([option, value]): PropertyEntry => [`${prefix}${option}`, value]);
}

function replication({ brokerCount }: EnvironmentModel): string {
  return String(Math.min(3, brokerCount));
}

/** A name or a prefix (`shop.*`) as the regular expression that MirrorMaker matches whole names with; commas part them. */
function regex(pattern: string): string {
  const escaped = pattern.replace(/\*$/, '').replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  return (pattern.endsWith('*') ? `${escaped}.*` : escaped).replaceAll(',', '\\x2c');
}
