import type { EnvironmentModel, NodePoolModel } from '../model';
import { MIB } from '../units';
import { demandOf, type Demand } from './demand';
import { brokerHeapMiB, nodeCapacityOf, replicasPerBroker } from './node-capacity';

/** Seconds of writes that the page cache holds, so that consumers a little behind are still served from memory. */
export const PAGE_CACHE_SECONDS = 30;

export type Resource =
  | 'disk'
  | 'network in'
  | 'network out'
  | 'throughput of the volumes'
  | 'ingress'
  | 'egress'
  | 'replicas'
  | 'page cache'
  | 'heap';

/** How much of one resource each broker of a pool uses, under the declared load and after the loss that is to be survived. */
export interface Utilization {
  readonly pool: string;
  readonly resource: Resource;
  /** Bytes, bytes a second, or replicas. */
  readonly unit: 'bytes' | 'bytes/s' | 'replicas';
  readonly used: number;
  /** Of that, as much as is good. */
  readonly usable: number;
  /** All there is; absent where nothing but what is good is known. */
  readonly limit?: number;
  /** Grows as the declared load does, so that it can be said when it is used up. */
  readonly growsWithLoad: boolean;
}

/** Every resource of which both the demand and the capacity are known; in the order in which they are told. */
export function utilizationOf(model: EnvironmentModel): Utilization[] {
  const demand = demandOf(model);
  return model.pools
    .filter(({ roles }) => roles.includes('broker'))
    .flatMap((pool) => [...(demand === undefined ? [] : underLoad(model, pool, demand)), ...atRest(model, pool)]);
}

/** The resource that is used up first; absent where nothing is known. */
export function bottleneckOf(lines: readonly Utilization[]): Utilization | undefined {
  return lines
    .filter(({ resource }) => resource !== 'heap')
    .reduce<Utilization | undefined>(
      (worst, line) => (worst === undefined || shareOf(line) > shareOf(worst) ? line : worst),
      undefined,
    );
}

/** 1: as much as is good. */
export function shareOf({ used, usable }: Pick<Utilization, 'used' | 'usable'>): number {
  return used / usable;
}

function underLoad(model: EnvironmentModel, pool: NodePoolModel, demand: Demand): Utilization[] {
  const { networkBytesPerSecond: network, storageBytesPerSecond: storage, clients } = nodeCapacityOf(model, pool);
  const { maxDiskUtilization, maxNetworkUtilization } = model.capacity;
  const size = pool.volumeBytes.reduce((sum, bytes) => sum + bytes, 0);
  const flow = (resource: Resource, used: number, limit: number | undefined, share: number): Utilization[] =>
    limit === undefined
      ? []
      : [{ pool: pool.name, resource, unit: 'bytes/s', used, usable: limit * share, limit, growsWithLoad: true }];
  return [
    ...(size === 0
      ? []
      : [
          {
            ...{ pool: pool.name, resource: 'disk' as const, unit: 'bytes' as const, growsWithLoad: true },
            ...{ used: demand.diskBytes, usable: size * maxDiskUtilization, limit: size },
          },
        ]),
    ...flow('network in', demand.inBytesPerSecond, network, maxNetworkUtilization),
    ...flow('network out', demand.outBytesPerSecond, network, maxNetworkUtilization),
    ...flow('throughput of the volumes', demand.inBytesPerSecond, storage, maxNetworkUtilization),
    ...flow('ingress', demand.clientInBytesPerSecond, clients?.ingressBytesPerSecond, 1),
    ...flow('egress', demand.clientOutBytesPerSecond, clients?.egressBytesPerSecond, 1),
    ...pageCache(pool, demand),
  ];
}

function pageCache(pool: NodePoolModel, demand: Demand): Utilization[] {
  if (pool.memoryMiB === undefined || pool.heapMiB === undefined) return [];
  return [
    {
      ...{ pool: pool.name, resource: 'page cache', unit: 'bytes', growsWithLoad: true },
      ...{ used: demand.inBytesPerSecond * PAGE_CACHE_SECONDS, usable: (pool.memoryMiB - pool.heapMiB) * MIB },
    },
  ];
}

/** What is used whether records come or not. */
function atRest(model: EnvironmentModel, pool: NodePoolModel): Utilization[] {
  const { recommended, most } = nodeCapacityOf(model, pool).replicas;
  return [
    ...(model.target === 'msk-serverless'
      ? []
      : [
          {
            ...{ pool: pool.name, resource: 'replicas' as const, unit: 'replicas' as const, growsWithLoad: false },
            ...{ used: replicasPerBroker(model), usable: recommended, ...(most === undefined ? {} : { limit: most }) },
          },
        ]),
    ...(pool.heapMiB === undefined
      ? []
      : [
          {
            ...{ pool: pool.name, resource: 'heap' as const, unit: 'bytes' as const, growsWithLoad: false },
            ...{ used: brokerHeapMiB(model) * MIB, usable: pool.heapMiB * MIB },
          },
        ]),
  ];
}
