import type { Issue } from '../../issue';
import type { Change } from '../change';

/** What is to be done in one section, and what was noticed and is left alone. */
export interface Differences {
  readonly changes: readonly Change[];
  readonly findings: readonly Issue[];
}

/** Whether it may be done as it is; what needs an acknowledgement is held until one is found. */
export function proposed(change: Omit<Change, 'status' | 'block'>): Change {
  return { ...change, status: change.grade === 'safe' ? 'ready' : 'held' };
}

/** A tombstone is the acknowledgement. */
export function byTombstone(change: Omit<Change, 'status' | 'block'>): Change {
  return { ...change, status: change.grade === 'safe' ? 'ready' : 'acknowledged' };
}

export function finding(code: string, path: string, message: string, hint: string): Issue {
  return { code, level: 'warning', path, message, hint };
}

/** A section that is declared and was not read: it is not compared, which never means that it is as declared. */
export function unread(section: string, path: string): Differences {
  return {
    changes: [],
    findings: [
      finding(
        'PLAN-UNREAD',
        path,
        `${section} could not be read, got nothing; what is not read is not compared, and nothing of it is changed.`,
        'Give the administrator the right to see it, or plan again when it can be reached.',
      ),
    ],
  };
}

/** `a, b, c and 4 more` */
export function listSome(items: readonly string[], most = 3): string {
  if (items.length <= most + 1) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}
