import type { Path } from '../issue';
import type { EnvironmentModel, NodeModel } from '../model';
import { formatBytes, MIB } from '../units';
import { overridePath } from './hint';
import type { Rule } from './rule';

/** Kafka does not start reliably below this; the kit's laptop nodes have 384 MiB. */
const LEAST_HEAP_MIB = 256;
const LEAST_VOLUME = 256 * MIB;

/** Nodes, their ids, memory and volumes. */
export const NODE_RULES: readonly Rule[] = [
  {
    code: 'NODE-ID-DUPLICATE',
    level: 'error',
    what: 'Every node has an id of its own.',
    why: 'Two nodes with one id take turns in throwing each other out of the cluster.',
    source: 'Apache Kafka documentation, node.id',
    check(model, report) {
      const owners = new Map<number, NodeModel>();
      for (const node of model.nodes) {
        const owner = owners.get(node.id);
        owners.set(node.id, owner ?? node);
        if (owner === undefined) continue;
        report({
          path: nodeIdPath(model, node),
          message: `two nodes have the same id, got ${node.id} for ${owner.name} and ${node.name}; each id belongs to one node.`,
          hint:
            model.target === 'hosts'
              ? 'Give one of them another nodeId.'
              : `Let ${node.pool.name} begin elsewhere with nodeIds: { start: ... }; pools may not overlap, also when they grow.`,
        });
      }
    },
  },
  {
    code: 'NODE-HEAP',
    level: 'error',
    what: `The Java heap of a node is at least ${LEAST_HEAP_MIB} MiB and leaves memory for the page cache.`,
    why: 'The log cleaner alone takes 128 MiB of heap. Memory beyond the heap is the page cache, from which consumers that keep up are served.',
    source: 'log.cleaner.dedupe.buffer.size in ConfigDef 4.3.1; Apache Kafka documentation, Hardware and OS',
    check(model, report) {
      for (const { name, heapMiB, memoryMiB } of model.pools) {
        if (heapMiB === undefined) continue;
        const pool = model.spec.nodePools[name];
        const path: Path =
          pool?.heap !== undefined
            ? ['nodePools', name, 'heap']
            : pool?.memory !== undefined
              ? ['nodePools', name, 'memory']
              : model.target === 'local' && model.spec.targets?.local?.heap !== undefined
                ? ['targets', 'local', 'heap']
                : ['nodePools', name];
        if (heapMiB < LEAST_HEAP_MIB) {
          report({
            path,
            message: `the Java heap is too small to start Kafka, got ${heapMiB} MiB; at least ${LEAST_HEAP_MIB} MiB is allowed.`,
            hint: 'Raise it.',
          });
        } else if (memoryMiB !== undefined && heapMiB > memoryMiB * 0.75) {
          report({
            path,
            message: `the Java heap leaves too little of the memory, got ${heapMiB} MiB of ${memoryMiB} MiB; at most three quarters is allowed.`,
            hint: 'Lower heap, or raise memory.',
          });
        }
      }
    },
  },
  {
    code: 'NODE-VOLUMES',
    level: 'error',
    what: 'On EC2 and Kubernetes every pool says how large its volumes are.',
    why: 'A volume is made there, and its size cannot be guessed: it is what the environment costs and how long records are kept.',
    source: 'the environment schema',
    check(model, report) {
      if (model.target !== 'ec2' && model.target !== 'kubernetes') return;
      for (const { name, volumeBytes } of model.pools) {
        if (volumeBytes.length > 0) continue;
        report({
          path: ['nodePools', name],
          message: `the pool has no volumes, got none; at least one is needed on ${model.target}.`,
          hint: `Add volumes: [{ size: 100GiB }], or ${overridePath(model, ['nodePools', name, 'volumes'])}.`,
        });
      }
    },
  },
  {
    code: 'NODE-VOLUME-SIZE',
    level: 'error',
    what: `A volume of a node of one's own holds at least ${LEAST_VOLUME / MIB} MiB.`,
    why: 'Kafka makes an index of 10 MiB twice for every partition before it writes to it, and fails where there is no room.',
    source: 'Apache Kafka documentation, log.index.size.max.bytes',
    check(model, report) {
      if (model.managedBy !== 'self') return;
      for (const { name, volumeBytes } of model.pools) {
        for (const [index, bytes] of volumeBytes.entries()) {
          if (bytes >= LEAST_VOLUME) continue;
          report({
            path: ['nodePools', name, 'volumes', index, 'size'],
            message: `the volume is too small for Kafka to start, got ${formatBytes(bytes)}; at least ${formatBytes(LEAST_VOLUME)} is allowed.`,
            hint: 'Write for example 100GiB.',
          });
        }
      }
    },
  },
  {
    code: 'NODE-POOL-KEY',
    level: 'error',
    what: 'A pool has no keys that its target cannot honour.',
    why: 'A service sizes its own nodes and chooses their ids, and hosts carry their ids in the inventory. A key that is silently ignored is worse than one that is refused.',
    source: 'Amazon MSK developer guide, Broker sizes',
    check(model, report) {
      const refused: readonly ('heap' | 'memory' | 'nodeIds' | 'config')[] =
        model.managedBy === 'service'
          ? ['heap', 'memory', 'nodeIds', 'config']
          : model.target === 'hosts'
            ? ['nodeIds']
            : [];
      for (const key of refused) {
        for (const [name, pool] of Object.entries(model.spec.nodePools)) {
          if (pool[key] === undefined) continue;
          report({
            path: ['nodePools', name, key],
            message: `${model.target} cannot honour ${key} of a node pool, got ${JSON.stringify(pool[key])}; leave it out there.`,
            hint: `Remove it, or write ${overridePath(model, ['nodePools', name, key])}: null.`,
          });
        }
      }
    },
  },
];

function nodeIdPath(model: EnvironmentModel, node: NodeModel): Path {
  if (model.target === 'hosts') return ['targets', 'hosts', 'inventory', node.name, 'nodeId'];
  return model.spec.nodePools[node.pool.name]?.nodeIds === undefined
    ? ['nodePools', node.pool.name]
    : ['nodePools', node.pool.name, 'nodeIds', 'start'];
}
