import * as z from 'zod';
import { problemText } from './problem';

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** What the controller of CronJobs reads: robfig/cron, standard form. */
const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of the week', from: 0, to: 6, words: DAYS },
];
const WORDS = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];

/** When a CronJob runs: five fields of cron, or a word for them. */
export const schedule = (): z.ZodString => {
  const what = (input: unknown): string =>
    problemText({
      code: 'SPEC-VALUE',
      what: typeof input === 'string' ? (scheduleProblem(input) ?? 'not a schedule') : 'not a schedule',
      allowed: `five fields of cron (${FIELDS.map(({ name, from, to }) => `${name} ${from}-${to}`).join(', ')}) or @daily are allowed`,
      hint: 'Write for example "*/30 * * * *".',
    });
  return z
    .string({ error: ({ input }) => (input === undefined ? undefined : what(input)) })
    .refine((text) => scheduleProblem(text) === undefined, { error: ({ input }) => what(input) });
};

/** Why a text is no schedule; undefined where it is one. */
function scheduleProblem(text: string): string | undefined {
  if (WORDS.includes(text)) return undefined;
  const parts = text.split(' ');
  if (parts.length !== FIELDS.length) return 'not a schedule';
  const wrong = FIELDS.find((field, index) => !parts[index]!.split(',').every((part) => fits(part, field)));
  return wrong === undefined ? undefined : `the ${wrong.name} of the schedule is wrong`;
}

/** `*`, `5`, `1-5`, each with a step if need be. */
function fits(part: string, field: Field): boolean {
  const [, first, last, step] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (first === undefined || step === '0' || Number(step ?? 1) > field.to) return false;
  if (first === '*' || first === '?') return last === undefined;
  const [from, to] = [numberOf(first, field), numberOf(last ?? first, field)];
  return from !== undefined && to !== undefined && from <= to;
}

function numberOf(text: string, { from, to, words = [] }: Field): number | undefined {
  const word = words.indexOf(text.toUpperCase());
  const value = word === -1 ? (/^\d+$/.test(text) ? Number(text) : NaN) : word + (words === MONTHS ? 1 : 0);
  return value >= from && value <= to ? value : undefined;
}
