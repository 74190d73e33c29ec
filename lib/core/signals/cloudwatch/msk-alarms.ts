import { nearest } from '../../issue';
import { SIGNALS } from '../catalogue';
import type { Severity, Signal } from '../signal';
import { metricsOf, type CloudWatchAlarm } from './alarm';
import type { ThresholdRange } from './msk-expression';
import { levelOf, MSK_LEVELS, MSK_NAMESPACE, type MskLevel } from './msk-metrics';
import type { MskWatched } from './msk-watched';

/** What somebody wants otherwise than the catalogue has it, by ids of signals. */
export interface AlarmSettings {
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly thresholds?: Readonly<Record<string, number>>;
}

/** An alarm, and the signal that it is of. */
export interface SignalAlarm {
  readonly signal: Signal;
  readonly severity: Severity;
  readonly alarm: CloudWatchAlarm;
}

/** A setting that cannot be. */
export interface AlarmProblem {
  readonly setting: keyof AlarmSettings;
  readonly signal: string;
  /** `<what is wrong>, got <value>; <what is allowed>.` */
  readonly message: string;
  readonly hint: string;
}

export interface MskAlarms {
  readonly alarms: readonly SignalAlarm[];
  readonly problems: readonly AlarmProblem[];
  /** Signals whose metrics are there from a higher level on only. */
  readonly unseen: readonly { readonly signal: Signal; readonly level: MskLevel }[];
}

/** All alarms of a cluster: those whose metrics its kind and its level publish. */
export function mskAlarms(watched: MskWatched, settings: AlarmSettings = {}): MskAlarms {
  const problems = [
    ...unknown('severities', settings),
    ...unknown('thresholds', settings),
    ...SIGNALS.flatMap((signal) => settingProblems(signal, watched, settings)),
  ];
  const alarms: SignalAlarm[] = [];
  const unseen: { signal: Signal; level: MskLevel }[] = [];
  for (const signal of SIGNALS) {
    const severity = settings.severities?.[signal.id] ?? signal.severity;
    if (severity === 'off' || signal.msk?.on.includes(watched.kind) !== true) continue;
    const worked = signal.msk.threshold(watched);
    if (worked === undefined) continue;
    const set = signal.msk.range === undefined ? undefined : settings.thresholds?.[signal.id];
    for (const alarm of signal.msk.alarms(watched, set ?? worked)) {
      const level = neededLevel(alarm, watched);
      if (isEnough(watched.level, level)) alarms.push({ signal, severity, alarm });
      else if (!unseen.some((other) => other.signal === signal)) unseen.push({ signal, level });
    }
  }
  return { alarms, problems, unseen };
}

/** The lowest level that publishes all metrics of an alarm. */
function neededLevel(alarm: CloudWatchAlarm, { kind }: MskWatched): MskLevel {
  const levels = metricsOf(alarm.source).flatMap(({ namespace, name, dimensions }) =>
    namespace === MSK_NAMESPACE ? [levelOf(kind, name, dimensions) ?? 'DEFAULT'] : [],
  );
  return highest(levels);
}

function highest(levels: readonly MskLevel[]): MskLevel {
  return [...MSK_LEVELS].reverse().find((level) => levels.includes(level)) ?? 'DEFAULT';
}

function isEnough(have: MskLevel, need: MskLevel): boolean {
  return MSK_LEVELS.indexOf(have) >= MSK_LEVELS.indexOf(need);
}

function unknown(setting: keyof AlarmSettings, settings: AlarmSettings): AlarmProblem[] {
  const ids = SIGNALS.filter(({ msk }) => msk !== undefined).map(({ id }) => id);
  return Object.keys(settings[setting] ?? {})
    .filter((id) => !ids.includes(id))
    .map((id) => {
      const meant = nearest(id, ids);
      return {
        setting,
        signal: id,
        message: `no signal of Amazon MSK, got ${id}; ${ids.join(', ')} are allowed.`,
        hint: meant === undefined ? 'docs/guide/monitoring.md lists them.' : `Did you mean ${meant}?`,
      };
    });
}

/** What is wrong with what is set for one signal. */
function settingProblems(
  { id, msk }: Signal,
  watched: MskWatched,
  { severities, thresholds }: AlarmSettings,
): AlarmProblem[] {
  if (msk === undefined) return [];
  const severity = severities?.[id];
  const threshold = thresholds?.[id];
  const settings = [
    ...(severity === undefined || severity === 'off' ? [] : (['severities'] as const)),
    ...(threshold === undefined ? [] : (['thresholds'] as const)),
  ];
  const problem = (setting: keyof AlarmSettings, message: string, hint: string): AlarmProblem => ({
    setting,
    signal: id,
    message,
    hint,
  });
  if (!msk.on.includes(watched.kind)) {
    return settings.map((setting) =>
      problem(
        setting,
        `no metric of ${watched.kind} clusters says it, got ${id}; ${msk.on.join(', ')} clusters have it.`,
        'Remove it: an alarm on it would never fire.',
      ),
    );
  }
  const worked = msk.threshold(watched);
  const level =
    worked === undefined ? 'DEFAULT' : highest(msk.alarms(watched, worked).map((alarm) => neededLevel(alarm, watched)));
  return [
    ...(isEnough(watched.level, level)
      ? []
      : settings.map((setting) =>
          problem(
            setting,
            `the monitoring level does not publish its metrics, got ${watched.level}; ${level} is needed.`,
            `Raise the monitoring level to ${level}, or remove it.`,
          ),
        )),
    ...(threshold === undefined ? [] : thresholdProblems(threshold, msk.range, problem.bind(undefined, 'thresholds'))),
  ];
}

function thresholdProblems(
  threshold: number,
  range: ThresholdRange | undefined,
  problem: (message: string, hint: string) => AlarmProblem,
): AlarmProblem[] {
  if (range === undefined) {
    return [
      problem(
        `the signal has no threshold to set, got ${threshold}; it compares with a count of none or with what is promised.`,
        'Remove it; promises of groups are in monitoring.lag.',
      ),
    ];
  }
  if (threshold >= range.least && threshold <= range.most) return [];
  return [
    problem(
      `the threshold is out of range, got ${threshold}; ${range.least} to ${range.most} (${range.unit}) are allowed.`,
      'An alarm on it would fire always or never.',
    ),
  ];
}
