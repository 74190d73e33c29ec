import { MIB, sizeBytes } from '../../units';
import { halfOfMemory, METRICS_PORT, standardClientPort, type PlacedNode, type Placement, type Target } from './target';

/** Bare metal or virtual machines: the inventory says which node is where. */
export const hosts: Target = {
  managedBy: 'self',
  encryption: 'tls',
  authentications: ['none', 'scram-sha-512', 'mtls', 'oauthbearer'],
  metrics: true,
  clientPort: standardClientPort,
  memoryMiB: () => undefined,
  heapMiB: halfOfMemory,
  place({ spec, pools, listeners, metrics }: Placement): PlacedNode[] {
    const ports = Object.fromEntries(listeners.map((listener) => [listener.kafkaName, listener.port]));
    return Object.entries(spec.targets?.hosts?.inventory ?? {}).flatMap(([name, host]) => {
      const pool = pools.find((candidate) => candidate.name === host.nodePool);
      if (pool === undefined) return []; // a rule reports it
      const controllerOnly = !pool.roles.includes('broker');
      const heapMiB =
        host.memory === undefined || spec.nodePools[pool.name]?.heap !== undefined
          ? undefined
          : halfOfMemory({ name: pool.name, controllerOnly, spec }, Math.floor(sizeBytes(host.memory) / MIB));
      return [
        {
          id: host.nodeId,
          name,
          pool,
          ordinal: host.nodeId - pool.firstNodeId,
          host: host.address,
          bindHost: '',
          ports,
          logDirs: host.logDirs,
          ...(heapMiB === undefined ? {} : { heapMiB }),
          ...(host.rack === undefined ? {} : { rack: host.rack }),
          ...(metrics ? { metricsPort: spec.monitoring?.metricsPort ?? METRICS_PORT } : {}),
        },
      ];
    });
  },
};
