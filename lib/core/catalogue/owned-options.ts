/** An option that the kit writes itself, and how to say it in an environment instead. */
export interface OwnedOption {
  /** The key of the environment to use, or why there is none; a sentence. */
  readonly instead: string;
}

const LISTENERS = 'Describe the listener under listeners; its addresses, ports, protocol and mechanism follow from it.';
const STORES =
  'Use a listener with authentication mtls or with encryption tls; the kit places the keys and certificates.';
const MECHANISMS = 'Use the authentication of the listener; mechanisms and credentials follow from it.';
const NODE_IDS = 'Use nodePools.<pool>.nodeIds.start, or nodeId in the inventory of hosts.';
const LOG_DIRS = 'Use nodePools.<pool>.volumes, or logDirs in the inventory of hosts.';
const QUORUM = 'Give a node pool the role controller; the quorum follows from its nodes.';
const ACCESS =
  'Give every client listener an authentication and describe principals; the authorizer follows from them.';
const THROTTLE = 'Leave it out; it holds only while replicas move, and who moves them sets it.';

/** Exactly these, and what begins with a prefix of `OWNED_PREFIXES` and is not in `NOT_OWNED`. */
const OWNED_BROKER_OPTIONS: Readonly<Record<string, string>> = {
  'node.id': NODE_IDS,
  'broker.id': NODE_IDS,
  'process.roles': 'Use nodePools.<pool>.roles.',
  listeners: LISTENERS,
  'advertised.listeners': LISTENERS,
  'security.inter.broker.protocol': 'Leave it out; replication has a listener of its own, made by the kit.',
  'inter.broker.listener.name': 'Leave it out; replication has a listener of its own, made by the kit.',
  'early.start.listeners': 'Leave it out; it follows from the listeners.',
  'remote.log.metadata.manager.listener.name': 'Leave it out; it follows from the listeners.',
  'log.dir': LOG_DIRS,
  'log.dirs': LOG_DIRS,
  'metadata.log.dir': 'Leave it out; the first log directory of a node holds the metadata log.',
  'broker.rack': 'Use racks, or rack in the inventory of hosts.',
  'authorizer.class.name': ACCESS,
  'super.users': ACCESS,
  'custom.advertised.listeners':
    'Leave it out; names of your own for brokers are refused for now. Clients of other VPCs use sharedWith and a VPC connection.',
  'allow.everyone.if.no.acl.found': ACCESS,
  'leader.replication.throttled.rate': THROTTLE,
  'follower.replication.throttled.rate': THROTTLE,
  'replica.alter.log.dirs.io.max.bytes.per.second': THROTTLE,
};

const OWNED_PREFIXES: readonly { readonly prefix: string; readonly instead: string }[] = [
  { prefix: 'listener.', instead: LISTENERS },
  {
    prefix: 'controller.listener.',
    instead: 'Leave it out; the controllers have a listener of their own, made by the kit.',
  },
  { prefix: 'controller.quorum.', instead: QUORUM },
  { prefix: 'ssl.', instead: STORES },
  { prefix: 'sasl.', instead: MECHANISMS },
];

/** Below an owned prefix, but tuning that no other key of an environment says. */
const NOT_OWNED: readonly RegExp[] = [
  /^controller\.quorum\.(append\.linger|election\.backoff\.max|election\.timeout|fetch\.timeout|request\.timeout|retry\.backoff)\.ms$/,
  /^controller\.quorum\.fetch\.(snapshot\.)?max\.bytes$/,
  /^controller\.quorum\.auto\.join\.enable$/,
  /^ssl\.(cipher\.suites|enabled\.protocols|protocol|provider|secure\.random\.implementation|endpoint\.identification\.algorithm)$/,
  /^ssl\.(engine\.factory\.class|(key|trust)manager\.algorithm|allow\.(dn|san)\.changes)$/,
  /^sasl\.server\.max\.receive\.size$/,
  /^sasl\.login\.(connect|read|refresh|retry)\./,
  /^sasl\.oauthbearer\./,
];

/** Set for a whole Amazon MSK cluster, where the service runs the authorizer. */
const NOT_OWNED_ON_SERVICE: readonly string[] = ['allow.everyone.if.no.acl.found'];

const OWNED_TOPIC_OPTIONS: Readonly<Record<string, string>> = {
  'cleanup.policy': 'Use the key cleanupPolicy beside config.',
  'retention.ms': 'Use the key retention.time beside config.',
  'retention.bytes': 'Use the key retention.bytesPerPartition beside config.',
  'min.insync.replicas': 'Use the key minInSyncReplicas beside config.',
  'num.partitions': 'Use the key partitions beside config.',
  'default.replication.factor': 'Use the key replicationFactor beside config.',
  'leader.replication.throttled.replicas': THROTTLE,
  'follower.replication.throttled.replicas': THROTTLE,
};

/** What the kit writes itself where `managedBy` says who runs the brokers; undefined where the option is free. */
export function ownedBrokerOption(name: string, managedBy: 'self' | 'service'): OwnedOption | undefined {
  if (managedBy === 'service' && NOT_OWNED_ON_SERVICE.includes(name)) return undefined;
  const exact = own(OWNED_BROKER_OPTIONS, name);
  if (exact !== undefined) return exact;
  const owned = OWNED_PREFIXES.find(({ prefix }) => name.startsWith(prefix));
  return owned === undefined || NOT_OWNED.some((pattern) => pattern.test(name)) ? undefined : owned;
}

export function ownedTopicOption(name: string): OwnedOption | undefined {
  return own(OWNED_TOPIC_OPTIONS, name);
}

function own(table: Readonly<Record<string, string>>, name: string): OwnedOption | undefined {
  return Object.hasOwn(table, name) ? { instead: table[name] as string } : undefined;
}
