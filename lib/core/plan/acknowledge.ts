import { Document, type YAMLMap } from 'yaml';
import type { Issue } from '../issue';
import type { Change } from './change';
import { isChangeCode } from './change-codes';
import type { Acknowledgement } from './desired';
import type { Plan } from './plan';

export interface Acknowledged {
  readonly changes: readonly Change[];
  /** Entries that match no change any more. */
  readonly findings: readonly Issue[];
}

/**
 * Lets through the held changes that an entry of `acknowledge` names by code, path, from and to. One entry stands for all changes that
 * come from the one place where the value is written: a default that 9,998 topics share is acknowledged once.
 */
export function acknowledge(changes: readonly Change[], entries: readonly Acknowledgement[]): Acknowledged {
  const byKey = new Map(entries.map((entry) => [key(entry), entry]));
  const used = new Set<string>();
  const after = changes.map((change) => {
    const match = key(change);
    if (!byKey.has(match)) return change;
    used.add(match);
    return change.status === 'held' ? { ...change, status: 'acknowledged' as const } : change;
  });
  const unused = entries.filter((entry) => isChangeCode(entry.code) && !used.has(key(entry)));
  return { changes: after, findings: unused.sort((a, b) => (a.at < b.at ? -1 : 1)).map(unusedFinding) };
}

function key({ code, path, from, to }: Pick<Change, 'code' | 'path' | 'from' | 'to'>): string {
  return JSON.stringify([code, path, from, to]);
}

function unusedFinding({ code, path, from, to, at }: Acknowledgement): Issue {
  return {
    code: 'ACKNOWLEDGEMENT-UNUSED',
    level: 'warning',
    path: at,
    message: `the acknowledgement matches no change, got ${code} at ${path} from ${from} to ${to}; each allows one change and then has done its work.`,
    hint: 'Remove it, or correct it to what the plan shows.',
  };
}

/**
 * The entry of `acknowledge` for each held change, as YAML to paste: `- { code: …, path: …, from: …, to: …, reason: '' }`. The reason is
 * left to whoever takes the decision; the schema asks for it. Changes from one place need one entry.
 */
export function readyEntries({ changes }: Pick<Plan, 'changes'>): string[] {
  const entries = new Map<string, string>();
  for (const change of changes) {
    if (change.status !== 'held' || entries.has(key(change))) continue;
    const { code, path, from, to } = change;
    const document = new Document([{ code, path, from, to, reason: '' }]);
    (document.get(0) as YAMLMap).flow = true;
    entries.set(key(change), document.toString({ lineWidth: 0, singleQuote: true }).trimEnd());
  }
  return [...entries.values()];
}
