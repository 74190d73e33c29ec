/** Durations, sizes and rates of an environment as numbers. The schema has already checked the form. */
const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const;

export const MIB = BYTES.MiB;
export const GIB = BYTES.GiB;

function split(text: string): [number, string] {
  const match = /^(\d+)([A-Za-z]+)$/.exec(text);
  if (match === null) throw new Error(`not a number with a unit: ${text}`);
  return [Number(match[1]), match[2]!];
}

/** `7d` → milliseconds; `forever` → -1, Kafka's word for it. */
export function durationMs(text: string): number {
  if (text === 'forever') return -1;
  const [number, unit] = split(text);
  return number * MS[unit as keyof typeof MS];
}

/** `20GiB` → bytes; `unlimited` → -1, Kafka's word for it. */
export function sizeBytes(text: string): number {
  if (text === 'unlimited') return -1;
  const [number, unit] = split(text);
  return number * BYTES[unit as keyof typeof BYTES];
}

/** `4MiB/s` → bytes per second. */
export function rateBytesPerSecond(text: string): number {
  return sizeBytes(text.slice(0, -2));
}

/** Milliseconds in the largest unit that divides them: 604800000 → `7d`; -1 → `forever`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return 'forever';
  const unit = (['d', 'h', 'm', 's'] as const).find((candidate) => ms > 0 && ms % MS[candidate] === 0) ?? 'ms';
  return `${ms / MS[unit]}${unit}`;
}

/** Bytes in the largest unit that divides them, else rounded to one digit; -1 → `unlimited`. */
export function formatBytes(bytes: number): string {
  if (bytes < 0) return 'unlimited';
  const units = ['TiB', 'GiB', 'MiB', 'KiB'] as const;
  const exact = units.find((unit) => bytes > 0 && bytes % BYTES[unit] === 0 && bytes / BYTES[unit] < 10_000);
  if (exact !== undefined) return `${bytes / BYTES[exact]}${exact}`;
  const near = units.find((unit) => bytes >= BYTES[unit]);
  return near === undefined ? `${Math.round(bytes)}B` : `${(bytes / BYTES[near]).toFixed(1)}${near}`;
}
