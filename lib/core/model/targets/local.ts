import { MIB, sizeBytes } from '../../units';
import { standardClientPort, type PlacedNode, type Placement, type Target } from './target';

/**
 * Processes on this machine: all on 127.0.0.1, so each node has ports of its own, and traffic stays in plain text. Passwords are made on
 * the machine, those of clients (SCRAM) and those of the nodes.
 */
export const local: Target = {
  managedBy: 'self',
  encryption: 'none',
  authentications: ['none', 'scram-sha-512'],
  metrics: false,
  clientPort: standardClientPort,
  memoryMiB: () => undefined,
  heapMiB: (pool) => Math.floor(sizeBytes(pool.spec.targets?.local?.heap ?? '384MiB') / MIB),
  place(placement: Placement): PlacedNode[] {
    const first = placement.spec.targets?.local?.ports?.first ?? 19092;
    const total = placement.pools.reduce((sum, pool) => sum + pool.replicas, 0);
    let index = -1;
    return placement.pools.flatMap((pool) =>
      Array.from({ length: pool.replicas }, (_, ordinal): PlacedNode => {
        index += 1;
        const rack = placement.racks.length === 0 ? undefined : placement.racks[ordinal % placement.racks.length];
        const name = `${pool.name}-${ordinal}`;
        const folder = `${placement.localRoot}/nodes/${name}`;
        const position = index;
        const ports = Object.fromEntries(
          placement.listeners.map((listener, place) => [listener.kafkaName, first + place * total + position]),
        );
        const logDirs =
          pool.volumeBytes.length < 2
            ? [`${folder}/data`]
            : pool.volumeBytes.map((_size, volume) => `${folder}/data-${volume}`);
        return {
          id: pool.firstNodeId + ordinal,
          name,
          pool,
          ordinal,
          host: '127.0.0.1',
          bindHost: '127.0.0.1',
          ports,
          logDirs,
          ...(rack === undefined ? {} : { rack }),
          ...(placement.metrics ? { metricsPort: first + placement.listeners.length * total + position } : {}),
        };
      }),
    );
  },
};
