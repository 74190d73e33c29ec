import type { EnvironmentModel, NodePoolModel } from '../model';
import { ec2InstanceType } from '../ec2/instance-types';
import { volumePerformance } from '../ec2/volumes';
import { MIB } from '../units';
import { ec2NodeCapacity, MSK_BROKER_TYPES, mskInstanceType, SELF_MANAGED, type NodeCapacity } from './node-types';

/** What one broker of a pool can carry: the network that the environment states, else what is known of its kind. */
export function nodeCapacityOf(model: EnvironmentModel, pool: NodePoolModel): NodeCapacity {
  const known = knownCapacity(model, pool);
  const stated = model.capacity.networkBytesPerSecond;
  return stated === undefined ? known : { ...known, networkBytesPerSecond: stated };
}

function knownCapacity(model: EnvironmentModel, pool: NodePoolModel): NodeCapacity {
  const { msk } = model.spec.targets ?? {};
  switch (model.target) {
    case 'msk':
      return MSK_BROKER_TYPES.get(mskInstanceType(msk?.brokerType, msk?.instanceType)) ?? SELF_MANAGED;
    case 'ec2':
      return withVolumes(model, pool, ec2NodeCapacity(ec2InstanceType(model.spec, pool.name)));
    default:
      return SELF_MANAGED;
  }
}

/** The smaller of what the instance carries and what its volumes do. */
function withVolumes(model: EnvironmentModel, pool: NodePoolModel, capacity: NodeCapacity): NodeCapacity {
  const { storageBytesPerSecond: carried } = capacity;
  const done = volumePerformance(model, pool).throughputMiBps * pool.volumeBytes.length * MIB;
  return {
    ...capacity,
    ...(carried === undefined ? {} : { instanceStorageBytesPerSecond: carried }),
    storageBytesPerSecond: Math.min(carried ?? done, done),
  };
}

/** Replicas of partitions on each broker, leaders and followers. */
export function replicasPerBroker(model: EnvironmentModel): number {
  const replicas = model.topics.reduce((sum, topic) => sum + topic.partitions * topic.replicationFactor, 0);
  return Math.ceil(replicas / Math.max(1, model.brokerCount));
}

/**
 * Java heap that a broker takes at its defaults, MiB: 128 for the log cleaner (log.cleaner.dedupe.buffer.size), 10 for each other broker
 * that replicas are fetched from (replica.fetch.response.max.bytes), 128 for everything else.
 */
export function brokerHeapMiB(model: EnvironmentModel): number {
  const cleaner = number(model, 'log.cleaner.dedupe.buffer.size', 134_217_728) / 1024 ** 2;
  const response = number(model, 'replica.fetch.response.max.bytes', 10_485_760) / 1024 ** 2;
  const fetchers = number(model, 'num.replica.fetchers', 1);
  return Math.ceil(128 + cleaner + fetchers * Math.max(0, model.brokerCount - 1) * response);
}

function number(model: EnvironmentModel, option: string, otherwise: number): number {
  const text = model.brokerConfig.get(option)?.value ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : otherwise;
}
