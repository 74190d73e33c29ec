import type { Change } from '../change';
import type { Fold } from './fold';
import { count, counted, plural } from './words';

/** ` on topic orders`, ` on 9,998 topics: a, b, c, …`, or nothing where the text says it. */
export function listNames({ names, noun }: Fold, most: number): string {
  if (names.length === 0) return '';
  if (names.length === 1) return ` on ${noun === '' ? '' : `${noun} `}${names[0]}`;
  const what = noun === '' ? count(names.length) : `${count(names.length)} ${plural(noun)}`;
  return ` on ${what}: ${names.slice(0, most).join(', ')}${names.length > most ? ', …' : ''}`;
}

/** Each reason once; where they differ, whose it is. */
export function reasonsOf({ changes, names }: Fold, most: number): string[] {
  const bySubject = new Map<string, Change>();
  for (const change of changes) if (!bySubject.has(change.reason)) bySubject.set(change.reason, change);
  const reasons = [...bySubject.values()];
  const shown = reasons
    .slice(0, most)
    .map(({ reason, subject }) => (reasons.length === 1 || names.length < 2 ? reason : `${subject}: ${reason}`));
  return reasons.length <= most ? shown : [...shown, `… and ${counted(reasons.length - most, 'other reason')}.`];
}

/** What keeps a change from being done, or lets it through; nothing where that goes without saying. */
export function statusNote({ status }: Change): string | undefined {
  switch (status) {
    case 'held':
      return 'held back: needs an acknowledgement';
    case 'blocked':
      return 'cannot be done now';
    case 'acknowledged':
      return 'acknowledged';
    default:
      return undefined;
  }
}
