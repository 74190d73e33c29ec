import { Token } from 'aws-cdk-lib/core';
import type { PropertyProblem } from '../../private/construct-failure';

/** CloudWatch API, PutMetricAlarm, read 2026-11-27. */
const MOST_CHARACTERS = 255;

/** What cannot be of the alarms that strategies came to. */
export function alarmProblems(
  planned: readonly { readonly name: string; readonly page: string }[],
  { spoken, suppressed }: { readonly spoken: boolean; readonly suppressed: boolean },
): PropertyProblem[] {
  const problems: PropertyProblem[] = [];
  const seen = new Set<string>();
  for (const { name, page } of planned) {
    if (!Token.isUnresolved(name) && name.length > MOST_CHARACTERS) {
      problems.push({
        property: 'naming',
        message: `the name of an alarm is too long, got ${name.length} characters (${name}); at most ${MOST_CHARACTERS} are allowed.`,
        hint: 'Shorten the prefix, or the name of the group.',
      });
    }
    if (seen.has(name)) {
      problems.push({
        property: 'naming',
        message: `two alarms have one name, got ${name}; each has its own.`,
        hint: 'Let the name depend on clusterName, signal and subject.',
      });
    }
    seen.add(name);
    if (page !== '' && !/^[a-z0-9-]{1,100}$/.test(page)) {
      problems.push({
        property: 'deduplication',
        message: `not the name of a page, got ${page}; lower-case letters, digits and dashes are allowed, at most 100.`,
        hint: 'Return an empty text for an alarm that speaks for itself.',
      });
    }
  }
  if (suppressed && spoken) {
    problems.push({
      property: 'suppressedBy',
      message:
        'an alarm that tells by itself cannot be kept quiet, got suppressedBy; it is allowed where alarms are pages.',
      hint: 'Use KafkaAlarmDeduplication.byQuestion(), or leave suppressedBy out.',
    });
  }
  return problems;
}
