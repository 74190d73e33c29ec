import { formatDuration } from '../../../core/units';
import type { Board, BoardContext } from '../board';
import { lines, number } from '../panel';
import { choice } from '../variables';
import { RECORDED } from '../../recording-rules';
import { workers } from './connect';

/** Whether mirrors copy, and how far what is here is behind what is there. */
export function mirrors({ model, series }: BoardContext): Board {
  const { mirrors: declared, workers: group } = model.mirrorMaker!;
  const of = 'source=~"$source"';
  const running = declared.filter(({ state, deleted }) => state === 'running' && deleted === undefined);
  const task = (status: string): string =>
    series('kafka_connect_connector_task_metrics_status', `kafka="mirror",status="${status}"`);
  return {
    id: 'mirrors',
    title: 'Mirrors',
    description:
      'Whether mirrors copy, and how far what is here is behind what is there: what would be lost with the source.',
    variables: [choice('source', { label: 'Source', series: series(RECORDED.mirrorRecords) })],
    sections: [
      {
        title: 'Do they run?',
        panels: [
          ...workers({ series }, { kafka: 'mirror', declared: group.replicas, signal: 'mirror-worker-down' }),
          number({
            title: 'Failed tasks',
            description: 'MirrorMaker does not start them again by itself.',
            queries: [{ expression: `count(${task('failed')}) or vector(0)` }],
            unit: 'none',
            limits: { critical: 1 },
            signal: 'mirror-task-failed',
          }),
          number({
            title: 'Running tasks',
            description: 'Of all mirrors: those that copy, those that translate offsets, those that send heartbeats.',
            queries: [{ expression: `count(${task('running')}) or vector(0)` }],
            unit: 'none',
          }),
        ],
      },
      {
        title: 'Are they late?',
        panels: [
          ...running.map((mirror) =>
            number({
              title: `${mirror.name}, of ${formatDuration(mirror.maxLagMs)}`,
              description: `From when a record was written in ${mirror.alias} to when it was here, of the slowest partition.`,
              queries: [{ expression: `max(${series(RECORDED.mirrorLatency, `source="${mirror.alias}"`)})` }],
              unit: 's',
              limits: { warning: mirror.maxLagMs / 2000, critical: mirror.maxLagMs / 1000 },
              signal: 'mirror-late',
              mayBeEmpty: true,
            }),
          ),
          lines({
            title: 'Slowest topics',
            description: 'How old records are when they are here. A mirror that catches up begins high and falls.',
            queries: [
              { expression: `topk(10, ${series(RECORDED.mirrorLatency, of)})`, legend: '{{source}} {{topic}}' },
            ],
            unit: 's',
            signal: 'mirror-late',
            mayBeEmpty: true,
          }),
          lines({
            title: 'Offsets of groups',
            description: 'How old the place of a group is when it is known here: how much it would read again.',
            queries: [
              {
                expression: `topk(10, max by (source, group) (${series('kafka_connect_mirror_checkpoint_latency_ms_max', of)}))`,
                legend: '{{source}} {{group}}',
              },
            ],
            unit: 'ms',
            mayBeEmpty: true,
          }),
        ],
      },
      {
        title: 'What do they copy?',
        panels: [
          lines({
            title: 'Bytes',
            description: 'By source.',
            queries: [{ expression: `sum by (source) (${series(RECORDED.mirrorBytes, of)})`, legend: '{{source}}' }],
            unit: 'Bps',
            signal: 'mirror-stopped',
          }),
          lines({
            title: 'Records, of ten topics',
            description: 'A line that ends at 0 while producers go on there: look at the tasks.',
            queries: [{ expression: `topk(10, ${series(RECORDED.mirrorRecords, of)})`, legend: '{{topic}}' }],
            unit: 'cps',
            signal: 'mirror-stopped',
          }),
        ],
      },
    ],
  };
}
