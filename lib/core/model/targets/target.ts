import type { EnvironmentSpec } from '../../spec';
import type { TargetLock } from '../../lock/lock';
import type {
  Authentication,
  ExternalListenerModel,
  InternalListenerModel,
  ListenerModel,
  NodeModel,
  NodePoolModel,
} from '../model';

/** What placing nodes needs to know. */
export interface Placement {
  readonly spec: EnvironmentSpec;
  readonly pools: readonly NodePoolModel[];
  readonly racks: readonly string[];
  /** Every listener that a node may serve: the client listeners, then replication, then controller. */
  readonly listeners: readonly (ListenerModel | InternalListenerModel)[];
  readonly metrics: boolean;
  readonly lock?: TargetLock;
  /** Absolute folder that a laptop's nodes live in. */
  readonly localRoot: string;
}

/** A node without what follows from its pool and the cluster. */
export type PlacedNode = Pick<
  NodeModel,
  'id' | 'name' | 'pool' | 'ordinal' | 'rack' | 'host' | 'bindHost' | 'ports' | 'advertised' | 'logDirs' | 'metricsPort'
> &
  // Machines of one pool may differ.
  Partial<Pick<NodeModel, 'heapMiB'>>;

/** What differs between targets while an environment becomes a model; one object a target, no branches elsewhere. */
export interface Target {
  readonly managedBy: 'self' | 'service';
  readonly encryption: 'tls' | 'none';
  /** Authentications that this target can serve; others are an error that names the override. */
  readonly authentications: readonly Authentication[];
  readonly metrics: boolean;
  /** Port of the client listener at `index`, where the environment does not give one. */
  clientPort(authentication: Authentication, index: number): number;
  /** How a listener is reached from outside the place where nodes are, where that is another way. */
  external?(spec: EnvironmentSpec, listener: string, port: number): ExternalListenerModel | undefined;
  /** Memory of a node in MiB, where known; `undefined` leaves heap to the service or to a fixed default. */
  memoryMiB(pool: PoolRoles): number | undefined;
  heapMiB(pool: PoolRoles, memoryMiB: number | undefined): number | undefined;
  /** CPU that is kept free for a node, in thousandths of a core, where the target gives each node a part of a machine. */
  cpuMillis?(pool: PoolRoles, memoryMiB: number | undefined): number;
  /** Where each node is. Services place their own: empty. */
  place(placement: Placement): PlacedNode[];
}

export interface PoolRoles {
  readonly name: string;
  readonly controllerOnly: boolean;
  readonly spec: EnvironmentSpec;
}

export const CONTROLLER_PORT = 9093;
export const REPLICATION_PORT = 9091;
export const METRICS_PORT = 9404;

/** 9092, then 9094, 9095 and so on: 9093 belongs to the controllers. */
export function standardClientPort(_authentication: Authentication, index: number): number {
  return index === 0 ? 9092 : 9093 + index;
}

/** Half the memory up to 6 GiB: the rest is page cache, which serves the reads of consumers that keep up. */
export function halfOfMemory(pool: PoolRoles, memoryMiB: number | undefined): number {
  if (memoryMiB === undefined) return pool.controllerOnly ? 1024 : 6144;
  return Math.min(Math.floor(memoryMiB / 2), 6144);
}

/** One host a node with the same ports everywhere; racks in turn. */
export function placeInTurn(
  placement: Placement,
  address: (pool: NodePoolModel, ordinal: number) => string,
): PlacedNode[] {
  const { racks, listeners, spec, metrics } = placement;
  const ports = Object.fromEntries(listeners.map((listener) => [listener.kafkaName, listener.port]));
  return placement.pools.flatMap((pool) =>
    Array.from({ length: pool.replicas }, (_, ordinal): PlacedNode => {
      const rack = racks.length === 0 ? undefined : racks[ordinal % racks.length];
      return {
        id: pool.firstNodeId + ordinal,
        name: `${pool.name}-${ordinal}`,
        pool,
        ordinal,
        host: address(pool, ordinal),
        bindHost: '',
        ports,
        logDirs: Array.from(
          { length: Math.max(1, pool.volumeBytes.length) },
          (_unused, index) => `/var/lib/kafka/data-${index}/kafka`,
        ),
        ...(rack === undefined ? {} : { rack }),
        ...(metrics ? { metricsPort: spec.monitoring?.metricsPort ?? METRICS_PORT } : {}),
      };
    }),
  );
}
