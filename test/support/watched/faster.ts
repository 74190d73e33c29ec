import { EXPORTER_PORT } from '../../../lib/core/signals';
import { SYSTEM_CLOCK, type Clock } from '../../../lib/admin/wait';

/** How much faster than in earnest alerts are looked at. */
export interface Pace {
  /** Durations of alerts, and ranges and offsets within their expressions, are divided by it. */
  readonly factor: number;
  /** Seconds between scrapes; two have to fit into the shortest range. */
  readonly scrapeSeconds: number;
}

/** `for: 15m` is half a minute; everything else of the rendered rules is as it is. */
export const DRILL_PACE: Pace = { factor: 30, scrapeSeconds: 2 };

interface Change {
  readonly pace: Pace;
  readonly exporter: string | undefined;
}

const EXPORTER = `127.0.0.1:${EXPORTER_PORT}`;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A rendered file of Prometheus with its durations divided, and nothing else changed but where kdk exporter listens. */
export function faster(text: string, { pace: { factor, scrapeSeconds }, exporter }: Change): string {
  const shorter = (amount: string, unit: string): string =>
    `${Math.max(1, Math.round((Number(amount) * SECONDS[unit]!) / factor))}s`;
  return text
    .replace(/(scrape_interval|scrape_timeout): \S+/g, `$1: ${scrapeSeconds}s`)
    .replace(/(evaluation_interval|^ *interval): \S+/gm, '$1: 1s')
    .replace(
      /(\bfor: |\[|\boffset )(\d+)([smhd])/g,
      (_all, before: string, amount: string, unit: string) => `${before}${shorter(amount, unit)}`,
    )
    .replaceAll(EXPORTER, exporter ?? EXPORTER);
}

/** A clock on which `factor` seconds go by in one. */
export function fastClock(factor: number): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * factor,
    sleep: (ms, signal) => SYSTEM_CLOCK.sleep(ms / factor, signal),
  };
}
