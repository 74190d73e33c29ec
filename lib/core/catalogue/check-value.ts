import type { OptionInfo, OptionValidator } from './option';

/** Why Kafka would refuse a value: `not a whole number`, and `a whole number from 1 to 9 is allowed`. */
export interface ValueProblem {
  readonly what: string;
  readonly allowed: string;
}

const WHOLE_NUMBER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/;
const CLASS_NAME = /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u;
const PLACEHOLDER = /\$\{[^}:]+:[^}]+\}/;

const WHOLE_NUMBER_LIMITS = {
  short: { min: -(2n ** 15n), max: 2n ** 15n - 1n },
  int: { min: -(2n ** 31n), max: 2n ** 31n - 1n },
  long: { min: -(2n ** 63n), max: 2n ** 63n - 1n },
} as const;

/** Whether a config provider looks the value up when the node starts: `${env:NAME}` (KIP-297, KIP-421). */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** Reads `text` as Kafka's ConfigDef would; undefined where Kafka accepts it, or where only the node that starts can know. */
export function checkOptionValue(option: OptionInfo, text: string): ValueProblem | undefined {
  if (isPlaceholder(text)) return undefined;
  const value = text.trim();
  const { validator } = option;
  switch (option.type) {
    case 'boolean':
      return /^(true|false)$/i.test(value) ? undefined : { what: 'not a boolean', allowed: 'true or false is allowed' };
    case 'short':
    case 'int':
    case 'long':
      return checkWholeNumber(value, option.type, validator);
    case 'double':
      return checkNumber(value, validator);
    case 'list':
      return checkList(value === '' ? [] : value.split(/\s*,\s*/), validator);
    case 'class':
      return CLASS_NAME.test(value)
        ? undefined
        : { what: 'not the name of a class', allowed: 'a full Java class name is allowed' };
    case 'string':
      return checkText(value, validator);
    case 'password':
      return undefined;
  }
}

function checkWholeNumber(
  value: string,
  type: keyof typeof WHOLE_NUMBER_LIMITS,
  validator: OptionValidator | undefined,
): ValueProblem | undefined {
  const limits = WHOLE_NUMBER_LIMITS[type];
  const range = rangeOf(validator);
  const min = range?.min === undefined ? limits.min : BigInt(range.min);
  const max = range?.max === undefined ? limits.max : BigInt(range.max);
  const allowed = `a whole number ${rangeText(range, `from ${limits.min} to ${limits.max}`)} is allowed`;
  if (!WHOLE_NUMBER.test(value)) return { what: 'not a whole number', allowed };
  const number = BigInt(value.replace('+', ''));
  if (number >= min && number <= max) return undefined;
  return range?.or !== undefined && number === BigInt(range.or) ? undefined : { what: 'out of range', allowed };
}

function checkNumber(value: string, validator: OptionValidator | undefined): ValueProblem | undefined {
  const range = rangeOf(validator);
  const allowed = `a number ${rangeText(range, 'such as 0.5')} is allowed`;
  if (!NUMBER.test(value)) return { what: 'not a number', allowed };
  const number = Number(value.replace(/[dDfF]$/, ''));
  const inRange = number >= Number(range?.min ?? -Infinity) && number <= Number(range?.max ?? Infinity);
  return inRange ? undefined : { what: 'out of range', allowed };
}

function checkText(value: string, validator: OptionValidator | undefined): ValueProblem | undefined {
  switch (validator?.kind) {
    case 'one-of':
      return validator.values.includes(value) ? undefined : notOneOf(validator.values);
    case 'one-of-ignoring-case': {
      const upper = value.toUpperCase();
      return validator.values.some((candidate) => candidate.toUpperCase() === upper)
        ? undefined
        : notOneOf(validator.values.map((candidate) => candidate.toLowerCase()));
    }
    case 'non-empty':
      return value === '' ? { what: 'empty', allowed: 'a text that is not empty is allowed' } : undefined;
    case 'all':
      return first(validator.validators, (part) => checkText(value, part));
    default:
      return undefined;
  }
}

function checkList(elements: readonly string[], validator: OptionValidator | undefined): ValueProblem | undefined {
  if (validator?.kind === 'all') return first(validator.validators, (part) => checkList(elements, part));
  if (validator?.kind !== 'list') return undefined;
  const { values, nonEmpty, unique, maxSize } = validator;
  const allowed = values === undefined ? 'a list with commas is allowed' : `a list of ${values.join(', ')} is allowed`;
  if (nonEmpty === true && elements.length === 0) return { what: 'an empty list', allowed };
  if (maxSize !== undefined && elements.length > maxSize) {
    return { what: 'too long a list', allowed: `at most ${maxSize} elements are allowed` };
  }
  if (unique === true && elements.includes('')) return { what: 'a list with an empty element', allowed };
  if (unique === true && new Set(elements).size < elements.length) return { what: 'a list with a duplicate', allowed };
  const wrong = values === undefined ? undefined : elements.find((element) => !values.includes(element));
  return wrong === undefined ? undefined : { what: `a list with an element that is not known ("${wrong}")`, allowed };
}

function first(
  parts: readonly OptionValidator[],
  check: (part: OptionValidator) => ValueProblem | undefined,
): ValueProblem | undefined {
  for (const part of parts) {
    const problem = check(part);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function notOneOf(values: readonly string[]): ValueProblem {
  return { what: 'not a known value', allowed: `${values.join(', ')} ${values.length === 1 ? 'is' : 'are'} allowed` };
}

type Range = Extract<OptionValidator, { kind: 'range' }>;

function rangeOf(validator: OptionValidator | undefined): Range | undefined {
  if (validator?.kind === 'range') return validator;
  if (validator?.kind !== 'all') return undefined;
  return validator.validators.find((part): part is Range => part.kind === 'range');
}

/** `from 1 to 9, or -1`, `of at least 0`; `otherwise` where there is no range. */
function rangeText(range: Range | undefined, otherwise: string): string {
  const { min, max, or } = range ?? {};
  let text = otherwise;
  if (min !== undefined && max !== undefined) text = `from ${min} to ${max}`;
  else if (min !== undefined) text = `of at least ${min}`;
  else if (max !== undefined) text = `of at most ${max}`;
  return or === undefined ? text : `${text}, or ${or},`;
}
