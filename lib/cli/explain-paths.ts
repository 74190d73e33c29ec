import { nearestFew } from './near-words';
import { parsePath, type Path } from '../core/issue';

/** Everything joined by dots: how people type a path, whatever a key has of dots itself. */
export function dotted(path: Path): string {
  return path.join('.');
}

/** What a person typed, without the quotes and brackets that a path may be written with. */
export function dottedInput(text: string): string {
  const parsed = parsePath(text);
  return parsed === undefined ? text.replace(/\["?([^\]"]*)"?\]/g, '.$1').replace(/^\.|\.$/g, '') : dotted(parsed);
}

/** The paths that `text` names: one value, or all values of a section. */
export function matching<T extends { readonly path: Path }>(text: string, values: Iterable<T>): T[] {
  const wanted = dottedInput(text);
  const section = `${wanted}.`;
  return [...values].filter(({ path }) => {
    const candidate = dotted(path);
    return wanted === '' || candidate === wanted || candidate.startsWith(section);
  });
}

/** Paths that look like `text`, values and sections, the most similar first. */
export function similar(text: string, values: Iterable<{ readonly path: Path }>): string[] {
  const wanted = dottedInput(text);
  const candidates = new Set<string>();
  for (const { path } of values) {
    for (let length = 1; length <= path.length; length++) candidates.add(dotted(path.slice(0, length)));
  }
  return nearestFew(wanted, [...candidates]);
}
