/**
 * When a host was asked for its time and when the answer was there, by the clock of who asked, and what it said; seconds since 1970. Hosts
 * tell whole seconds.
 */
export interface ClockReading {
  readonly host: string;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly said: number;
}

export interface ClockSkew {
  readonly host: string;
  /** Positive: ahead. */
  readonly seconds: number;
}

/** A host that is further off has no time service that works; Kafka itself compares times of hosts nowhere that finely. */
export const CLOCK_SKEW_LIMIT_S = 5;

/** Hosts whose clock is too far from that of most hosts; and `this machine`, where most hosts are too far from it. */
export function clockSkews(readings: readonly ClockReading[]): readonly ClockSkew[] {
  if (readings.length === 0) return [];
  const offsets = readings.map((reading) => ({ ...reading, offset: middleOffset(reading) }));
  const sorted = offsets.map(({ offset }) => offset).sort((a, b) => a - b);
  const common = sorted[Math.floor((sorted.length - 1) / 2)]!;
  // An answer that took long proves little, nor does a clock of whole seconds.
  const unsure = ({ askedAt, answeredAt }: ClockReading): number => (answeredAt - askedAt) / 2 + 0.5;
  const most = Math.max(...offsets.map(unsure));
  const hosts = offsets
    .filter((reading) => Math.abs(reading.offset - common) - unsure(reading) - most > CLOCK_SKEW_LIMIT_S)
    .map(({ host, offset }) => ({ host, seconds: Math.round(offset - common) }));
  const own = Math.abs(common) - most > CLOCK_SKEW_LIMIT_S;
  return own ? [...hosts, { host: 'this machine', seconds: Math.round(-common) }] : hosts;
}

function middleOffset({ askedAt, answeredAt, said }: ClockReading): number {
  return said + 0.5 - (askedAt + answeredAt) / 2;
}
