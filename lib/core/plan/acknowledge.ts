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
    const [code, path, from, to] = [change.code, change.path, change.from, change.to].map(flowScalar);
    entries.set(key(change), `- { code: ${code}, path: ${path}, from: ${from}, to: ${to}, reason: '' }`);
  }
  return [...entries.values()];
}

/** A text as YAML in a flow map, quoted where it would be something else: a number, a truth value, or structure. */
function flowScalar(text: string): string {
  const plain = /^[A-Za-z0-9_](?:[\w./ -]*[\w./-])?$/.test(text) && Number.isNaN(Number(text));
  if (plain && !/^(?:true|false|null)$/i.test(text)) return text;
  // eslint-disable-next-line no-control-regex -- in single quotes everything stands for itself, but for control characters
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)
    ? JSON.stringify(text)
    : `'${text.replaceAll("'", "''")}'`;
}
