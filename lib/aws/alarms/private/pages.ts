import { CfnCompositeAlarm, type CfnAlarm, type CfnCompositeAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Of a rule: alarms, and characters (CloudWatch User Guide, composite alarms, read 2026-11-27). */
const MOST_ALARMS = 100;
const MOST_CHARACTERS = 10_240;

/** What a page waits for the alarm that keeps it quiet, and how long it stays quiet after it, seconds. */
const WAIT_SECONDS = 120;
const EXTENSION_SECONDS = 300;

export interface NamedAlarm {
  readonly name: string;
  readonly resource: CfnAlarm | CfnCompositeAlarm;
}

export interface PageProps {
  readonly name: string;
  readonly description: string;
  readonly alarms: readonly NamedAlarm[];
  readonly actions: Pick<CfnCompositeAlarmProps, 'alarmActions' | 'okActions'>;
  /** Keeps it quiet. */
  readonly quiet?: { readonly alarm: string; readonly after?: CfnCompositeAlarm };
}

/** One alarm that tells what several see; of more than a rule takes, it is over alarms that stand for some each. */
export function page(
  scope: Construct,
  id: string,
  { name, description, alarms, actions, quiet }: PageProps,
): NamedAlarm {
  const parts = inParts(alarms);
  const all =
    parts.length === 1
      ? alarms
      : parts.map((part, index) =>
          composite(scope, `${id}-part-${index + 1}`, `${name}-part-${index + 1}`, part, {
            alarmDescription: `A part of ${name}.`,
          }),
        );
  const made = composite(scope, id, name, all, {
    alarmDescription: description,
    ...actions,
    ...(quiet === undefined
      ? {}
      : {
          actionsSuppressor: quiet.alarm,
          actionsSuppressorWaitPeriod: WAIT_SECONDS,
          actionsSuppressorExtensionPeriod: EXTENSION_SECONDS,
        }),
  });
  if (quiet?.after !== undefined) made.resource.node.addDependency(quiet.after);
  return made;
}

/** An alarm that is on while any of these is. */
export function composite(
  scope: Construct,
  id: string,
  name: string,
  alarms: readonly NamedAlarm[],
  more: Partial<CfnCompositeAlarmProps> = {},
): NamedAlarm & { readonly resource: CfnCompositeAlarm } {
  const resource = new CfnCompositeAlarm(scope, id, {
    alarmName: name,
    alarmRule: alarms.map(ruleOf).join(' OR '),
    ...more,
  });
  for (const alarm of alarms) resource.node.addDependency(alarm.resource);
  return { name, resource };
}

function ruleOf({ name }: Pick<NamedAlarm, 'name'>): string {
  return `ALARM("${name}")`;
}

function inParts(alarms: readonly NamedAlarm[]): NamedAlarm[][] {
  const parts: NamedAlarm[][] = [[]];
  let characters = 0;
  for (const alarm of alarms) {
    const length = ruleOf(alarm).length + 4;
    if (parts.at(-1)!.length === MOST_ALARMS || characters + length > MOST_CHARACTERS) {
      parts.push([]);
      characters = 0;
    }
    parts.at(-1)!.push(alarm);
    characters += length;
  }
  return parts;
}
