import type { AlarmRow, AlarmsSection } from '../../data/alarms';
import type { ReportData } from '../../report-data';
import { markup, type Html } from '../markup';
import { state, type Section } from '../section';
import { table } from '../table';
import { capitalised, counted, enumerated, uncapitalised } from '../words';

/** What is watched, and what to do when it happens. */
export function alarmsPart({ alarms }: ReportData): Section {
  return {
    id: 'alarms',
    title: 'Alarms',
    lead: leadOf(alarms),
    body: [facts(alarms), alarms.alarms.length === 0 ? undefined : alarmTable(alarms.alarms)],
  };
}

function leadOf({ alarms, none, unseen }: AlarmsSection): string {
  if (none !== undefined) return none;
  const critical = alarms.filter(({ severity }) => severity === 'critical').length;
  return [
    `${counted(alarms.length, 'alarm')}, ${critical} of them critical: those wake somebody up. Each has a page that says what to do.`,
    ...(unseen.length === 0
      ? []
      : [
          `Not seen at the monitoring level of the cluster: ${enumerated(unseen.map((title) => uncapitalised(title)))}.`,
        ]),
  ].join(' ');
}

function facts({ notify, promises }: AlarmsSection): Html | undefined {
  if (notify.length + promises.length === 0) return undefined;
  return markup`<dl class="facts wide">
    ${notify.map(
      ({ severity, who }) =>
        markup`<div>
          <dt>Told of ${severity}</dt>
          <dd><code>${who}</code></dd>
        </div> `,
    )}${promises.map(
      ({ group, promise }) =>
        markup`<div>
          <dt>Group <code>${group}</code></dt>
          <dd>promises to be ${promise}</dd>
        </div> `,
    )}
  </dl>`;
}

function alarmTable(rows: readonly AlarmRow[]): Html {
  return table<AlarmRow>({
    id: 'alarm-table',
    caption: 'What is watched',
    rows,
    columns: [
      {
        label: 'Alarm',
        value: ({ title }) => title,
        cell: ({ title, runbook }) => markup`<a href="${runbook}">${title}</a>`,
      },
      {
        label: 'Severity',
        value: ({ severity }) => (severity === 'critical' ? 0 : 1),
        cell: ({ severity }) => state(severity, severity),
      },
      { label: 'Watched by', cell: ({ by }) => by.join(', ') },
      { label: 'Asks', cell: ({ question }) => `${capitalised(question)}?` },
      {
        label: 'After',
        kind: 'number',
        cell: ({ forMinutes }) => `${forMinutes} min`,
        value: ({ forMinutes }) => forMinutes,
      },
      {
        label: 'Why it matters',
        cell: ({ why, conditions }) => [
          why,
          conditions.map((condition) => markup`<span class="fine block">${condition}</span>`),
        ],
      },
    ],
  });
}
