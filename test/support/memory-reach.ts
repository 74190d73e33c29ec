import type { KafkaClient } from '../../lib/admin';
import { MemoryCluster } from '../../lib/admin/adapters/memory';
import { unauthenticated } from '../../lib/admin/failures';
import type { Context } from '../../lib/cli/outcome';

/** What a command is given, with a cluster in memory in place of the network; `told` is what it printed before it was done. */
export interface MemoryContext extends Context {
  readonly told: string[];
  abort(): void;
}

export function memoryContext(memory: MemoryCluster): MemoryContext {
  const told: string[] = [];
  const controller = new AbortController();
  return {
    told,
    abort: () => controller.abort(),
    progress: () => undefined,
    signal: controller.signal,
    tell: (lines) => told.push(...lines),
    version: '0.0.0',
    reach: {
      connect: ({ bootstrapServers, sasl }) => {
        if (sasl !== undefined && 'username' in sasl && !memory.canLogIn(sasl.username, sasl.password))
          return Promise.reject(
            unauthenticated({ server: bootstrapServers[0]!, user: sasl.username, mechanism: sasl.mechanism }, 'no'),
          );
        return Promise.resolve(memory.connect() as KafkaClient);
      },
      probe: () => Promise.reject(new Error('a cluster in memory has no authorizer to ask')),
    },
  };
}

/** Fits `shopCluster`, whose brokers have what the kit would write into their files. */
export const SHOP = `name: shop
target: hosts
kafka: { version: '4.3', clusterId: memory-cluster-000001A }
nodePools: { nodes: { roles: [broker, controller], replicas: 3 } }
racks: [a, b, c]
listeners: { apps: { authentication: scram-sha-512 } }
topics:
  orders: { partitions: 6, retention: { time: 30d } }
  clicks: { partitions: 3 }
principals:
  billing: { listener: apps, consume: { topics: [orders], groups: [billing] } }
targets:
  hosts:
    inventory:
      b1: { address: b1, nodePool: nodes, nodeId: 1, rack: a, logDirs: [/data/kafka] }
      b2: { address: b2, nodePool: nodes, nodeId: 2, rack: b, logDirs: [/data/kafka] }
      b3: { address: b3, nodePool: nodes, nodeId: 3, rack: c, logDirs: [/data/kafka] }
`;

export function shopCluster(): MemoryCluster {
  return new MemoryCluster({
    config: {
      'auto.create.topics.enable': 'false',
      'default.replication.factor': '3',
      'min.insync.replicas': '2',
      'initial.broker.registration.timeout.ms': '300000',
      'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
    },
  });
}
