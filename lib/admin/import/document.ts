/** A value of an environment file. */
export type Value = string | number | boolean | null | readonly Value[] | Section;
export interface Section {
  readonly [key: string]: Value | undefined;
}

/** An environment file in the making, by its top-level keys and in their order. */
export interface EnvironmentDocument {
  readonly name: string;
  readonly description: string;
  readonly target: string;
  readonly kafka: Section;
  readonly nodePools: Section;
  readonly racks?: readonly string[];
  readonly listeners: Section;
  readonly topicDefaults?: Section;
  readonly owns?: Section;
  readonly topics: Section;
  readonly principals?: Section;
  readonly quotas?: Section;
  readonly reconcile?: Section;
  readonly aws?: Section;
  readonly targets?: Section;
}

/** Without keys whose value is undefined. */
export function compact<T extends object>(section: T): T {
  return Object.fromEntries(Object.entries(section).filter(([, value]) => value !== undefined)) as T;
}

export function isEmpty(section: Section): boolean {
  return Object.values(section).every((value) => value === undefined);
}

const SIZES = [
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const;

/** Exactly this many bytes, in the largest unit that divides them: an environment has no fractions. */
export function exactSize(bytes: number): string {
  const [unit, factor] = SIZES.find(([, candidate]) => bytes % candidate === 0) ?? ['B', 1];
  return `${bytes / factor}${unit}`;
}

/** The value that most have; the smallest of several. Undefined for none. */
export function majority<T extends string | number>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
  return first?.[0];
}

/** Numbers without quotes where nothing is lost. */
export function plainValues(config: Readonly<Record<string, string>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(config).map(([option, text]) => [
      option,
      /^-?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text === 'true' || text === 'false' ? text === 'true' : text,
    ]),
  );
}
