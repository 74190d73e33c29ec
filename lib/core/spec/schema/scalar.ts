import * as z from 'zod';
import { durationMs, rateBytesPerSecond, sizeBytes } from '../../units';
import { problemText, type Problem } from './problem';

/** The number behind the unit can be counted exactly. */
const exact =
  (read: (text: string) => number) =>
  (text: string): boolean =>
    Number.isSafeInteger(read(text));

const tooMuch = (what: string, most: string): { error: string } => ({
  error: problemText({ code: 'SPEC-RANGE', what, allowed: `at most ${most} is allowed`, hint: 'Lower it.' }),
});

/** A text of a fixed form; a value of another type or form gets the same clear problem. */
function text(pattern: RegExp, problem: Problem): z.ZodString {
  const error = problemText(problem);
  return z
    .string({ error: (issue) => (issue.input === undefined ? undefined : error) })
    .regex(pattern, { error, abort: true });
}

const DURATION = /^[1-9]\d{0,14}(ms|s|m|h|d)$/;
const SIZE = /^[1-9]\d{0,14}(B|KiB|MiB|GiB|TiB)$/;
const RATE = /^[1-9]\d{0,14}(B|KiB|MiB|GiB)\/s$/;

export const duration = (): z.ZodString =>
  text(DURATION, {
    code: 'SPEC-UNIT',
    what: 'not a duration',
    allowed: 'a whole number above 0 with ms, s, m, h or d is allowed',
    hint: 'Write for example 7d.',
  }).refine(exact(durationMs), tooMuch('the duration is too long', '100,000,000d'));

export const durationOrForever = (): z.ZodString =>
  text(/^([1-9]\d{0,14}(ms|s|m|h|d)|forever)$/, {
    code: 'SPEC-UNIT',
    what: 'not a duration',
    allowed: 'a whole number above 0 with ms, s, m, h or d, or the word forever is allowed',
    hint: 'Write for example 7d.',
  }).refine(exact(durationMs), tooMuch('the duration is too long', '100,000,000d'));

export const size = (): z.ZodString =>
  text(SIZE, {
    code: 'SPEC-UNIT',
    what: 'not a size',
    allowed: 'a whole number above 0 with B, KiB, MiB, GiB or TiB is allowed',
    hint: 'Write for example 100GiB; powers of 1,000 such as GB are not used.',
  }).refine(exact(sizeBytes), tooMuch('the size is too large', '8191TiB'));

export const sizeOrUnlimited = (): z.ZodString =>
  text(/^([1-9]\d{0,14}(B|KiB|MiB|GiB|TiB)|unlimited)$/, {
    code: 'SPEC-UNIT',
    what: 'not a size',
    allowed: 'a whole number above 0 with B, KiB, MiB, GiB or TiB, or the word unlimited is allowed',
    hint: 'Write for example 20GiB.',
  }).refine(exact(sizeBytes), tooMuch('the size is too large', '8191TiB'));

export const rate = (): z.ZodString =>
  text(RATE, {
    code: 'SPEC-UNIT',
    what: 'not a rate',
    allowed: 'a whole number above 0 with B/s, KiB/s, MiB/s or GiB/s is allowed',
    hint: 'Write for example 4MiB/s.',
  }).refine(exact(rateBytesPerSecond), tooMuch('the rate is too high', '8191GiB/s'));

export const kafkaVersion = (): z.ZodString =>
  text(/^\d+\.\d+(\.\d+)?$/, {
    code: 'SPEC-VERSION',
    what: 'not a version',
    allowed: 'a quoted text such as "4.1" or "4.1.1" is allowed',
    hint: 'Put the version in quotes: YAML reads 4.10 as the number 4.1.',
  });

/** A text whose form is told in words: `not an account id`, `12 digits in quotes are allowed`, `"111122223333"`. */
export const form = (pattern: RegExp, what: string, allowed: string, example: string): z.ZodString =>
  text(pattern, { code: 'SPEC-VALUE', what, allowed, hint: `Write for example ${example}.` });

/** A list in which nothing stands twice. */
export const distinct = <T extends z.ZodType>(list: z.ZodArray<T>): z.ZodArray<T> =>
  list.superRefine((items, context) => {
    for (const [index, item] of items.entries()) {
      if (items.indexOf(item) === index) continue;
      context.addIssue({
        code: 'custom',
        path: [index],
        message: problemText({
          code: 'SPEC-DUPLICATE',
          what: 'the entry is there twice',
          allowed: 'each stands once',
          hint: 'Remove one of them.',
        }),
      });
    }
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

/** The name of a principal or secret, which other systems give. */
export const entryName = (what: string): z.ZodString =>
  text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
    code: 'SPEC-NAME',
    what: `not a name for ${what}`,
    allowed: 'letters, digits, dots, dashes and underscores are allowed, at most 100, beginning with a letter or digit',
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
    hint: 'Shorten it, or put it in quotes if it looks like a number.',
  });

/** CPU of a pod: `2` or `500m`. */
export const cpu = (): z.ZodString =>
  form(
    /^([1-9]\d{0,3}|[1-9]\d{0,5}m)$/,
    'not an amount of CPU',
    'whole cores or thousandths of one with m are allowed',
    '500m, or "2"',
  );

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
