import { SIGNALS } from '../../catalogue';
import {
  settingsOf,
  thresholdProblems,
  unknownSignals,
  type AlarmProblem,
  type AlarmSettings,
  type SignalAlarm,
} from '../alarm-settings';
import type { Ec2Watched } from './ec2-watched';

export interface Ec2Alarms {
  readonly alarms: readonly SignalAlarm[];
  readonly problems: readonly AlarmProblem[];
}

/** All alarms of a cluster on EC2: those whose metrics are published, by AWS or by the function of the cluster. */
export function ec2Alarms(watched: Ec2Watched, settings: AlarmSettings = {}): Ec2Alarms {
  const ours = SIGNALS.flatMap((signal) => (signal.ec2 === undefined ? [] : [{ signal, expression: signal.ec2 }]));
  const isPublished = ({ expression }: (typeof ours)[number]): boolean =>
    expression.published === undefined || watched.published;
  const problems = [
    ...unknownSignals(
      settings,
      ours.map(({ signal }) => signal.id),
      'EC2',
    ),
    ...ours.flatMap((one): AlarmProblem[] => {
      const { id } = one.signal;
      const threshold = settings.thresholds?.[id];
      if (!isPublished(one)) {
        return settingsOf(id, settings).map((setting) => ({
          setting,
          signal: id,
          message: `no metric says it without the exporters of the nodes, got ${id} with monitoring.metrics: false; true is needed.`,
          hint: 'Remove monitoring.metrics, or remove it: an alarm on it would never fire.',
        }));
      }
      return threshold === undefined ? [] : thresholdProblems(id, threshold, one.expression.range);
    }),
  ];
  const alarms = ours.filter(isPublished).flatMap(({ signal, expression }): SignalAlarm[] => {
    const severity = settings.severities?.[signal.id] ?? signal.severity;
    const worked = expression.threshold(watched);
    if (severity === 'off' || worked === undefined) return [];
    const set = expression.range === undefined ? undefined : settings.thresholds?.[signal.id];
    return expression.alarms(watched, set ?? worked).map((alarm) => ({ signal, severity, alarm }));
  });
  return { alarms, problems };
}
