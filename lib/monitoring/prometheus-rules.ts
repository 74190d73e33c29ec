import { stringify } from 'yaml';
import type { EnvironmentModel } from '../core/model';
import { recordingRules, type RecordingRule } from './recording-rules';
import { runbookOf, SIGNALS, watched, type Signal } from '../core/signals';

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly (AlertRule | RecordingRule)[];
}

/** What is worked out once, then alerts, a group for each severity. */
export function ruleGroups(model: EnvironmentModel): RuleGroup[] {
  return [{ name: `${model.name}-recorded`, rules: recordingRules(model) }, ...alertGroups(model)];
}

/** Alerts of an environment, a group for each severity. */
export function alertGroups(model: EnvironmentModel): AlertGroup[] {
  const of = watched(model);
  const group = (severity: Signal['severity']): AlertGroup => ({
    name: `${model.name}-${severity}`,
    rules: SIGNALS.filter((signal) => signal.severity === severity).flatMap((signal): AlertRule[] => {
      const alert = signal.prometheus(of);
      if (alert === undefined) return [];
      return [
        {
          alert: alertName(signal),
          expr: alert.expression,
          ...(alert.forMinutes === 0 ? {} : { for: `${alert.forMinutes}m` }),
          labels: { severity, environment: model.name, signal: signal.id },
          annotations: {
            summary: `${model.name}: ${alert.summary}`,
            description: signal.why,
            runbook_url: runbookOf(signal),
          },
        },
      ];
    }),
  });
  return [group('critical'), group('warning')];
}

/** `KafkaOfflinePartitions` */
export function alertName({ id }: Signal): string {
  return `Kafka${id
    .split('-')
    .map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join('')}`;
}

/** A file that Prometheus loads by `rule_files`. */
export function rulesFile(model: EnvironmentModel): string {
  return stringify({ groups: ruleGroups(model) }, { lineWidth: 0 });
}
