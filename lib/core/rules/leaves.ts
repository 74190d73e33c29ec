import type { Path } from '../issue';

/** A single value of something nested; a list of plain values is one. */
export interface SpecLeaf {
  readonly path: Path;
  readonly value: string;
}

export function leaves(value: unknown, path: Path): SpecLeaf[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [{ path, value: String(value as string | number | boolean) }];
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
  if (value.every((item) => typeof item !== 'object')) return [{ path, value: value.join(', ') }];
  return value.flatMap((item, index) => leaves(item, [...path, index]));
}
