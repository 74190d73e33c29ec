import { OPTION_TABLES } from './options';
import type { OptionInfo, OptionKind, OptionValidator, UpdateMode } from './option';

/** What a person asks of an option. */
export interface OptionExplanation {
  readonly name: string;
  readonly documentation: string;
  readonly type: string;
  /** `none` where Kafka has none. */
  readonly defaultValue: string;
  /** What is allowed beyond the type; empty where anything of the type is. */
  readonly allowed: string;
  /** What it takes to change it. */
  readonly update: string;
  /** `4.1` or `3.9 or older`. */
  readonly since: string;
}

const UPDATES: Readonly<Record<UpdateMode, string>> = {
  'read-only': 'needs a restart',
  'per-broker': 'changes at run time, broker by broker',
  'cluster-wide': 'changes at run time, for one broker or for all',
  'per-topic': 'changes at run time',
};

/** Documentation, default and update mode of an option in one version (`4.1`); undefined where that version does not have it. */
export function explainOption(kind: OptionKind, name: string, version: string): OptionExplanation | undefined {
  const table = OPTION_TABLES[kind];
  const option = table.option(name, version);
  if (option === undefined) return undefined;
  const oldest = Object.keys(table.data.releases)[0];
  return {
    name,
    documentation: option.documentation,
    type: option.type,
    defaultValue: describeDefault(option),
    allowed: option.validator === undefined ? '' : describeValidator(option.validator),
    update: UPDATES[option.update],
    since: option.since === oldest ? `${option.since} or older` : option.since,
  };
}

function describeDefault(option: OptionInfo): string {
  const { defaultValue, brokerOption } = option;
  if (option.required) return 'none, it must be set';
  const value = defaultValue === undefined ? 'none' : defaultValue === '' ? 'empty' : defaultValue;
  return brokerOption === undefined ? value : `${value}, unless the broker says otherwise with ${brokerOption}`;
}

function describeValidator(validator: OptionValidator): string {
  switch (validator.kind) {
    case 'range': {
      const { min, max, or } = validator;
      const bounds = [min === undefined ? [] : [`at least ${min}`], max === undefined ? [] : [`at most ${max}`]].flat();
      return bounds.join(', ') + (or === undefined ? '' : `, or ${or}`);
    }
    case 'one-of':
      return validator.values.join(', ');
    case 'one-of-ignoring-case':
      return validator.values.join(', ').toLowerCase();
    case 'list':
      return [
        validator.values === undefined ? [] : [`a list of ${validator.values.join(', ')}`],
        validator.nonEmpty === true ? ['not empty'] : [],
        validator.unique === true ? ['each element once'] : [],
        validator.maxSize === undefined ? [] : [`at most ${validator.maxSize} elements`],
      ]
        .flat()
        .join('; ');
    case 'non-empty':
      return 'not empty';
    case 'non-null':
      return '';
    case 'all':
      return validator.validators.map(describeValidator).join('; ');
    case 'text':
      return validator.text;
  }
}
