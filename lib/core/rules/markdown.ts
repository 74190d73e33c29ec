import { CHANGE_FAMILIES } from '../plan/change-codes';
import { BACKEND_FAMILIES, RULE_FAMILIES } from './catalogue';
import { FILE_CODES } from './file-codes';

/** The text of RULES.md: every code that `kdk validate` and `kdk plan` can give, and why. */
export function rulesMarkdown(): string {
  const lines = [
    '# Rules',
    '',
    'Every code that `kdk validate` can give: what must hold, why, and where that is known from. An **error** stops rendering; a **warning** does not, unless `--strict` is given. Codes never change. Generated from `lib/core/rules` by `npm run docgen`.',
    '',
    'A change against the lock file that is meant is allowed by an entry `{ code, path, from, to, reason }` under `acknowledge`: it matches exactly one change, so it expires by itself.',
  ];
  for (const { family, codes } of FILE_CODES) {
    lines.push('', `## ${family}`, '', '| code | what must hold | why |', '| --- | --- | --- |');
    for (const { code, what, why } of codes) lines.push(row([`\`${code}\``, what, why]));
  }
  for (const { family, rules } of [...RULE_FAMILIES, ...BACKEND_FAMILIES]) {
    lines.push(
      '',
      `## ${family}`,
      '',
      '| code | level | what must hold | why | source |',
      '| --- | --- | --- | --- | --- |',
    );
    for (const { code, level, what, why, source } of rules) lines.push(row([`\`${code}\``, level, what, why, source]));
  }
  lines.push(
    '',
    '# Changes',
    '',
    'Every code that `kdk plan` can give for a difference between an environment and its running cluster. A **safe** change is done as it is. All others are held back until an entry under `acknowledge` names exactly that change by code, path, from and to; `kdk plan` shows the entry, ready to paste. A tombstone is its own acknowledgement. What is only **noticed** is never changed.',
  );
  for (const { family, codes } of CHANGE_FAMILIES) {
    lines.push(
      '',
      `## Plans: ${family.toLowerCase()}`,
      '',
      '| code | cost | what is done | why |',
      '| --- | --- | --- | --- |',
    );
    for (const { code, grades, what, why } of codes)
      lines.push(row([`\`${code}\``, grades.length === 0 ? 'noticed' : grades.join(' or '), what, why]));
  }
  return `${lines.join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
