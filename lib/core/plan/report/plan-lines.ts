import { formatIssue } from '../../issue';
import { readyEntries } from '../acknowledge';
import { sectionsOf, WORST_FIRST, type Fold } from './fold';
import { listNames, reasonsOf, statusNote } from './fold-words';
import { counted, GRADE_TITLES, summaryLine } from './words';
import { wrap } from './wrap';
import type { Plan } from '../plan';

export interface PlanLinesOptions {
  /** Characters of a line. @default 120 */
  readonly width?: number;
  /** Whether findings are told too; a command prints them with its other issues. @default shown */
  readonly findings?: 'shown' | 'left-out';
}

/** Safe changes of one family that are told; dangerous ones are told all. */
const MOST_FOLDS = 30;
const MOST_NAMES = 8;
const MOST_REASONS = 5;

/** A plan for a terminal: the dangerous changes first, what is alike folded into one, a summary at the end. */
export function planLines(plan: Plan, { width = 120, findings = 'shown' }: PlanLinesOptions = {}): string[] {
  const lines: string[] = [];
  for (const grade of WORST_FIRST) {
    const sections = sectionsOf(plan.changes, grade);
    if (sections.length === 0) continue;
    lines.push(GRADE_TITLES[grade]);
    for (const { family, folds } of sections) {
      lines.push(`  ${family}`);
      const shown = grade === 'safe' ? folds.slice(0, MOST_FOLDS) : folds;
      lines.push(...shown.flatMap((fold) => foldLines(fold, width)));
      const rest = folds.slice(shown.length).reduce((sum, { changes }) => sum + changes.length, 0);
      if (rest > 0) lines.push(`    … and ${counted(rest, 'more change').replace('more changes', 'more')}`);
    }
    lines.push('');
  }
  const { refused } = plan.proof;
  if (refused.length > 0) {
    lines.push('Refused by the cluster');
    for (const { id, error } of refused) lines.push(...wrap(`${id}: ${error}`, '  ', width));
    lines.push('');
  }
  if (findings === 'shown' && plan.findings.length > 0) {
    lines.push('Noticed');
    for (const issue of plan.findings) lines.push(...wrap(formatIssue(issue), '  ', width));
    lines.push('');
  }
  const entries = readyEntries(plan);
  if (entries.length > 0)
    lines.push(
      'To let held changes through, add with a reason:',
      '  acknowledge:',
      ...entries.map((entry) => `    ${entry}`),
      '',
    );
  return [...lines, summaryLine(plan)];
}

function foldLines(fold: Fold, width: number): string[] {
  const first = fold.changes[0]!;
  const note = statusNote(first);
  const title = `${fold.text}${listNames(fold, MOST_NAMES)}${note === undefined ? '' : ` (${note})`}`;
  const [start, ...more] = wrap(title, '    ', width);
  const detail = first.grade === 'safe' && first.block === undefined ? [] : detailOf(fold);
  return [start!, ...more.map((line) => `  ${line}`), ...detail.flatMap((line) => wrap(line, '      ', width))];
}

function detailOf(fold: Fold): string[] {
  const { block } = fold.changes[0]!;
  return [...reasonsOf(fold, MOST_REASONS), ...(block === undefined ? [] : [`${block.reason} ${block.hint}`])];
}
