import { closest, distance } from 'fastest-levenshtein';

/** The known word that a mistyped one most likely meant, or undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = word.toLowerCase();
  const found = closest(
    lower,
    known.map((candidate) => candidate.toLowerCase()),
  );
  const original = known.find((candidate) => candidate.toLowerCase() === found) as string;
  return distance(lower, found) <= Math.max(1, Math.floor(word.length / 3)) ? original : undefined;
}
