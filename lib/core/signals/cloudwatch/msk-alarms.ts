import { SIGNALS } from '../catalogue';
import type { Signal } from '../signal';
import { metricsOf, type CloudWatchAlarm } from './alarm';
import {
  settingsOf,
  thresholdProblems,
  unknownSignals,
  type AlarmProblem,
  type AlarmSettings,
  type SignalAlarm,
} from './alarm-settings';
import { levelOf, MSK_LEVELS, MSK_NAMESPACE, type MskLevel } from './msk-metrics';
import type { MskWatched } from './msk-watched';

export interface MskAlarms {
  readonly alarms: readonly SignalAlarm[];
  readonly problems: readonly AlarmProblem[];
  /** Signals whose metrics are there from a higher level on only. */
  readonly unseen: readonly { readonly signal: Signal; readonly level: MskLevel }[];
}

/** All alarms of a cluster: those whose metrics its kind and its level publish. */
export function mskAlarms(watched: MskWatched, settings: AlarmSettings = {}): MskAlarms {
  const problems = [
    ...unknownSignals(
      settings,
      SIGNALS.filter(({ msk }) => msk !== undefined).map(({ id }) => id),
      'Amazon MSK',
    ),
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

/** What is wrong with what is set for one signal. */
function settingProblems({ id, msk }: Signal, watched: MskWatched, given: AlarmSettings): AlarmProblem[] {
  if (msk === undefined) return [];
  const threshold = given.thresholds?.[id];
  const settings = settingsOf(id, given);
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
    ...(threshold === undefined ? [] : thresholdProblems(id, threshold, msk.range)),
  ];
}
