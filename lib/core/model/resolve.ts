import { type Issue } from '../issue';
import { durationMs, formatBytes, formatDuration, rateBytesPerSecond } from '../units';
import { kafkaRelease, KAFKA_VERSIONS } from '../versions';
import type { TargetLock } from '../lock/lock';
import type { EnvironmentSpec } from '../spec';
import { MSK_BROKER_SIZES } from '../msk';
import { BROKER_DEFAULTS, type BrokerFacts } from './broker-defaults';
import { resolveApplications } from './applications';
import { resolveConnect } from './connect';
import { Settler, type Explain } from './explain';
import { derivedUuid } from './kafka-uuid';
import type { CapacityModel, EnvironmentModel, OptionModel, ReconcileModel } from './model';
import { forPods } from './pods';
import { internalListeners, resolveListeners, resolveNodes, resolvePools } from './nodes';
import { resolveMirrors } from './mirrors';
import { resolvePrincipals, resolveQuotas } from './principals';
import { TARGET_ADAPTERS } from './targets';
import { replicationDefaults, resolveTopics } from './topics';

export interface ResolveOptions {
  /** The entry of the lock file for the environment's target. */
  readonly lock?: TargetLock;
  /** Name of the environment in the lock file. */
  readonly lockedName?: string;
  /** Whether the cluster was formed before. Default: what the lock says, else `first`. */
  readonly formation?: 'first' | 'formed';
  /** Folder of a laptop's nodes. Default: `/var/lib/kafka-deployment-kit/<name>`. */
  readonly localRoot?: string;
  readonly explain?: Explain;
  /** Nodes have the JMX exporter where the environment does not say otherwise. @default as is usual for the target */
  readonly metrics?: 'on';
  /** Topics that the file of the cluster declares, where this one adds to it. */
  readonly clusterTopics?: readonly string[];
  /** The environments that mirrors copy from, by name. */
  readonly environments?: ReadonlyMap<string, EnvironmentModel>;
}

export interface ResolvedEnvironment {
  readonly model: EnvironmentModel;
  /** What kept a value from being resolved; the model then holds the nearest thing, so that the rules can still be checked. */
  readonly issues: Issue[];
}

/** Applies every default once. Pure: the same spec and lock give the same model. */
export function resolve(spec: EnvironmentSpec, options: ResolveOptions = {}): ResolvedEnvironment {
  const issues: Issue[] = [];
  const target = TARGET_ADAPTERS[spec.target];
  const settler = new Settler(options.explain);
  const lock = options.lock;
  const localRoot = options.localRoot ?? `/var/lib/kafka-deployment-kit/${spec.name}`;

  const found = kafkaRelease(spec.kafka.version);
  if (found === undefined) {
    // By its letters 9.9 is nearest to 3.9, which nobody means.
    const near = KAFKA_VERSIONS.find((known) => spec.kafka.version.startsWith(`${known}.`));
    issues.push({
      code: 'KAFKA-VERSION-UNKNOWN',
      level: 'error',
      path: 'kafka.version',
      message: `the version is not known, got "${spec.kafka.version}"; known are ${KAFKA_VERSIONS.join(', ')} and their patch releases up to the newest known.`,
      hint: near === undefined ? 'Choose one of them.' : `Use "${near}".`,
    });
  }
  const release = found ?? kafkaRelease(KAFKA_VERSIONS[KAFKA_VERSIONS.length - 1]!)!;
  settler.derive(
    ['kafka', 'version'],
    release.patch,
    'the newest patch release of this version that the kit knows, unless the environment pins one',
  );

  const clusterId = settler.settle(
    ['kafka', 'clusterId'],
    spec.kafka.clusterId,
    () => lock?.clusterId ?? derivedUuid('cluster', spec.name, spec.target),
    'derived from the name and the target, so that every node and every run agree without talking to each other; kept in the lock',
  );
  const pools = resolvePools(spec, target, settler);
  const brokerCount = pools
    .filter((pool) => pool.roles.includes('broker'))
    .reduce((sum, pool) => sum + pool.replicas, 0);
  const racks = spec.racks ?? [];
  const listeners = resolveListeners(spec, target, settler);
  const authorization = listeners.some((listener) => listener.authentication !== 'none');
  const internal = target.managedBy === 'self' ? internalListeners(target, authorization) : undefined;
  const metrics = settler.settle(
    ['monitoring', 'metrics'],
    spec.monitoring?.metrics,
    () => target.metrics || options.metrics === 'on',
    target.metrics
      ? 'a cluster that is not watched is not in production'
      : 'a laptop needs no exporter; kdk up --metrics starts its nodes with one',
  );
  const connect = resolveConnect(spec, metrics, settler);
  const environments = options.environments ?? new Map<string, EnvironmentModel>();
  const mirrorMaker = resolveMirrors(spec, metrics, environments, settler);
  const placement = {
    spec,
    pools,
    racks,
    metrics,
    localRoot,
    listeners: internal === undefined ? listeners : [...listeners, internal.replication, internal.controller],
    ...(lock === undefined ? {} : { lock }),
  };
  const facts: BrokerFacts = {
    release,
    brokerCount,
    racks,
    managedBy: target.managedBy,
    movingAddresses: spec.target === 'kubernetes',
    ...replicationDefaults(brokerCount, spec.topicDefaults),
    ...fetchersOf(spec),
  };
  const model: EnvironmentModel = {
    name: spec.name,
    target: spec.target,
    spec,
    kafka: release,
    clusterId,
    formation: options.formation ?? (lock?.formed === true ? 'formed' : 'first'),
    managedBy: target.managedBy,
    pools,
    nodes: resolveNodes(placement, target),
    brokerCount,
    racks,
    listeners,
    ...(internal === undefined ? {} : { internalListeners: internal }),
    authorization,
    brokerConfig: resolveBrokerConfig(spec, facts, settler),
    topics: resolveTopics(spec, brokerCount, settler),
    owner: spec.owner ?? spec.name,
    owns: { topics: spec.owns?.topics, principals: spec.owns?.principals },
    clusterTopics: options.clusterTopics ?? [],
    deletedTopics: Object.entries(spec.topics ?? {}).flatMap(([name, topic]) =>
      topic.deleted === undefined ? [] : [{ name, reason: topic.deleted.reason }],
    ),
    ...resolvePrincipals(spec),
    quotas: resolveQuotas(spec),
    reconcile: resolveReconcile(spec, settler),
    metrics: { enabled: metrics },
    ...(connect === undefined ? {} : { connect }),
    ...(mirrorMaker === undefined ? {} : { mirrorMaker }),
    environments,
    applications: resolveApplications(spec, settler),
    capacity: resolveCapacity(spec, settler),
    ...(lock === undefined ? {} : { lock }),
    ...(options.lockedName === undefined ? {} : { lockedName: options.lockedName }),
  };
  return { model: forPods(model), issues };
}

/** Amazon MSK with provisioned throughput: replicas must be fetched faster, too. */
function fetchersOf({ target, targets }: EnvironmentSpec): Pick<BrokerFacts, 'replicaFetchers'> {
  if (target !== 'msk' || targets?.msk?.provisionedThroughput === undefined) return {};
  const replicaFetchers = MSK_BROKER_SIZES.get(targets.msk.instanceType ?? '')?.replicaFetchers;
  return replicaFetchers === undefined ? {} : { replicaFetchers };
}

function resolveBrokerConfig(spec: EnvironmentSpec, facts: BrokerFacts, settler: Settler): Map<string, OptionModel> {
  const config = new Map<string, OptionModel>();
  const express = spec.target === 'msk' && spec.targets?.msk?.brokerType === 'express';
  for (const { option, why, source, value, fixedOnExpress } of BROKER_DEFAULTS) {
    if (express && fixedOnExpress) continue;
    const fallback = value(facts);
    if (fallback !== undefined) config.set(option, { value: fallback, source: 'default', why: `${why} (${source})` });
  }
  for (const [option, value] of Object.entries(spec.kafka.config ?? {})) {
    config.set(option, { value: String(value), source: 'environment', why: 'written in the environment' });
  }
  if (settler.active) {
    for (const [option, { value, source, why }] of config) {
      settler.settle(['kafka', 'config', option], source === 'environment' ? value : undefined, () => value, why);
    }
  }
  return config;
}

function resolveCapacity(spec: EnvironmentSpec, settler: Settler): CapacityModel {
  const survive = settler.settle(
    ['capacity', 'survive'],
    spec.capacity?.survive,
    () => ((spec.racks?.length ?? 0) > 1 ? ('rack' as const) : ('node' as const)),
    'the load must still be carried with one failure domain lost',
  );
  return {
    survive,
    maxDiskUtilization: settler.settle(
      ['capacity', 'maxDiskUtilization'],
      spec.capacity?.maxDiskUtilization,
      () => 0.7,
      'room for a broker that is rebuilt and for the time until volumes grow',
    ),
    maxNetworkUtilization: settler.settle(
      ['capacity', 'maxNetworkUtilization'],
      spec.capacity?.maxNetworkUtilization,
      () => 0.8,
      'room for replicas that catch up',
    ),
    ...(spec.capacity?.network === undefined
      ? {}
      : { networkBytesPerSecond: rateBytesPerSecond(spec.capacity.network) }),
  };
}

function resolveReconcile({ reconcile, target, targets }: EnvironmentSpec, settler: Settler): ReconcileModel {
  const written = reconcile ?? {};
  const standard = target === 'msk' && targets?.msk?.brokerType !== 'express';
  return {
    quietBeforeDeleteMs: settler.settle(
      ['reconcile', 'quietBeforeDelete'],
      written.quietBeforeDelete === undefined ? undefined : durationMs(written.quietBeforeDelete),
      () => durationMs('7d'),
      'a topic that somebody used within a week is still in use',
      formatDuration,
    ),
    replicationThrottleBytesPerSecond: settler.settle(
      ['reconcile', 'replicationThrottle'],
      written.replicationThrottle === undefined ? undefined : rateBytesPerSecond(written.replicationThrottle),
      () => rateBytesPerSecond('50MiB/s'),
      'replicas that move leave most of a 1 Gbit/s network to clients',
      (bytes) => `${formatBytes(bytes)}/s`,
    ),
    partitionsPerWave: settler.settle(
      ['reconcile', 'partitionsPerWave'],
      written.partitionsPerWave,
      () => 50,
      'a wave ends soon enough to be looked at, and to stop after',
    ),
    scramIterations: settler.settle(
      ['reconcile', 'scramIterations'],
      written.scramIterations,
      () => 8192,
      "twice Kafka's least; more costs every log-in time",
    ),
    ...(settler.settle(
      ['reconcile', 'spread'],
      written.spread,
      () => (standard ? 'onNewBrokers' : 'never'),
      standard
        ? 'new brokers of Amazon MSK hold nothing until somebody moves replicas to them'
        : 'moving replicas is the decision of whoever runs the brokers',
    ) === 'onNewBrokers'
      ? { spread: 'onNewBrokers' as const }
      : {}),
    ...(settler.settle(
      ['reconcile', 'unpinned'],
      written.unpinned,
      () => 'pin',
      'a value of its own does not follow when the default of the brokers changes',
    ) === 'report'
      ? { unpinned: 'report' as const }
      : {}),
  };
}
