import type { Acl } from '../../cluster';
import { GRADES, type Change, type Grade, type Operation } from '../change';
import { actionWords, principalWords, rightWords } from './access-words';

/** Changes that say the same of different subjects, told as one. */
export interface Fold {
  readonly changes: readonly Change[];
  /** What is done: `retention.ms 7d -> 14d`. */
  readonly text: string;
  /** Names of what it is done to; empty where the text says it. */
  readonly names: readonly string[];
  /** What the names are: `topic`; empty where they are of several kinds. */
  readonly noun: string;
}

/** The worst first. */
export const WORST_FIRST: readonly Grade[] = [...GRADES].reverse();

/** Changes of one grade and kind of subject. */
export interface Section {
  readonly family: Family;
  readonly folds: readonly Fold[];
}

export type Family = 'topics' | 'access' | 'users' | 'quotas' | 'options of brokers' | 'connectors';

const FAMILY_ORDER: readonly Family[] = ['topics', 'access', 'users', 'quotas', 'options of brokers', 'connectors'];

/** The changes of a grade, by family; in a family in the order of the plan. */
export function sectionsOf(changes: readonly Change[], grade: Grade): Section[] {
  const families = new Map<Family, Map<string, Change[]>>();
  for (const change of changes) {
    if (change.grade !== grade) continue;
    const family = familyOf(change.operation);
    const folds = families.get(family) ?? new Map<string, Change[]>();
    families.set(family, folds);
    const key = foldKey(change);
    const same = folds.get(key);
    if (same === undefined) folds.set(key, [change]);
    else same.push(change);
  }
  return FAMILY_ORDER.flatMap((family) => {
    const folds = families.get(family);
    return folds === undefined ? [] : [{ family, folds: [...folds.values()].map(toFold) }];
  });
}

function foldKey(change: Change): string {
  const { code, status, summary, from, to, operation, block } = change;
  const acl = aclOf(operation);
  return acl === undefined
    ? JSON.stringify([code, status, summary, from, to, block?.reason])
    : JSON.stringify([code, status, acl.principal, acl.resourceType, acl.resourceName, acl.pattern, acl.host]);
}

function toFold(changes: readonly Change[]): Fold {
  const first = changes[0]!;
  const acls = changes.flatMap(({ operation }) => aclOf(operation) ?? []);
  if (acls.length === changes.length && acls.length > 1)
    return { changes, text: accessText(first, acls), names: [], noun: '' };
  if (acls.length === 1) return { changes, text: first.summary, names: [], noun: '' };
  const subjects = [...new Set(changes.map(({ subject }) => subject))];
  const nouns = new Set(subjects.map(nounOf));
  const noun = nouns.size === 1 ? [...nouns][0]! : '';
  return {
    changes,
    text: first.summary,
    // A summary that names its subject says it once.
    names:
      subjects.length === 1 && first.summary.includes(subjects[0]!)
        ? []
        : subjects.map((subject) => (noun === '' ? subject : subject.slice(noun.length + 1))),
    noun,
  };
}

function accessText({ code, grade }: Change, acls: readonly Acl[]): string {
  const who = principalWords(acls[0]!.principal);
  if (code === 'ACL-DENY-DELETE') return `no longer: ${who} ${rightWords(acls)}`;
  if (code !== 'ACL-DELETE') return `${who} ${rightWords(acls)}`;
  return grade === 'safe'
    ? `${who} no longer needs to be told that it may ${actionWords(acls)}`
    : `${who} may no longer ${actionWords(acls)}`;
}

function aclOf(operation: Operation): Acl | undefined {
  return operation.kind === 'create-acl' || operation.kind === 'delete-acl' ? operation.acl : undefined;
}

/** The word before the name of a subject, where it is one of the kit's words. */
function nounOf(subject: string): string {
  return /^(topic|user|client\.id|address|connector|broker) /.exec(subject)?.[1] ?? '';
}

function familyOf({ kind }: Operation): Family {
  switch (kind) {
    case 'create-acl':
    case 'delete-acl':
      return 'access';
    case 'set-user':
    case 'delete-user':
      return 'users';
    case 'set-quota':
      return 'quotas';
    case 'set-broker-option':
      return 'options of brokers';
    case 'put-connector':
    case 'set-connector-state':
    case 'restart-connector':
    case 'delete-connector':
      return 'connectors';
    default:
      return 'topics';
  }
}
