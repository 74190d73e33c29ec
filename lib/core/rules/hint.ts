import { formatPath, nearest, type Path } from '../issue';
import type { EnvironmentModel } from '../model';

/** `Did you mean orders?` where a known name is near, else `otherwise`. */
export function didYouMean(word: string, known: readonly string[], otherwise: string): string {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `Did you mean ${near}?`;
}

/** `one of a, b and 7 more is allowed`; names what there is without filling a screen. */
export function oneOf(known: readonly string[]): string {
  if (known.length === 0) return 'none is declared';
  const shown = known.slice(0, 8).join(', ');
  return known.length > 8 ? `one of ${shown} and ${known.length - 8} more is allowed` : `one of ${shown} is allowed`;
}

/** Where a value stands that holds on the chosen target only: `targets.local.override.listeners.internal.port`. */
export function overridePath(model: EnvironmentModel, path: Path): string {
  return formatPath(['targets', model.target, 'override', ...path]);
}

/** `1 broker`, `2 brokers`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
