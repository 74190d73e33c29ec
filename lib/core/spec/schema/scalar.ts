import * as z from 'zod';
import { problemText, type Problem } from './problem';

/** A text of a fixed form; a value of another type or form gets the same clear problem. */
function text(pattern: RegExp, problem: Problem): z.ZodString {
  const error = problemText(problem);
  return z.string({ error: (issue) => (issue.input === undefined ? undefined : error) }).regex(pattern, { error });
}

export const DURATION = /^\d{1,15}(ms|s|m|h|d)$/;
export const SIZE = /^\d{1,15}(B|KiB|MiB|GiB|TiB)$/;
export const RATE = /^\d{1,15}(B|KiB|MiB|GiB)\/s$/;

export const duration = (): z.ZodString =>
  text(DURATION, {
    code: 'SPEC-UNIT',
    what: 'not a duration',
    allowed: 'a whole number with ms, s, m, h or d is allowed',
    hint: 'Write for example 7d.',
  });

export const durationOrForever = (): z.ZodString =>
  text(/^(\d{1,15}(ms|s|m|h|d)|forever)$/, {
    code: 'SPEC-UNIT',
    what: 'not a duration',
    allowed: 'a whole number with ms, s, m, h or d, or the word forever is allowed',
    hint: 'Write for example 7d.',
  });

export const size = (): z.ZodString =>
  text(SIZE, {
    code: 'SPEC-UNIT',
    what: 'not a size',
    allowed: 'a whole number with B, KiB, MiB, GiB or TiB is allowed',
    hint: 'Write for example 100GiB; powers of 1,000 such as GB are not used.',
  });

export const sizeOrUnlimited = (): z.ZodString =>
  text(/^(\d{1,15}(B|KiB|MiB|GiB|TiB)|unlimited)$/, {
    code: 'SPEC-UNIT',
    what: 'not a size',
    allowed: 'a whole number with B, KiB, MiB, GiB or TiB, or the word unlimited is allowed',
    hint: 'Write for example 20GiB.',
  });

export const rate = (): z.ZodString =>
  text(RATE, {
    code: 'SPEC-UNIT',
    what: 'not a rate',
    allowed: 'a whole number with B/s, KiB/s, MiB/s or GiB/s is allowed',
    hint: 'Write for example 4MiB/s.',
  });

export const kafkaVersion = (): z.ZodString =>
  text(/^\d+\.\d+(\.\d+)?$/, {
    code: 'SPEC-VERSION',
    what: 'not a version',
    allowed: 'a quoted text such as "4.1" or "4.1.1" is allowed',
    hint: 'Put the version in quotes: YAML reads 4.10 as the number 4.1.',
  });

/** The name of a node pool, connector, secret, mirror or host: it becomes part of names of AWS, DNS and Kubernetes. */
export const label = (what: string): z.ZodString =>
  text(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
    code: 'SPEC-NAME',
    what: `not a name for ${what}`,
    allowed:
      'lower-case letters, digits and dashes are allowed, at most 40, beginning with a letter and not ending with a dash',
    hint: 'Rename it.',
  });

export const listenerName = (): z.ZodString =>
  text(/^[a-z][a-z0-9]{0,19}$/, {
    code: 'SPEC-NAME',
    what: 'not a name for a listener',
    allowed: 'lower-case letters and digits are allowed, at most 20, beginning with a letter',
    hint: 'Rename it.',
  });

/** Any non-empty text on one line. */
export const line = (what: string, max = 512): z.ZodString =>
  text(new RegExp(`^[^\\n\\r]{1,${max}}$`), {
    code: 'SPEC-VALUE',
    what: `not a ${what}`,
    allowed: `a text of one line and at most ${max} characters is allowed`,
    hint: 'Put it in quotes if it looks like a number.',
  });

export const count = (min: number, max: number): z.ZodInt => z.int().min(min).max(max);

export const port = (): z.ZodInt => z.int().min(1).max(65535);

/** A value of an option of Kafka or Connect; numbers and booleans become their text. */
export const optionValue = (): z.ZodUnion<readonly [z.ZodString, z.ZodNumber, z.ZodBoolean]> =>
  z.union([z.string(), z.number(), z.boolean()], {
    error: problemText({
      code: 'SPEC-TYPE',
      what: 'not the value of an option',
      allowed: 'a text, a number, true or false is allowed',
      hint: 'Write a list as one text with commas.',
    }),
  });

export const options = (): z.ZodRecord<z.ZodString, ReturnType<typeof optionValue>> =>
  z.record(z.string().min(1), optionValue());

/** Where a secret value is found: an entry of `secrets` and a key in it. */
export const secretReference = () =>
  z
    .strictObject({
      secret: line('name of an entry of secrets').describe('An entry of the section secrets.'),
      key: line('key in the secret').describe('The key in that secret that holds the value.'),
    })
    .describe('A reference to a secret value; the value itself never stands in an environment.');
