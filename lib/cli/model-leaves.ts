import type { EnvironmentModel, NodePoolModel, TopicModel } from '../core/model';
import { formatBytes, formatDuration } from '../core/units';
import { leavesOf, type Leaf } from './leaves';
import { principalLeaves, quotaLeaves } from './principal-leaves';

/** Sections whose every default is in the model; the others are shown as they were written. */
const RESOLVED = new Set([
  'kafka',
  'nodePools',
  'racks',
  'listeners',
  'topicDefaults',
  'topics',
  'principals',
  'quotas',
  'reconcile',
  'capacity',
]);
const NOT_VALUES = new Set(['$schema', 'extends', 'acknowledge', 'targets']);

/** Everything that is true of an environment, value by value, under the paths of the environment file where it has them. */
export function modelLeaves(model: EnvironmentModel): Map<string, Leaf> {
  const { spec } = model;
  const written = Object.entries(spec).filter(([section]) => !RESOLVED.has(section) && !NOT_VALUES.has(section));
  const { override: _override, ...ofTarget } = targetSection(model);
  return leavesOf({
    ...Object.fromEntries(written),
    kafka: {
      version: model.kafka.patch,
      ...(model.managedBy === 'self' ? { clusterId: model.clusterId } : {}),
      config: new Map([...model.brokerConfig].map(([option, { value }]) => [option, value])),
    },
    nodePools: new Map(model.pools.map((pool) => [pool.name, poolLeaves(pool, model)])),
    racks: model.racks.length === 0 ? undefined : model.racks,
    listeners: new Map(
      model.listeners.map(({ name, authentication, protocol, port, access }) => [
        name,
        { authentication, protocol, port, ...(access === undefined ? {} : { access }) },
      ]),
    ),
    topics: new Map([
      ...model.topics.map((topic): [string, unknown] => [topic.name, topicLeaves(topic)]),
      ...model.deletedTopics.map(({ name, reason }): [string, unknown] => [name, { deleted: { reason } }]),
    ]),
    principals: new Map([
      ...model.principals.map((principal): [string, unknown] => [principal.name, principalLeaves(model, principal)]),
      ...model.deletedPrincipals.map(({ name, reason }): [string, unknown] => [name, { deleted: { reason } }]),
    ]),
    quotas: quotaLeaves(model.quotas),
    reconcile: {
      quietBeforeDelete: formatDuration(model.reconcile.quietBeforeDeleteMs),
      replicationThrottle: `${formatBytes(model.reconcile.replicationThrottleBytesPerSecond)}/s`,
      partitionsPerWave: model.reconcile.partitionsPerWave,
      scramIterations: model.reconcile.scramIterations,
      unpinned: model.reconcile.unpinned ?? 'pin',
    },
    capacity: model.capacity,
    monitoring: { ...spec.monitoring, metrics: model.metrics.enabled },
    targets: { [model.target]: ofTarget },
    nodes: new Map(model.nodes.map(({ name, pool, ...node }) => [name, { pool: pool.name, ...node }])),
  });
}

function targetSection(model: EnvironmentModel): Record<string, unknown> {
  const targets = (model.spec.targets ?? {}) as Record<string, Record<string, unknown> | undefined>;
  return targets[model.target] ?? {};
}

function poolLeaves(pool: NodePoolModel, model: EnvironmentModel): unknown {
  return {
    roles: pool.roles,
    replicas: pool.replicas,
    volumes: pool.volumeBytes.length === 0 ? undefined : pool.volumeBytes.map(formatBytes),
    memory: pool.memoryMiB === undefined ? undefined : `${pool.memoryMiB}MiB`,
    heap: pool.heapMiB === undefined ? undefined : `${pool.heapMiB}MiB`,
    nodeIds: model.managedBy === 'self' ? { start: pool.firstNodeId } : undefined,
    config: pool.config,
  };
}

function topicLeaves(topic: TopicModel): unknown {
  return {
    partitions: topic.partitions,
    replicationFactor: topic.replicationFactor,
    minInSyncReplicas: topic.minInSyncReplicas,
    cleanupPolicy: topic.cleanupPolicy,
    retention: {
      time: topic.retentionMs < 0 ? 'forever' : formatDuration(topic.retentionMs),
      bytesPerPartition:
        topic.retentionBytesPerPartition < 0 ? 'unlimited' : formatBytes(topic.retentionBytesPerPartition),
    },
    config: topic.config,
    load:
      topic.load === undefined
        ? undefined
        : {
            produce: `${formatBytes(topic.load.produceBytesPerSecond)}/s`,
            consumerGroups: topic.load.consumerGroups,
          },
  };
}
