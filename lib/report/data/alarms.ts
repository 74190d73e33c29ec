import type { EnvironmentModel } from '../../core/model';
import { ec2Watched } from '../../core/rules/ec2-watched';
import { hasAlarms, isOnAws } from '../../core/rules/aws-alarms';
import { mskWatched } from '../../core/rules/msk-watched';
import {
  ec2Alarms,
  mskAlarms,
  runbookOf,
  SIGNALS,
  watched,
  type MskAlarms,
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
  /** Who watches, the one whose figures these are first. */
  readonly by: readonly AlarmWatcher[];
}

export type AlarmWatcher = 'Prometheus' | 'CloudWatch';

export interface AlarmsSection {
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
  const watchers = watchersOf(model);
  return {
    alarms: SIGNALS.flatMap((signal): AlarmRow[] => {
      const seen = watchers.flatMap(([watcher, rows]) => {
        const row = rows.get(signal);
        return row === undefined ? [] : [{ watcher, ...row }];
      });
      if (seen.length === 0) return [];
      const { id, title, question, why } = signal;
      const { severity, forMinutes, conditions } = seen[0]!;
      const by = seen.map(({ watcher }) => watcher);
      return [{ id, title, question, why, severity, forMinutes, conditions, by, runbook: runbookOf(signal) }];
    }),
    ...(watchers.length === 0 ? { none: noneOf(model) } : {}),
    unseen: (cloudWatchAlarms(model)?.unseen ?? []).map(({ signal }) => signal.title),
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

function noneOf({ managedBy }: EnvironmentModel): string {
  return managedBy === 'service'
    ? 'No alarms are asked for: monitoring and aws.alarms say nothing, or switch them off.'
    : 'Metrics are switched off (monitoring.metrics), so nothing is watched.';
}

type Seen = Pick<AlarmRow, 'severity' | 'forMinutes' | 'conditions'>;
type Rows = ReadonlyMap<Signal, Seen>;

/** Whoever watches this environment, and what each sees. */
function watchersOf(model: EnvironmentModel): [AlarmWatcher, Rows][] {
  const watchers: [AlarmWatcher, Rows | undefined][] = [
    ['CloudWatch', byCloudWatch(model)],
    ['Prometheus', byPrometheus(model)],
  ];
  return watchers.flatMap(([watcher, rows]): [AlarmWatcher, Rows][] => (rows === undefined ? [] : [[watcher, rows]]));
}

function byPrometheus(model: EnvironmentModel): Rows | undefined {
  if (model.managedBy !== 'self' || !model.metrics.enabled) return undefined;
  const of = watched(model);
  return new Map(
    SIGNALS.flatMap((signal): [Signal, Seen][] => {
      const alert = signal.prometheus(of);
      if (alert === undefined) return [];
      return [[signal, { severity: signal.severity, forMinutes: alert.forMinutes, conditions: [] }]];
    }),
  );
}

/** One row a signal, however many alarms it needs. */
function byCloudWatch(model: EnvironmentModel): Rows | undefined {
  const alarms = cloudWatchAlarms(model)?.alarms;
  if (alarms === undefined) return undefined;
  const rows = new Map<Signal, Seen>();
  for (const { signal, severity, alarm } of alarms) {
    const minutes = (alarm.periodSeconds * alarm.datapoints) / 60;
    const { forMinutes = 0, conditions = [] } = rows.get(signal) ?? {};
    rows.set(signal, {
      severity,
      forMinutes: Math.max(forMinutes, minutes),
      conditions: [...new Set([...conditions, alarm.summary])],
    });
  }
  return rows;
}

function cloudWatchAlarms(model: EnvironmentModel): (Pick<MskAlarms, 'alarms'> & Partial<MskAlarms>) | undefined {
  if (!isOnAws(model) || !hasAlarms(model)) return undefined;
  const settings = model.spec.aws?.alarms;
  return model.target === 'ec2' ? ec2Alarms(ec2Watched(model), settings) : mskAlarms(mskWatched(model), settings);
}
