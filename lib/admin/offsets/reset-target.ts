import { Failure } from '../../core/issue';
import { durationMs } from '../../core/units';

/** Where a group is to read from next. */
export type ResetTarget =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  /** The same offset in every partition. */
  | { readonly kind: 'offset'; readonly offset: number }
  /** Records forward, or back where it is negative, from where the group is. */
  | { readonly kind: 'shift'; readonly by: number }
  /** The first record at or after this time, milliseconds since 1970. */
  | { readonly kind: 'time'; readonly timeMs: number };

export interface WrittenTarget {
  /** `earliest`, `latest`, an offset, `+N`, `-N` or a time. */
  readonly to?: string;
  /** A duration: `1h`. */
  readonly back?: string;
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2}))?$/;
const DURATION = /^[1-9]\d{0,9}(ms|s|m|h|d)$/;

/** Reads what was written on the command line; a duration counts back from `nowMs`. */
export function resetTarget({ to, back }: WrittenTarget, nowMs: number): ResetTarget {
  if ((to === undefined) === (back === undefined))
    throw wrong(
      to === undefined ? 'nowhere to go to, got neither --to nor --back' : 'two places to go to, got --to and --back',
    );
  if (back !== undefined) {
    if (!DURATION.test(back)) throw wrong(`not a duration, got ${JSON.stringify(back)}`);
    return { kind: 'time', timeMs: nowMs - durationMs(back) };
  }
  const text = to!;
  if (text === 'earliest' || text === 'latest') return { kind: text };
  if (/^\d{1,15}$/.test(text)) return { kind: 'offset', offset: Number(text) };
  if (/^[+-]\d{1,15}$/.test(text)) return { kind: 'shift', by: Number(text) };
  const [, date, clock, zone] = TIME.exec(text) ?? [];
  // A date alone is its beginning in UTC, as Date.parse has it.
  const timeMs = date === undefined ? NaN : Date.parse(clock === undefined ? date : `${date}T${clock}${zone}`);
  if (Number.isNaN(timeMs)) throw wrong(`not a place to go to, got ${JSON.stringify(text)}`);
  return { kind: 'time', timeMs };
}

function wrong(what: string): Failure {
  return new Failure(
    'OFFSETS-TARGET',
    `${what}; earliest, latest, an offset, +N, -N, a time with its zone or --back with a duration are allowed.`,
    'Write for example --to earliest, --to -500, --to 2026-11-20T10:00:00Z or --back 1h.',
    2,
  );
}

/** In words: `the first record at or after 2026-11-20T10:00:00.000Z`. */
export function describeTarget(target: ResetTarget): string {
  switch (target.kind) {
    case 'earliest':
      return 'the first record that is kept';
    case 'latest':
      return 'the end';
    case 'offset':
      return `offset ${target.offset}`;
    case 'shift':
      return `${Math.abs(target.by)} records ${target.by < 0 ? 'back' : 'forward'}`;
    case 'time':
      return `the first record at or after ${new Date(target.timeMs).toISOString()}`;
  }
}
