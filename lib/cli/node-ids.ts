import { Failure } from '../core/issue';

/** `3,4` as given to `--brokers` or `--controllers`. */
export function nodeIds(option: string, text: string | undefined): number[] {
  const ids = (text ?? '').split(',').map((part) => part.trim());
  if (ids.every((id) => /^\d{1,9}$/.test(id))) return [...new Set(ids.map(Number))];
  throw new Failure(
    'USAGE',
    `these are no ids of nodes, got ${option} ${JSON.stringify(text ?? '')}; numbers with commas between them are allowed.`,
    `Write for example ${option} 102,103.`,
    2,
  );
}
