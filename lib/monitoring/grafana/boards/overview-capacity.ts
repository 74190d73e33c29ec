import { bytesPerSecondDeclared, diskShares, handlersIdle } from '../../../core/signals';
import { formatBytes } from '../../../core/units';
import type { BoardContext, Section } from '../board';
import { lines, none, number } from '../panel';

const TOPICS = 'kafka_server_brokertopicmetrics';

export function full({ model, series }: BoardContext): Section {
  const { warning, critical } = diskShares(model);
  const used = `1 - ${series('kafka_log_dir_free_bytes')} / (${series('kafka_log_dir_size_bytes')} > 0)`;
  return {
    title: 'Will it be full?',
    panels: [
      number({
        title: 'Fullest disk',
        description:
          'Orange where the room is used up that the capacity check left, red where the disk is about to go offline.',
        queries: [{ expression: `max(${used})` }],
        unit: 'percentunit',
        limits: { warning, critical },
        signal: 'disk-filling',
        ofExporter: true,
      }),
      number({
        title: 'Days until one is full',
        description: 'If it goes on as in the last six hours.',
        queries: [
          {
            expression: `min(${series('kafka_log_dir_free_bytes')} / (-deriv(${series('kafka_log_dir_free_bytes')}[6h]) > 0)) / 86400`,
          },
        ],
        unit: 'd',
        limits: { warning: 7, critical: 1, bad: 'below' },
        signal: 'disk-full',
        ofExporter: true,
        mayBeEmpty: true,
      }),
      none({
        title: 'Not compacted',
        description: 'Partitions that the cleaner gave up, or cleaners that died.',
        queries: [
          {
            expression: `sum(${series('kafka_log_logcleaner_deadthreadcount')}) + sum(${series('kafka_log_logcleanermanager_uncleanable_partitions_count')})`,
          },
        ],
        signal: 'cleaner-stopped',
        severity: 'warning',
      }),
      lines({
        title: 'Fullest disks',
        description: 'Ten of them.',
        queries: [{ expression: `topk(10, ${used})`, legend: '{{node}} {{log_dir}}' }],
        unit: 'percentunit',
        limits: { warning, critical },
        height: 6,
        ofExporter: true,
      }),
    ],
  };
}

export function load({ model, series }: BoardContext): Section {
  const declared = bytesPerSecondDeclared(model);
  const idle = (name: string): string => `min(${series(name)})`;
  const rate = (name: string): string => `sum(rate(${series(`${TOPICS}_${name}_total`)}[$__rate_interval]))`;
  return {
    title: 'Is it overloaded?',
    panels: [
      number({
        title: declared === 0 ? 'Produced' : `Produced, of ${formatBytes(declared)}/s declared`,
        description: 'What producers write, over all brokers, before it is copied.',
        queries: [{ expression: rate('bytesin') }],
        unit: 'Bps',
        ...(declared === 0 ? {} : { limits: { warning: declared }, signal: 'ingress-high' }),
      }),
      number({
        title: 'Busiest request handlers, idle',
        description: 'Below a third, requests wait for a thread.',
        queries: [{ expression: `min(${handlersIdle({ model, series })})` }],
        unit: 'percentunit',
        limits: { warning: 0.5, critical: 0.3, bad: 'below' },
        signal: 'request-handlers-busy',
      }),
      number({
        title: 'Busiest network threads, idle',
        description: 'TLS and many connections are their work.',
        queries: [{ expression: idle('kafka_network_socketserver_networkprocessoravgidle_percent') }],
        unit: 'percentunit',
        limits: { warning: 0.5, critical: 0.3, bad: 'below' },
        signal: 'network-threads-busy',
      }),
      lines({
        title: 'Bytes in and out',
        description: 'Of clients; what followers copy is apart.',
        queries: [
          { expression: rate('bytesin'), legend: 'produced' },
          { expression: rate('bytesout'), legend: 'consumed' },
          { expression: rate('replicationbytesin'), legend: 'copied' },
        ],
        unit: 'Bps',
        height: 6,
      }),
    ],
  };
}
