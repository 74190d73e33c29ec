import { GRADES, type Grade } from '../change';
import { readyEntries } from '../acknowledge';
import { sectionsOf, WORST_FIRST, type Fold } from './fold';
import { listNames, reasonsOf, statusNote } from './fold-words';
import { codeBlock, escapeMarkdown } from './markdown-text';
import { count, counted, GRADE_TITLES, summaryLine } from './words';
import type { Plan } from '../plan';

/** GitHub refuses a comment of more than 65,536 characters. */
const MOST_CHARACTERS = 65_000;

/** How much is told; each is tried in turn until the text is short enough. */
interface Limits {
  /** Groups of like changes of one grade. */
  readonly folds: number;
  readonly names: number;
  readonly reasons: number;
  readonly entries: number;
  readonly findings: number;
}

const LIMITS: readonly Limits[] = [
  { folds: 500, names: 20, reasons: 20, entries: 200, findings: 200 },
  { folds: 100, names: 10, reasons: 5, entries: 50, findings: 50 },
  { folds: 30, names: 5, reasons: 3, entries: 20, findings: 20 },
  { folds: 8, names: 3, reasons: 1, entries: 5, findings: 5 },
  { folds: 0, names: 0, reasons: 0, entries: 0, findings: 0 },
];

/** A plan as the comment of a pull request, short enough for one. */
export function planMarkdown(plan: Plan): string {
  for (const limits of LIMITS) {
    const text = render(plan, limits);
    if (text.length <= MOST_CHARACTERS) return text;
  }
  return `${render(plan, LIMITS.at(-1)!).slice(0, MOST_CHARACTERS - 2)}…\n`;
}

function render(plan: Plan, limits: Limits): string {
  const left: string[] = [];
  const body = [
    ...table(plan),
    ...WORST_FIRST.filter((grade) => grade !== 'safe').flatMap((grade) => dangerous(plan, grade, { limits, left })),
    ...refused(plan, { limits, left }),
    ...snippet(plan, { limits, left }),
    ...safe(plan, { limits, left }),
    ...noticed(plan, { limits, left }),
  ];
  const name = escapeMarkdown(plan.environment);
  return `${[
    `## Plan for ${name}`,
    '',
    `**${escapeMarkdown(summaryLine(plan))}**`,
    '',
    `Cluster ${escapeMarkdown(plan.clusterId)} (${plan.target}), read ${plan.readAt}.`,
    ...body,
    ...(left.length === 0
      ? []
      : ['', `Left out, since a comment has an end: ${left.join(', ')}. \`kdk plan\` shows them all.`]),
  ].join('\n')}\n`;
}

/** What is told, and where what is not is noted. */
interface Space {
  readonly limits: Limits;
  readonly left: string[];
}

function table({ changes }: Plan): string[] {
  if (changes.length === 0) return [];
  const rows = [...WORST_FIRST].flatMap((grade) => {
    const own = changes.filter((change) => change.grade === grade);
    if (own.length === 0) return [];
    const waiting = own.filter(({ status }) => status === 'held' || status === 'blocked').length;
    return [`| ${GRADE_TITLES[grade]} | ${count(own.length)} | ${waiting === 0 ? '' : count(waiting)} |`];
  });
  return ['', '| grade | changes | held back |', '| --- | ---: | ---: |', ...rows];
}

function dangerous(plan: Plan, grade: Grade, { limits, left }: Space): string[] {
  const folds = sectionsOf(plan.changes, grade).flatMap((section) => section.folds);
  if (folds.length === 0) return [];
  note(left, folds.slice(limits.folds), GRADE_TITLES[grade].toLowerCase());
  const shown = folds.slice(0, limits.folds);
  return ['', `### ${GRADE_TITLES[grade]}`, '', ...shown.flatMap((fold) => dangerousFold(fold, limits))];
}

function dangerousFold(fold: Fold, { names, reasons }: Limits): string[] {
  const { status, block, from, to, path } = fold.changes[0]!;
  const told = statusNote(fold.changes[0]!);
  return [
    `- **${escapeMarkdown(fold.text)}**${escapeMarkdown(listNames(fold, names))}${told === undefined ? '' : ` — ${told}`}`,
    ...(fold.changes.every((change) => change.from === from && change.to === to)
      ? [`  - ${escapeMarkdown(from)} → ${escapeMarkdown(to)}, written at ${escapeMarkdown(path)}`]
      : []),
    ...reasonsOf(fold, reasons).map((reason) => `  - ${escapeMarkdown(reason)}`),
    ...(status === 'blocked' && block !== undefined ? [`  - ${escapeMarkdown(`${block.reason} ${block.hint}`)}`] : []),
  ];
}

function refused({ proof }: Plan, { limits, left }: Space): string[] {
  if (proof.refused.length === 0) return [];
  const shown = proof.refused.slice(0, limits.entries);
  if (shown.length < proof.refused.length) left.push(counted(proof.refused.length - shown.length, 'refused change'));
  return [
    '',
    '### Refused by the cluster',
    '',
    ...shown.map(({ id, error }) => `- **${escapeMarkdown(id)}**: ${escapeMarkdown(error)}`),
  ];
}

function snippet(plan: Plan, { limits, left }: Space): string[] {
  const entries = readyEntries(plan);
  if (entries.length === 0) return [];
  const shown = entries.slice(0, limits.entries);
  if (shown.length < entries.length) left.push(counted(entries.length - shown.length, 'acknowledgement'));
  return [
    '',
    '### To let held changes through',
    '',
    'Add to the environment, each with its reason:',
    '',
    ...codeBlock('yaml', ['acknowledge:', ...shown.map((entry) => `  ${entry}`)]),
  ];
}

function safe(plan: Plan, { limits, left }: Space): string[] {
  const sections = sectionsOf(plan.changes, 'safe');
  if (sections.length === 0) return [];
  const number = plan.changes.filter(({ grade }) => grade === GRADES[0]).length;
  let room = limits.folds;
  const lines = sections.flatMap(({ family, folds }) => {
    const shown = folds.slice(0, room);
    room -= shown.length;
    note(left, folds.slice(shown.length), `safe of ${family}`);
    if (shown.length === 0) return [];
    return ['', `**${family}**`, '', ...shown.map((fold) => `- ${safeFold(fold, limits)}`)];
  });
  return ['', '<details>', `<summary>${counted(number, 'safe change')}</summary>`, ...lines, '', '</details>'];
}

function safeFold(fold: Fold, { names }: Limits): string {
  const told = statusNote(fold.changes[0]!);
  const { block } = fold.changes[0]!;
  const why = block === undefined ? '' : `: ${block.reason} ${block.hint}`;
  return `${escapeMarkdown(`${fold.text}${listNames(fold, names)}`)}${told === undefined ? '' : ` — ${told}${escapeMarkdown(why)}`}`;
}

function noticed({ findings }: Plan, { limits, left }: Space): string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, limits.findings);
  if (shown.length < findings.length) left.push(counted(findings.length - shown.length, 'finding'));
  return [
    '',
    '### Noticed',
    '',
    ...shown.map(
      ({ code, path, message, hint }) =>
        `- \`${code}\` ${escapeMarkdown(`${path === '' ? '' : `${path}: `}${message}${hint === '' ? '' : ` ${hint}`}`)}`,
    ),
  ];
}

function note(left: string[], folds: readonly Fold[], what: string): void {
  const number = folds.reduce((sum, { changes }) => sum + changes.length, 0);
  if (number > 0) left.push(`${counted(number, 'change')} (${what})`);
}
