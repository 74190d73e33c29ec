import type { EnvironmentModel } from '../../core/model';
import { mskWatched } from '../../core/rules/msk-watched';
import {
  mskAlarms,
  runbookOf,
  SIGNALS,
  watched,
  type CloudWatchAlarm,
  type Question,
  type Severity,
  type Signal,
} from '../../core/signals';

export interface AlarmRow {
  readonly id: string;
  readonly title: string;
  readonly question: Question;
  readonly why: string;
  readonly severity: Severity;
  /** How long it has to be wrong, minutes. */
  readonly forMinutes: number;
  /** When it goes off, where that can be said without a figure of the moment; a sentence each. */
  readonly conditions: readonly string[];
  readonly runbook: string;
}

export interface AlarmsSection {
  /** Who watches; absent where nobody does. */
  readonly by?: 'Prometheus' | 'CloudWatch';
  readonly alarms: readonly AlarmRow[];
  /** Why there is none. */
  readonly none?: string;
  /** Titles of what is not seen at the monitoring level of the service. */
  readonly unseen: readonly string[];
  readonly notify: readonly { readonly severity: Severity; readonly who: string }[];
  readonly promises: readonly { readonly group: string; readonly promise: string }[];
}

/** What is watched in this environment, in the order of the catalogue, and who is told. */
export function alarmsSection(model: EnvironmentModel): AlarmsSection {
  const { notify, lag } = model.spec.monitoring ?? {};
  return {
    ...(model.managedBy === 'service' ? byCloudWatch(model) : byPrometheus(model)),
    notify: (['critical', 'warning'] as const).flatMap((severity) => {
      const who = notify?.[severity];
      return who === undefined ? [] : [{ severity, who }];
    }),
    promises: Object.entries(lag ?? {}).map(([group, { maxTimeLag, maxOffsetLag }]) => ({
      group,
      promise: [
        ...(maxTimeLag === undefined ? [] : [`at most ${maxTimeLag} behind`]),
        ...(maxOffsetLag === undefined ? [] : [`at most ${maxOffsetLag} records behind`]),
      ].join(', '),
    })),
  };
}

type Watching = Pick<AlarmsSection, 'by' | 'alarms' | 'none' | 'unseen'>;

function byPrometheus(model: EnvironmentModel): Watching {
  if (!model.metrics.enabled) {
    return { alarms: [], unseen: [], none: 'Metrics are switched off (monitoring.metrics), so nothing is watched.' };
  }
  const of = watched(model);
  const alarms = SIGNALS.flatMap((signal): AlarmRow[] => {
    const alert = signal.prometheus(of);
    return alert === undefined ? [] : [row(signal, { forMinutes: alert.forMinutes })];
  });
  return { by: 'Prometheus', alarms, unseen: [] };
}

/** One row a signal, however many alarms it needs. */
function byCloudWatch(model: EnvironmentModel): Watching {
  const { alarms, unseen } = mskAlarms(mskWatched(model));
  const bySignal = new Map<Signal, { severity: Severity; alarms: CloudWatchAlarm[] }>();
  for (const { signal, severity, alarm } of alarms) {
    const known = bySignal.get(signal);
    if (known === undefined) bySignal.set(signal, { severity, alarms: [alarm] });
    else known.alarms.push(alarm);
  }
  return {
    by: 'CloudWatch',
    alarms: [...bySignal].map(([signal, { severity, alarms: own }]) =>
      row(signal, {
        severity,
        forMinutes: Math.max(...own.map(({ periodSeconds, datapoints }) => (periodSeconds * datapoints) / 60)),
        conditions: [...new Set(own.map(({ summary }) => summary))],
      }),
    ),
    unseen: unseen.map(({ signal }) => signal.title),
  };
}

function row(signal: Signal, facts: Pick<AlarmRow, 'forMinutes'> & Partial<AlarmRow>): AlarmRow {
  const { id, title, question, why, severity } = signal;
  return { id, title, question, why, severity, conditions: [], runbook: runbookOf(signal), ...facts };
}
