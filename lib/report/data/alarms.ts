import type { EnvironmentModel } from '../../core/model';
import { runbookOf, SIGNALS, watched, type Question, type Severity } from '../../core/signals';

export interface AlarmRow {
  readonly id: string;
  readonly title: string;
  readonly question: Question;
  readonly why: string;
  readonly severity: Severity;
  /** How long it has to be wrong, minutes. */
  readonly forMinutes: number;
  readonly runbook: string;
}

export interface AlarmsSection {
  readonly alarms: readonly AlarmRow[];
  /** Why there is none. */
  readonly none?: string;
  readonly notify: readonly { readonly severity: Severity; readonly who: string }[];
  readonly promises: readonly { readonly group: string; readonly promise: string }[];
}

/** What is watched in this environment, in the order of the catalogue, and who is told. */
export function alarmsSection(model: EnvironmentModel): AlarmsSection {
  const { notify, lag } = model.spec.monitoring ?? {};
  const none = noAlarms(model);
  return {
    alarms: none === undefined ? alarmRows(model) : [],
    ...(none === undefined ? {} : { none }),
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

function alarmRows(model: EnvironmentModel): AlarmRow[] {
  const of = watched(model);
  return SIGNALS.flatMap((signal): AlarmRow[] => {
    const alert = signal.prometheus(of);
    if (alert === undefined) return [];
    const { id, title, question, why, severity } = signal;
    return [{ id, title, question, why, severity, forMinutes: alert.forMinutes, runbook: runbookOf(signal) }];
  });
}

function noAlarms({ managedBy, metrics }: EnvironmentModel): string | undefined {
  if (managedBy !== 'self') return 'The brokers are those of a service; their alarms are made where its metrics are.';
  return metrics.enabled ? undefined : 'Metrics are switched off (monitoring.metrics), so nothing is watched.';
}
