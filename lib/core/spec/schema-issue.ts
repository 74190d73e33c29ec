import type * as z from 'zod';
import { formatPath, nearest, type Issue, type Path } from '../issue';
import { positionOf, type Located } from './located';
import { readProblem, type Problem } from './schema/problem';

type ZodIssue = z.core.$ZodIssue;

/** Turns what zod found into issues with the kit's codes, words and positions. */
export function schemaIssues(found: readonly ZodIssue[], schema: z.ZodType, top: Located, plain: unknown): Issue[] {
  // A value of the wrong type has no right length either; zod says both.
  const placeOf = ({ path }: ZodIssue): string => path.map(String).join('\0');
  const mistyped = new Set(found.filter(({ code }) => code === 'invalid_type').map(placeOf));
  return found.flatMap((zodIssue): Issue[] => {
    if (zodIssue.code !== 'invalid_type' && mistyped.has(placeOf(zodIssue))) return [];
    const path = zodIssue.path.map((segment) => (typeof segment === 'symbol' ? String(segment) : segment)) as Path;
    if (zodIssue.code === 'unrecognized_keys') {
      const known = keysAt(schema, path);
      return zodIssue.keys.map((key) => toIssue(unknownKey(key, known), [...path, key], top, undefined, true));
    }
    if (zodIssue.code === 'invalid_key') {
      const inner = zodIssue.issues[0];
      const problem = inner === undefined ? undefined : (readProblem(inner.message) ?? describe(inner));
      return [toIssue(problem ?? describe(zodIssue), path, top, path[path.length - 1], true)];
    }
    const value = valueAt(plain, path);
    const problem = readProblem(zodIssue.message) ?? describe(zodIssue, value);
    return [toIssue(problem, path, top, isSecret(path) ? undefined : value)];
  });
}

function toIssue(problem: Problem, path: Path, top: Located, value: unknown, atKey = false): Issue {
  const got = value === undefined ? '' : `, got ${show(value)}`;
  const allowed = problem.allowed === '' ? '' : `; ${problem.allowed}`;
  return {
    code: problem.code,
    level: 'error',
    path: formatPath(path),
    message: `${problem.what}${got}${allowed}.`,
    hint: problem.hint,
    at: positionOf(top, path, atKey),
  };
}

/** A value that may be a secret is not repeated: messages end up in the logs of CI. */
function isSecret(path: Path): boolean {
  return path.some((segment) => /^(password|secretConfig)$/i.test(String(segment)));
}

function unknownKey(key: string, known: readonly string[]): Problem {
  const near = nearest(key, known);
  return {
    code: 'SPEC-UNKNOWN-KEY',
    what: `the key ${JSON.stringify(key)} is not known`,
    allowed: known.length === 0 ? '' : `known keys are ${known.join(', ')}`,
    hint: near === undefined ? 'Remove it.' : `Did you mean ${near}?`,
  };
}

function describe(issue: ZodIssue, value?: unknown): Problem {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) {
        return {
          code: 'SPEC-REQUIRED',
          what: 'the key is missing',
          allowed: `${typeWord(issue.expected)} is needed`,
          hint: 'Add it.',
        };
      }
      return {
        code: 'SPEC-TYPE',
        what: 'the type is wrong',
        allowed: `${typeWord(issue.expected)} is allowed`,
        hint: typeHint(issue.expected, value),
      };
    case 'invalid_value': {
      const words = issue.values.map((word) => String(word));
      if (value === undefined) {
        return {
          code: 'SPEC-REQUIRED',
          what: 'the key is missing',
          allowed: `one of ${words.join(', ')} is needed`,
          hint: 'Add it.',
        };
      }
      const near = typeof value === 'string' ? nearest(value, words) : undefined;
      return {
        code: 'SPEC-VALUE',
        what: 'not a known word',
        allowed: `one of ${words.join(', ')} is allowed`,
        hint: near === undefined ? 'Choose one of them.' : `Did you mean ${near}?`,
      };
    }
    case 'too_small':
      return range(issue.origin, `${issue.inclusive === false ? 'more than' : 'at least'} ${number(issue.minimum)}`);
    case 'too_big':
      return range(issue.origin, `${issue.inclusive === false ? 'less than' : 'at most'} ${number(issue.maximum)}`);
    case 'invalid_format':
      return {
        code: 'SPEC-VALUE',
        what: 'the form is wrong',
        allowed: `a text that fits ${'pattern' in issue ? String(issue.pattern) : issue.format} is allowed`,
        hint: 'Change the value.',
      };
    default:
      return { code: 'SPEC-VALUE', what: 'the value is not allowed', allowed: '', hint: 'Change the value.' };
  }
}

function range(origin: string, bound: string): Problem {
  const one = bound.endsWith(' 1');
  const unit =
    origin === 'array' ? ` entr${one ? 'y' : 'ies'}` : origin === 'string' ? ` character${one ? '' : 's'}` : '';
  const verb = one || unit === '' ? 'is' : 'are';
  return {
    code: 'SPEC-RANGE',
    what: 'out of range',
    allowed: `${bound}${unit} ${verb} allowed`,
    hint: 'Change the value.',
  };
}

function number(bound: number | bigint): string {
  return bound.toLocaleString('en');
}

function typeHint(expected: string, value: unknown): string {
  if (typeof value === 'object' || typeof value === 'undefined') return 'Change the value.';
  if (expected === 'string') return 'Put it in quotes.';
  if (expected === 'array') return `Write it as a list: [${String(value)}].`;
  return typeof value === 'string' && ['number', 'int', 'boolean'].includes(expected)
    ? 'Write it without quotes and without a unit.'
    : 'Change the value.';
}

const TYPE_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
};

function typeWord(expected: string): string {
  return TYPE_WORDS[expected] ?? expected;
}

/** A value as it goes into a message: at most 80 characters of JSON. */
export function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  const characters = text.length > 80 ? [...text.slice(0, 160)] : [];
  return characters.length > 80 ? `${characters.slice(0, 77).join('')}...` : text;
}

function valueAt(plain: unknown, path: Path): unknown {
  let here = plain;
  for (const segment of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, segment)) return undefined;
    here = (here as Record<string | number, unknown>)[segment];
  }
  return here;
}

/** The keys that the schema knows at `path`, for the message on an unknown one. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: SchemaNode | undefined = schema as unknown as SchemaNode;
  for (const segment of path) {
    here = unwrap(here);
    if (here?.def.type === 'object') here = here.def.shape?.[String(segment)];
    else if (here?.def.type === 'record') here = here.def.valueType;
    else if (here?.def.type === 'array') here = here.def.element;
    else return [];
  }
  here = unwrap(here);
  return here?.def.type === 'object' ? Object.keys(here.def.shape ?? {}) : [];
}

/** The little of zod's own description of a schema that is read here. */
interface SchemaNode {
  readonly def: {
    readonly type: string;
    readonly shape?: Record<string, SchemaNode>;
    readonly innerType?: SchemaNode;
    readonly valueType?: SchemaNode;
    readonly element?: SchemaNode;
  };
}

function unwrap(node: SchemaNode | undefined): SchemaNode | undefined {
  let here = node;
  while (here?.def.innerType !== undefined) here = here.def.innerType;
  return here;
}
