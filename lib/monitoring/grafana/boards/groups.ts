import { durationMs } from '../../../core/units';
import type { Board, BoardContext } from '../board';
import { bars, lines, number } from '../panel';
import { choice } from '../variables';
import { RECORDED } from '../../recording-rules';

const OF = 'group=~"$group"';
const MOST = 15;

/** Which group is late, of what, and whether it catches up. */
export function groups({ model, series }: BoardContext): Board {
  const promised = Object.entries(model.spec.monitoring?.lag ?? {});
  const most = (expression: string, count = MOST): string => `topk(${count}, ${expression})`;
  const byTopic = (name: string, how: string): string => most(`${how} by (group, topic) (${series(name, OF)})`, 10);
  return {
    id: 'groups',
    title: 'Consumer groups',
    description: 'Which group is late, of which topic, and whether it catches up: what kdk exporter sees.',
    variables: [choice('group', { label: 'Group', series: series(RECORDED.groupLagRecords) })],
    sections: [
      ...(promised.length === 0
        ? []
        : [
            {
              title: 'What was promised',
              panels: promised.flatMap(([group, { maxTimeLag, maxOffsetLag }]) => [
                ...(maxTimeLag === undefined
                  ? []
                  : [
                      number({
                        title: `${group}, of ${maxTimeLag}`,
                        description: 'How long ago the record that it reads next was the newest one.',
                        queries: [{ expression: series(RECORDED.groupLagSeconds, `group="${group}"`) }],
                        unit: 's',
                        limits: { warning: durationMs(maxTimeLag) / 2000, critical: durationMs(maxTimeLag) / 1000 },
                        signal: 'group-late',
                        ofExporter: true,
                        mayBeEmpty: true,
                      }),
                    ]),
                ...(maxOffsetLag === undefined
                  ? []
                  : [
                      number({
                        title: `${group}, of ${maxOffsetLag} records`,
                        description: 'Records that it has yet to read.',
                        queries: [{ expression: series(RECORDED.groupLagRecords, `group="${group}"`) }],
                        unit: 'short',
                        limits: { warning: maxOffsetLag / 2, critical: maxOffsetLag },
                        signal: 'group-late',
                        ofExporter: true,
                        mayBeEmpty: true,
                      }),
                    ]),
              ]),
            },
          ]),
      {
        title: 'Which are late?',
        panels: [
          bars({
            title: 'Furthest behind, in time',
            description: 'Of the slowest partition, now.',
            queries: [{ expression: most(series(RECORDED.groupLagSeconds, OF)), legend: '{{group}}' }],
            unit: 's',
            signal: 'group-late',
            ofExporter: true,
            mayBeEmpty: true,
          }),
          bars({
            title: 'Furthest behind, in records',
            description: 'Of all topics, now.',
            queries: [{ expression: most(series(RECORDED.groupLagRecords, OF)), legend: '{{group}}' }],
            unit: 'short',
            signal: 'group-late',
            ofExporter: true,
            mayBeEmpty: true,
          }),
          lines({
            title: 'Behind, in time',
            description: 'A slope of one second a second: it stands still.',
            queries: [{ expression: byTopic('kafka_group_lag_seconds', 'max'), legend: '{{group}} of {{topic}}' }],
            unit: 's',
            ofExporter: true,
            mayBeEmpty: true,
          }),
          lines({
            title: 'Behind, in records',
            description: 'Whether it catches up.',
            queries: [{ expression: byTopic('kafka_group_lag_records', 'sum'), legend: '{{group}} of {{topic}}' }],
            unit: 'short',
            ofExporter: true,
            mayBeEmpty: true,
          }),
          lines({
            title: 'Fewest members',
            description: 'None: nobody reads. Fewer than before: one was lost, and the others have its partitions.',
            queries: [
              { expression: `bottomk(10, max by (group) (${series('kafka_group_members', OF)}))`, legend: '{{group}}' },
            ],
            unit: 'none',
            ofExporter: true,
            mayBeEmpty: true,
          }),
          lines({
            title: 'Groups that the coordinators know',
            description: 'By the protocol that their members speak.',
            queries: [
              {
                expression: `sum by (protocol) (${series('kafka_server_group_coordinator_metrics_groups')})`,
                legend: '{{protocol}}',
              },
            ],
            unit: 'none',
            mayBeEmpty: true,
          }),
        ],
      },
    ],
  };
}
