import type { ConfigEntry } from '../../cluster';
import { formatPath, type Issue } from '../../issue';
import type { Change } from '../change';
import type { DesiredBrokerOption, DesiredState } from '../desired';
import type { ObservedState } from '../observed';
import { brokerOptionCost } from './broker-option-grades';
import { finding, listSome, proposed, unread, type Differences } from './differences';
import { sameValue } from '../topics/same-value';

/** Brokers have options without a value, such as log.retention.ms beside log.retention.hours. */
const NONE = 'none';

interface OnBroker {
  readonly broker: number;
  readonly value: string;
  readonly source: ConfigEntry['source'];
}

/**
 * Options of all brokers. One that can change while brokers run is set as their dynamic default, which holds beside the files that say
 * the same; every other difference is told, since only a restart of brokers does away with it.
 */
export function brokerOptionDifferences(desired: DesiredState, observed: ObservedState): Differences {
  const options = desired.brokerOptions ?? [];
  if (desired.brokerOptions === undefined) return { changes: [], findings: [] };
  if (observed.brokerOptions === undefined) return unread('the options of brokers', 'kafka.config');
  const values = valuesByOption(observed.brokerOptions);
  const changes: Change[] = [];
  const findings: Issue[] = [];
  for (const option of options) {
    const different = (values.get(option.option) ?? [])
      // Where only a restart changes it, nothing shown may be a secret, or an option of a plug-in.
      .filter(({ value }) => value !== undefined || option.update === 'cluster-wide')
      .map(({ value = NONE, ...rest }): OnBroker => ({ ...rest, value }))
      .filter(({ value }) => !sameValue(value, option.value));
    const hidden = different.filter(({ source }) => source === 'broker');
    const rest = different.filter(({ source }) => source !== 'broker');
    if (hidden.length > 0) findings.push(hides(option, hidden));
    if (rest.length === 0) continue;
    if (option.update === 'cluster-wide') changes.push(setting(option, rest));
    else findings.push(needsRestart(option, rest));
  }
  const silent = observed.cluster.brokers.filter(({ id }) => !observed.brokerOptions!.has(id)).map(({ id }) => id);
  if (silent.length > 0) findings.push(notCompared(silent));
  return { changes, findings: [...findings, ...undeclared(options, observed.clusterOptions ?? [])] };
}

type Shown = Omit<OnBroker, 'value'> & { readonly value: string | undefined };

function valuesByOption(brokers: NonNullable<ObservedState['brokerOptions']>): Map<string, Shown[]> {
  const values = new Map<string, Shown[]>();
  for (const [broker, entries] of [...brokers].sort(([a], [b]) => a - b))
    for (const { option, value, source } of entries) {
      const same = values.get(option);
      if (same === undefined) values.set(option, [{ broker, value, source }]);
      else same.push({ broker, value, source });
    }
  return values;
}

function setting({ option, value, path }: DesiredBrokerOption, different: readonly OnBroker[]): Change {
  const from = [...new Set(different.map((one) => one.value))];
  const cost = brokerOptionCost(option, from, value);
  const text = from.length === 1 ? from[0]! : onBrokers(different);
  return proposed({
    id: `set-broker-option all ${option}`,
    code: 'BROKER-OPTION',
    path,
    subject: 'all brokers',
    summary: `${option} ${text} -> ${value}`,
    from: text,
    to: value,
    ...cost,
    operation: { kind: 'set-broker-option', option, value },
  });
}

function needsRestart({ option, value, path }: DesiredBrokerOption, different: readonly OnBroker[]): Issue {
  return finding(
    'BROKER-RESTART',
    path,
    `${option} is not as declared, got ${onBrokers(different)}; ${value} is declared.`,
    'It needs a rolling restart: kdk roll on hosts and on this machine, the rendered manifests on Kubernetes; each broker when the one before is back in sync.',
  );
}

function hides({ option, value, path }: DesiredBrokerOption, hidden: readonly OnBroker[]): Issue {
  return finding(
    'BROKER-OPTION-HIDDEN',
    path,
    `a dynamic value of single brokers hides ${option}, got ${onBrokers(hidden)}; ${value} is declared.`,
    `Remove it there: kafka-configs --entity-type brokers --entity-name ${hidden[0]!.broker} --alter --delete-config ${option}.`,
  );
}

function notCompared(brokers: readonly number[]): Issue {
  return finding(
    'PLAN-UNREAD',
    'kafka.config',
    `brokers did not tell their options, got no answer of ${listSome(brokers.map(String))}; they are not compared.`,
    'Plan again when they are back.',
  );
}

/** Dynamic defaults that somebody set by hand; they win over the files of brokers. */
function undeclared(options: readonly DesiredBrokerOption[], entries: readonly ConfigEntry[]): Issue[] {
  const declared = new Set(options.map(({ option }) => option));
  return entries
    .filter(({ option, source }) => source === 'cluster' && !declared.has(option))
    .map(({ option, value }) =>
      finding(
        'BROKER-OPTION-UNDECLARED',
        formatPath(['kafka', 'config', option]),
        `a dynamic default of all brokers is not declared, got ${option} ${value ?? '(a secret)'}; it wins over the files of brokers and is left alone.`,
        `Declare it under kafka.config, or remove it: kafka-configs --entity-type brokers --entity-default --alter --delete-config ${option}.`,
      ),
    );
}

/** `2 on broker 1, 3 on brokers 2 and 3` */
function onBrokers(values: readonly OnBroker[]): string {
  const byValue = new Map<string, string[]>();
  for (const { value, broker } of values) byValue.set(value, [...(byValue.get(value) ?? []), String(broker)]);
  return [...byValue]
    .map(([value, brokers]) => `${value} on ${brokers.length === 1 ? 'broker' : 'brokers'} ${listSome(brokers)}`)
    .join(', ');
}
