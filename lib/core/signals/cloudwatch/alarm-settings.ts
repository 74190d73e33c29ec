import { nearest } from '../../issue';
import type { Severity, Signal } from '../signal';
import type { CloudWatchAlarm } from './alarm';
import type { ThresholdRange } from './expression';

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

/** Which settings ask for a signal; to switch it off asks for nothing. */
export function settingsOf(id: string, { severities, thresholds }: AlarmSettings): (keyof AlarmSettings)[] {
  const severity = severities?.[id];
  return [
    ...(severity === undefined || severity === 'off' ? [] : (['severities'] as const)),
    ...(thresholds?.[id] === undefined ? [] : (['thresholds'] as const)),
  ];
}

/** Settings of signals that the target has not. */
export function unknownSignals(settings: AlarmSettings, ids: readonly string[], target: string): AlarmProblem[] {
  return (['severities', 'thresholds'] as const).flatMap((setting) =>
    Object.keys(settings[setting] ?? {})
      .filter((id) => !ids.includes(id))
      .map((id) => {
        const meant = nearest(id, ids);
        return {
          setting,
          signal: id,
          message: `no signal of ${target}, got ${id}; ${ids.join(', ')} are allowed.`,
          hint: meant === undefined ? 'docs/guide/monitoring.md lists them.' : `Did you mean ${meant}?`,
        };
      }),
  );
}

/** What is wrong with a threshold that is set. */
export function thresholdProblems(
  signal: string,
  threshold: number,
  range: ThresholdRange | undefined,
): AlarmProblem[] {
  const problem = (message: string, hint: string): AlarmProblem => ({ setting: 'thresholds', signal, message, hint });
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
