import { Failure } from '../core/issue';
import { durationMs } from '../core/units';

const DURATION = /^[1-9]\d{0,8}(ms|s|m|h|d)$/;

/** A duration that was given to an option, in milliseconds. */
export function durationArgument(option: string, text: string): number {
  if (DURATION.test(text)) return durationMs(text);
  throw new Failure(
    'USAGE',
    `not a duration, got ${option} ${JSON.stringify(text)}; a whole number above 0 with ms, s, m, h or d is allowed.`,
    `Write for example ${option} 15m.`,
    2,
  );
}
