import { diskShares, MOST_REPLICAS } from '../../../core/signals';
import type { BoardContext, Section } from '../board';
import { bars, lines } from '../panel';
import { BY_NODE, most, OF } from './of-nodes';

const REPLICAS = 'kafka_server_replicamanager';

export function machines({ model, series }: BoardContext): Section {
  const { warning, critical } = diskShares(model);
  const oldGen = 'pool="G1 Old Gen",kafka="node",node=~"$node"';
  return {
    title: 'Disk and memory',
    panels: [
      bars({
        title: 'Fullest disks',
        description: 'Fifteen of them, now.',
        queries: [
          {
            expression: `topk(15, 1 - ${series('kafka_log_dir_free_bytes', OF)} / (${series('kafka_log_dir_size_bytes', OF)} > 0))`,
            legend: '{{node}} {{log_dir}}',
          },
        ],
        unit: 'percentunit',
        limits: { warning, critical },
        signal: 'disk-filling',
        ofExporter: true,
      }),
      lines({
        title: 'Garbage collection',
        description: 'Share of the time that threads stand still for it.',
        queries: [
          {
            expression: most(
              `sum by (node) (rate(${series('jvm_gc_collection_seconds_sum', `kafka="node",${OF}`)}[$__rate_interval]))`,
            ),
            legend: BY_NODE,
          },
        ],
        unit: 'percentunit',
        limits: { critical: 0.1 },
        signal: 'garbage-collection',
      }),
      lines({
        title: 'Heap after a collection',
        description: 'What is left when all that can go is gone, of what there may be.',
        queries: [
          {
            expression: most(
              `sum by (node) (${series('jvm_memory_pool_collection_used_bytes', oldGen)}) / sum by (node) (${series('jvm_memory_pool_max_bytes', oldGen)} > 0)`,
            ),
            legend: BY_NODE,
          },
        ],
        unit: 'percentunit',
        limits: { critical: 0.8 },
        signal: 'heap-full',
      }),
      lines({
        title: 'Open files',
        description: 'Of those that the process may have open.',
        queries: [
          {
            expression: most(
              `max by (node) (${series('process_open_fds', `kafka="node",${OF}`)} / ${series('process_max_fds', `kafka="node",${OF}`)})`,
            ),
            legend: BY_NODE,
          },
        ],
        unit: 'percentunit',
        limits: { warning: 0.8 },
        signal: 'file-descriptors',
      }),
    ],
  };
}

export function replicas({ series }: BoardContext): Section {
  const by = (name: string): string => most(`max by (node) (${series(`${REPLICAS}_${name}`, OF)})`);
  return {
    title: 'Replicas',
    panels: [
      lines({
        title: 'Replicas',
        description: `Restarts, elections and memory grow with them; beyond ${MOST_REPLICAS} add brokers.`,
        queries: [{ expression: by('partitioncount'), legend: BY_NODE }],
        unit: 'short',
        width: 8,
        signal: 'too-many-replicas',
      }),
      lines({
        title: 'Leaders',
        description: 'Even, or a broker does the work of others.',
        queries: [{ expression: by('leadercount'), legend: BY_NODE }],
        unit: 'short',
        width: 8,
        signal: 'leaders-uneven',
      }),
      lines({
        title: 'Furthest behind their leaders',
        description: 'Records that a follower has yet to copy, of its slowest partition.',
        queries: [
          {
            expression: most(`max by (node) (${series('kafka_server_replicafetchermanager_maxlag', OF)})`),
            legend: BY_NODE,
          },
        ],
        unit: 'short',
        width: 8,
        signal: 'under-replicated',
      }),
      lines({
        title: 'Replicas that fall out of sync and come back',
        description: 'A second. A restart is one step; a saw is a disk or a network that stalls.',
        queries: [
          {
            expression: `sum(rate(${series(`${REPLICAS}_isrshrinks_total`, OF)}[$__rate_interval]))`,
            legend: 'out',
          },
          { expression: `sum(rate(${series(`${REPLICAS}_isrexpands_total`, OF)}[$__rate_interval]))`, legend: 'back' },
        ],
        unit: 'cps',
        signal: 'isr-flapping',
      }),
      lines({
        title: 'Being moved',
        description: 'Partitions whose replicas change brokers.',
        queries: [{ expression: `sum(${series(`${REPLICAS}_reassigningpartitions`, OF)})`, legend: 'partitions' }],
        unit: 'short',
      }),
    ],
  };
}
