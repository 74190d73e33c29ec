import type { EnvironmentModel } from '../model';

/** Names by prefix: sorted, so that whether anything begins with a prefix is one search. */
export class Names {
  private readonly sorted: readonly string[];
  private readonly set: ReadonlySet<string>;

  constructor(names: Iterable<string>) {
    this.set = new Set(names);
    this.sorted = [...this.set].sort();
  }

  /** Whether a name, or with a trailing * any name with the prefix, is there. */
  matches(pattern: string): boolean {
    if (!pattern.endsWith('*')) return this.set.has(pattern);
    const prefix = pattern.slice(0, -1);
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    return this.sorted[low]?.startsWith(prefix) === true;
  }

  get all(): readonly string[] {
    return this.sorted;
  }
}

/** Whether `pattern`, exact or with a trailing *, covers `name`. */
export function covers(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** Whether whatever `narrow` covers, exact or with a trailing *, is covered by `wide` too. */
export function coversPattern(wide: string, narrow: string): boolean {
  return narrow.endsWith('*') ? wide.endsWith('*') && covers(wide, narrow.slice(0, -1)) : covers(wide, narrow);
}

/** Whether there can be a name that both cover. */
export function patternsMeet(one: string, other: string): boolean {
  if (!one.endsWith('*')) return covers(other, one);
  return other.endsWith('*') ? covers(one, other.slice(0, -1)) || covers(other, one.slice(0, -1)) : covers(one, other);
}

/** Whether a mirror brings in topics of this name, so that they are not declared here. */
export function mirrored(model: EnvironmentModel, name: string): boolean {
  return Object.entries(model.spec.mirrors ?? {}).some(([mirror, { source, topics, topicNaming }]) => {
    if (topicNaming === 'identical') return topics.some((pattern) => covers(pattern, name));
    // MSK Replicator makes the word in front up, so any may be it.
    const ofWorkers = model.mirrorMaker?.mirrors.some((one) => one.name === mirror) === true;
    if (model.managedBy === 'service' && !ofWorkers)
      return name
        .split('.')
        .some(
          (_, index, words) => index > 0 && topics.some((pattern) => covers(pattern, words.slice(index).join('.'))),
        );
    return [mirror, source.environment].some((prefix) => prefix !== undefined && name.startsWith(`${prefix}.`));
  });
}
