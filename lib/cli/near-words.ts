import { distance } from 'fastest-levenshtein';

const FEW = 5;

/** Up to five of the known words that look like `word`, the most similar first; fewer where the others are far. */
export function nearestFew(word: string, known: readonly string[]): string[] {
  const lower = word.toLowerCase();
  const last = lower.slice(lower.lastIndexOf('.') + 1);
  const scored = known.map((candidate) => {
    const text = candidate.toLowerCase();
    // Somebody who types only the end of a path means a path that ends so.
    const endsAlike = text.endsWith(`.${lower}`) ? 1 : text.endsWith(`.${last}`) ? lower.length / 2 : Infinity;
    return { candidate, score: Math.min(distance(lower, text), endsAlike) };
  });
  const limit = Math.max(2, Math.ceil(lower.length / 2));
  return scored
    .filter(({ score }) => score <= limit)
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, FEW)
    .map(({ candidate }) => candidate);
}
