const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/** A length of time to the unit that matters: `3d`, `40m`, `less than 1s`. */
export function aboutDuration(ms: number): string {
  const unit = UNITS.find((candidate) => ms >= 2 * candidate.ms) ?? UNITS.find((candidate) => ms >= candidate.ms);
  return unit === undefined ? 'less than 1s' : `${Math.round(ms / unit.ms)}${unit.name}`;
}

/** To the minute, in UTC: `2026-11-20T10:00Z`. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** `1 partition`, `1,204,331 records` */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}
