import {
  brokerHeapMiB,
  demandOf,
  nodeCapacityOf,
  PAGE_CACHE_SECONDS,
  replicasPerBroker,
  type Demand,
  type NodeCapacity,
} from '../capacity';
import type { Path } from '../issue';
import type { EnvironmentModel, NodePoolModel } from '../model';
import { formatBytes, MIB } from '../units';
import { plural } from './hint';
import type { Report, Rule } from './rule';

/** Whether the nodes carry what the topics declare, after the loss that is to be survived. */
export const CAPACITY_RULES: readonly Rule[] = [
  {
    code: 'CAPACITY-DISK',
    level: 'warning',
    what: 'The volumes hold the declared load for its retention, with a node or a rack lost, at most maxDiskUtilization full; on nodes of the kit own it is an error where they do not even with all brokers there.',
    why: 'Disk is replicas x the smaller of load x (retention + roll time) and partitions x (retention size + segment), on the brokers that are left. A broker whose disk is full stops.',
    source:
      'AWS Big Data Blog, Best practices for right-sizing Amazon MSK clusters; Cruise Control, capacity threshold',
    check(model, report) {
      const demand = demandOf(model);
      if (demand === undefined) return;
      for (const pool of brokerPools(model)) {
        const size = pool.volumeBytes.reduce((sum, bytes) => sum + bytes, 0);
        const usable = size * model.capacity.maxDiskUtilization;
        if (size === 0 || demand.diskBytes <= usable) continue;
        const needed = demand.diskBytes / model.capacity.maxDiskUtilization;
        // No estimate of losses and room: with every broker there the data is more than the disks.
        const never = model.managedBy === 'self' && (demand.diskBytes * demand.brokers) / model.brokerCount > size;
        report({
          ...(never ? { level: 'error' as const } : {}),
          path: ['nodePools', pool.name, 'volumes'],
          message: `the disks are too small for the declared load, got ${formatBytes(size)} a broker, ${formatBytes(usable)} of it to use; ${formatBytes(demand.diskBytes)} are needed on ${leftOf(model, demand)}, most of it for ${demand.largest?.topic}.`,
          hint: `Use ${formatBytes(roundUp(needed))} a broker, more brokers, or a shorter retention of ${demand.largest?.topic}.`,
        });
      }
    },
  },
  {
    code: 'CAPACITY-ENDLESS',
    level: 'warning',
    what: 'A topic with a declared load has a retention by time or by size.',
    why: 'With neither, records are kept for ever and every disk fills one day.',
    source: 'Apache Kafka documentation, retention.ms and retention.bytes',
    check(model, report) {
      for (const name of demandOf(model)?.endless ?? []) {
        report({
          path: ['topics', name],
          message:
            'the topic grows without end under its load, got retention forever and no size; a time or a size bounds it.',
          hint: 'Add retention: { bytesPerPartition: 100GiB }, a time, or cleanupPolicy: [compact].',
        });
      }
    },
  },
  {
    code: 'CAPACITY-NETWORK',
    level: 'warning',
    what: 'The network of the brokers carries the declared load, its replication and its consumers, with a node or a rack lost, at most maxNetworkUtilization used.',
    why: 'Into a broker goes load x replicas, out of it load x (replicas - 1 + consumer groups). Beyond the network replicas fall behind, and producers with acks=all wait.',
    source: 'AWS Big Data Blog, Best practices for right-sizing Amazon MSK clusters; sizing script of 2026-08-13',
    check(model, report) {
      forEachKind(model, (demand, pool, capacity) => {
        if (capacity.networkBytesPerSecond === undefined) return;
        bottleneck(model, report, pool, {
          what: 'network',
          limit: capacity.networkBytesPerSecond,
          share: model.capacity.maxNetworkUtilization,
          flows: [
            ['in', demand.inBytesPerSecond],
            ['out', demand.outBytesPerSecond],
          ],
          demand,
        });
      });
    },
  },
  {
    code: 'CAPACITY-STORAGE',
    level: 'warning',
    what: 'The volumes take what is written to them, with a node or a rack lost.',
    why: 'Every replica is written to disk: load x replicas on the brokers that are left. Beyond the throughput of the volume, or of the instance, requests queue up.',
    source: 'AWS, sizing script of 2026-08-13: EBS baseline by instance type',
    check(model, report) {
      forEachKind(model, (demand, pool, capacity) => {
        if (capacity.storageBytesPerSecond === undefined) return;
        bottleneck(model, report, pool, {
          what: 'throughput of the volumes',
          limit: capacity.storageBytesPerSecond,
          share: model.capacity.maxNetworkUtilization,
          flows: [['written', demand.inBytesPerSecond]],
          demand,
        });
      });
    },
  },
  {
    code: 'CAPACITY-CLIENTS',
    level: 'warning',
    what: 'Express brokers carry what clients write and read, with a node or a rack lost.',
    why: 'The service throttles clients above the sustained ingress and egress of the broker size.',
    source: 'Amazon MSK developer guide, Express broker quota, read 2026-10-06',
    check(model, report) {
      forEachKind(model, (demand, pool, { clients }) => {
        if (clients === undefined) return;
        for (const [direction, limit, flow] of [
          ['ingress', clients.ingressBytesPerSecond, demand.clientInBytesPerSecond],
          ['egress', clients.egressBytesPerSecond, demand.clientOutBytesPerSecond],
        ] as const) {
          bottleneck(model, report, pool, { what: direction, limit, share: 1, flows: [[direction, flow]], demand });
        }
      });
    },
  },
  {
    code: 'CAPACITY-REPLICAS',
    level: 'warning',
    what: 'A broker holds at most as many replicas of partitions as its kind should: 4,000 where it is self-managed, by the size on Amazon MSK; above the maximum of the size it is an error.',
    why: 'More replicas mean longer restarts and failovers. Above its maximum Amazon MSK refuses every change of configuration, version and size.',
    source: 'Apache Kafka blog, 2018; Amazon MSK developer guide, best practices and limits, read 2026-10-06',
    check(model, report) {
      if (model.target === 'msk-serverless') return;
      const replicas = replicasPerBroker(model);
      for (const pool of brokerPools(model)) {
        const { recommended, most } = nodeCapacityOf(model, pool).replicas;
        if (replicas <= recommended) continue;
        const above = most !== undefined && replicas > most;
        const total = replicas * model.brokerCount;
        report({
          level: above ? 'error' : 'warning',
          path: ['nodePools', pool.name, 'replicas'],
          message: `a broker holds too many replicas, got ${replicas} on each of ${model.brokerCount}; at most ${above ? most : recommended} ${above ? 'are possible' : 'are good'}.`,
          hint: `Use ${Math.ceil(total / recommended)} brokers, larger ones, or fewer partitions.`,
        });
      }
    },
  },
  {
    code: 'CAPACITY-HEAP',
    level: 'warning',
    what: 'The Java heap of a broker has room for the log cleaner and for the replicas that it fetches.',
    why: 'The cleaner takes log.cleaner.dedupe.buffer.size at the start, and each fetch from another broker up to replica.fetch.response.max.bytes. Without room the broker ends with an OutOfMemoryError.',
    source: 'ConfigDef 4.3.1',
    check(model, report) {
      const needed = brokerHeapMiB(model);
      for (const pool of brokerPools(model)) {
        if (pool.heapMiB === undefined || pool.heapMiB >= needed) continue;
        report({
          path: ['nodePools', pool.name],
          message: `the Java heap of a broker is small, got ${pool.heapMiB} MiB; ${needed} MiB are needed with ${plural(model.brokerCount, 'broker')}.`,
          hint: `Raise heap to ${needed}MiB or more${model.target === 'local' ? ' (targets.local.heap)' : ''}.`,
        });
      }
    },
  },
  {
    code: 'CAPACITY-PAGE-CACHE',
    level: 'warning',
    what: `The memory beside the Java heap holds ${PAGE_CACHE_SECONDS} seconds of what is written to a broker.`,
    why: 'Consumers that keep up are then served from memory; otherwise every read goes to disk, against the writes.',
    source: 'Apache Kafka documentation, Hardware and OS: write throughput x 30 s',
    check(model, report) {
      const demand = demandOf(model);
      if (demand === undefined) return;
      for (const pool of brokerPools(model)) {
        if (pool.memoryMiB === undefined || pool.heapMiB === undefined) continue;
        const cache = (pool.memoryMiB - pool.heapMiB) * MIB;
        const needed = demand.inBytesPerSecond * PAGE_CACHE_SECONDS;
        if (cache >= needed) continue;
        report({
          path: ['nodePools', pool.name],
          message: `the page cache is small for the declared load, got ${formatBytes(cache)}; ${formatBytes(needed)} hold ${PAGE_CACHE_SECONDS} seconds of it on ${leftOf(model, demand)}.`,
          hint: 'Raise memory, or use more brokers.',
        });
      }
    },
  },
];

function brokerPools(model: EnvironmentModel): NodePoolModel[] {
  return model.pools.filter(({ roles }) => roles.includes('broker'));
}

function forEachKind(
  model: EnvironmentModel,
  look: (demand: Demand, pool: NodePoolModel, capacity: NodeCapacity) => void,
): void {
  const demand = demandOf(model);
  if (demand === undefined) return;
  for (const pool of brokerPools(model)) look(demand, pool, nodeCapacityOf(model, pool));
}

interface Bottleneck {
  readonly what: string;
  readonly limit: number;
  /** Share of the limit that may be used. */
  readonly share: number;
  readonly flows: readonly (readonly [direction: string, bytesPerSecond: number])[];
  readonly demand: Demand;
}

function bottleneck(model: EnvironmentModel, report: Report, pool: NodePoolModel, found: Bottleneck): void {
  const usable = found.limit * found.share;
  const worst = Math.max(...found.flows.map(([, flow]) => flow));
  if (worst <= usable) return;
  const path: Path =
    model.spec.capacity?.network !== undefined && found.what === 'network'
      ? ['capacity', 'network']
      : ['nodePools', pool.name, 'replicas'];
  const flows = found.flows.map(([direction, flow]) => `${formatBytes(flow)}/s ${direction}`).join(' and ');
  report({
    path,
    message: `the ${found.what} of a broker is too small for the declared load, got ${formatBytes(found.limit)}/s, ${formatBytes(usable)}/s of it to use; ${flows} are needed on ${leftOf(model, found.demand)}.`,
    hint: `Use ${Math.ceil((worst / usable) * found.demand.brokers) + (model.brokerCount - found.demand.brokers)} brokers, or larger ones.`,
  });
}

/** `4 of 6 brokers (a rack lost)`. */
function leftOf(model: EnvironmentModel, demand: Demand): string {
  const lost = { nothing: 'nothing lost', node: 'a node lost', rack: 'a rack lost' }[model.capacity.survive];
  return `${demand.brokers} of ${plural(model.brokerCount, 'broker')} (${lost})`;
}

/** Volumes come in tens of GiB. */
function roundUp(bytes: number): number {
  const step = 10 * 1024 ** 3;
  return Math.ceil(bytes / step) * step;
}
